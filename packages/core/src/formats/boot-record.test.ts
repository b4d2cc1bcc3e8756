import { describe, expect, it } from "vitest";
import { bootRecordPlaces, copyInForce, readBootRecord, withUpdateSlot } from "./boot-record.js";

const record = (choice: number, state: number) => Uint8Array.of(choice, state, 1, 2, 3, 4, 5, 6);
const slot = (name: "user1" | "user2", isFallback = false) => ({ kind: "slot", slot: name, isFallback });

describe("a boot record", () => {
  // As the genuine second boots, run over these bytes, decide.
  it.each([
    [0xfc, slot("user1")],
    [0xfd, slot("user2")],
    [0xf8, slot("user2", true)],
    [0xf9, slot("user1", true)],
    [0x00, slot("user2", true)],
    [0x01, slot("user1", true)],
    [0x04, slot("user1")],
    [0x05, slot("user2")],
    [0xfe, { kind: "no-slot" }],
    [0x02, { kind: "no-slot" }],
    [0xff, { kind: "unread" }],
    [0x03, { kind: "unread" }],
  ])("that begins with %i chooses %j", (choice, expected) => {
    expect(readBootRecord(record(choice, 0xe6), "1.6")).toEqual(expected);
    expect(readBootRecord(record(choice, 0xe7), "1.7(5d6f877)")).toEqual(expected);
  });

  it("of another release is not read", () => {
    expect(readBootRecord(record(0xfd, 0xe7), "1.6")).toEqual({ kind: "unread" });
    expect(readBootRecord(record(0xfd, 0xe6), "1.7(5d6f877)")).toEqual({ kind: "unread" });
    expect(readBootRecord(record(0xfd, 0xe6))).toEqual(slot("user2"));
  });

  it.each([
    [0x26, "elsewhere"],
    [0xa6, "elsewhere"],
    [0x06, "elsewhere"],
    [0x66, "elsewhere"],
    [0x86, "slot"],
    [0xc6, "slot"],
    [0xe6, "slot"],
  ])("whose second byte is %i leads to %s", (state, kind) => {
    expect(readBootRecord(record(0xfc, state), "1.6").kind).toBe(kind);
  });

  it("of zeros or erased bytes is not read", () => {
    expect(readBootRecord(new Uint8Array(8), "1.6")).toEqual({ kind: "unread" });
    expect(readBootRecord(new Uint8Array(8).fill(0xff), "1.7")).toEqual({ kind: "unread" });
  });

  it("is changed in two bytes for a slot to start", () => {
    const copy = Uint8Array.of(0xf8, 0xe6, 9, 8, 7, 6, 5, 4, 3);
    expect(withUpdateSlot(copy, "user1", "1.6")).toEqual(Uint8Array.of(0xfc, 0xe6, 9, 8, 7, 6, 5, 4, 3));
    expect(withUpdateSlot(copy, "user2", "1.7(5d6f877)").slice(0, 2)).toEqual(Uint8Array.of(0xfd, 0xe7));
    expect(withUpdateSlot(Uint8Array.of(0xfe, 0x26), "user1")).toEqual(Uint8Array.of(0xfc, 0xe6));
    expect(copy[0]).toBe(0xf8);
  });
});

describe("where the second boot looks", () => {
  it("is the end of the map", () => {
    const places = bootRecordPlaces({ size: 0x20_0000 }, "1.6");
    expect([places.copyA, places.copyB, places.flag].map(({ offset }) => offset)).toEqual([
      0x1f_d000, 0x1f_e000, 0x1f_f000,
    ]);
    expect(bootRecordPlaces({ size: 0x80_0000 }, "1.6").flag.offset).toBe(0x7_f000);
    expect(bootRecordPlaces({ size: 0x80_0000 }, "1.7").flag.offset).toBe(0x7f_f000);
  });

  it("is copy A when the flag is 0, copy B at any other value", () => {
    const places = bootRecordPlaces({ size: 0x10_0000 });
    expect([0, 1, 2, 0xff].map((flag) => copyInForce(flag, places).offset)).toEqual([
      0xf_d000, 0xf_e000, 0xf_e000, 0xf_e000,
    ]);
  });
});

/**
 * Which slot starts, what is stored for it and what is said, in literals.
 *
 * All of it was read off the genuine boot loaders' code, which was run instruction by instruction over such flash
 * contents; not tried on silicon.
 */
import { expect, it } from "vitest";
import { realBoot } from "../../../../test/support/real-firmware.js";
import { describeWith } from "../../../../test/support/requirements.js";
import { hex } from "../bytes.js";
import { createVirtualBoard } from "../index.js";
import { concat } from "../testing/host.js";
import { image, segment, slotImage } from "../testing/image.js";
import type { VirtualBoard } from "../virtual-board.js";

const IRAM = 0x40100000;
const program = slotImage(0, new Uint8Array(32), image([segment(IRAM, 0x400)]));
const MB4 = 0x400000;

/** A first-choice user1 of release 1.6, and what a person's SDK keeps behind it. */
const settings = Uint8Array.of(1, 2, 3, 4);
const record = (...bytes: number[]): Uint8Array =>
  concat(Uint8Array.of(...bytes), new Uint8Array(8 - bytes.length).fill(0xff), settings);

interface Contents {
  readonly boot?: "1.6" | "1.7";
  readonly map?: number;
  /** Bytes of the map. */
  readonly end?: number;
  readonly a?: Uint8Array;
  readonly b?: Uint8Array;
  readonly flag?: Uint8Array;
  readonly parts?: Readonly<Record<number, Uint8Array>>;
}

/** Flash with PHY init data that names no pin. */
function board({ boot = "1.6", map = 4, end = MB4, a, b, flag, parts = {} }: Contents): VirtualBoard {
  const flash = new Uint8Array(MB4).fill(0xff);
  flash.set(realBoot(boot, 2, map << 4));
  flash[end - 0x4000 + 119] = 0;
  flash.set(a ?? [], end - 0x3000);
  flash.set(b ?? [], end - 0x2000);
  flash.set(flag ?? [], end - 0x1000);
  for (const [offset, bytes] of Object.entries(parts)) flash.set(bytes, Number(offset));
  return createVirtualBoard({ flash });
}

const both = { 4096: program, 528384: program };

/** What each start says behind the line of the map. */
function starts({ uartLog }: VirtualBoard): string[] {
  return uartLog
    .split(/SPI Flash Size & Map: .*\r\n/)
    .slice(1)
    .map((text) =>
      text
        .split(/\r\n ets |Fatal/)[0]!
        .trimEnd()
        .replaceAll("\r\n", "|"),
    );
}

/** The first bytes of the last three sectors. */
const tail = ({ flash }: VirtualBoard, end = MB4): string[] =>
  [3, 2, 1].map((sector) => hex(flash.slice(end - sector * 0x1000, end - sector * 0x1000 + 12)));

const USER1 = "jump to run user1 @ 1000";
const USER2 = "jump to run user2 @ 81000";
const FLAG_A = Uint8Array.of(0, 0xff, 0xff, 0xff);

describeWith(["firmware"], "the slot that starts", () => {
  it.each<[number, string]>([
    [0xfc, USER1],
    [0xfd, USER2],
    [0xf8, USER2],
    [0xf9, USER1],
    [0x04, USER1],
    [0x05, USER2],
    [0x00, USER2],
    [0x01, USER1],
  ])("with a record that begins with %i, of either release: %s", (choice, expected) => {
    for (const [boot, version] of [["1.6", 0xe6] as const, ["1.7", 0xe7] as const]) {
      const started = board({ boot, a: record(choice, version), flag: FLAG_A, parts: both });
      expect(starts(started)).toEqual([expected]);
      expect(started.state.mode).toBe("application");
      expect(tail(started)[0]).toBe(hex(record(choice, version)));
      expect(tail(started)[1]).toBe("ff".repeat(12));
    }
  });

  it("is that of copy A where the flag is 0, and of copy B where it is anything else", () => {
    const copies = { a: record(0xfd, 0xe6), b: record(0xfc, 0xe6), parts: both };
    expect(starts(board({ ...copies, flag: FLAG_A }))).toEqual([USER2]);
    for (const flag of [1, 2, 0x55, 0xff]) {
      expect(starts(board({ ...copies, flag: Uint8Array.of(flag) }))).toEqual([USER1]);
    }
  });

  it.each<[string, number, number, string]>([
    ["0", 0x80000, 0, "jump to run user2 @ 41000"],
    ["1, of release 1.6", 0x40000, 1, "jump to run user2 @ 21000"],
    ["2", 0x100000, 2, USER2],
    ["3", 0x200000, 3, USER2],
    ["4", MB4, 4, USER2],
    ["5", 0x200000, 5, "jump to run user2 @ 101000"],
    ["6", MB4, 6, "jump to run user2 @ 101000"],
    ["7, of release 1.6, as in map 0", 0x80000, 7, "jump to run user2 @ 41000"],
  ])("lies, if it is the second one, under map %s", (_, end, map, expected) => {
    const parts = { 135168: program, 266240: program, 528384: program, 1052672: program };
    expect(starts(board({ end, map, a: record(0xfd, 0xe6), flag: FLAG_A, parts }))).toEqual([expected]);
  });
});

describeWith(["firmware"], "a record that is not the release's own", () => {
  it.each<[string, "1.6" | "1.7", Uint8Array, string]>([
    ["erased", "1.6", new Uint8Array(0), "fce6"],
    ["zeros", "1.6", new Uint8Array(12), "fce6"],
    ["slot 3", "1.6", record(0xff, 0xe6), "fce6"],
    ["of 1.7 to 1.6", "1.6", record(0xfd, 0xe7), "fce6"],
    ["of 1.6 to 1.7", "1.7", record(0xfd, 0xe6), "fce7"],
  ])(
    "%s: a new one goes into the other copy with the rest of this one, and user1 starts",
    (_, boot, a, made) => {
      const started = board({ boot, a, flag: Uint8Array.of(0, 0, 0, 0, 0xaa), parts: both });
      expect(starts(started)).toEqual([USER1]);
      const rest = a.length === 0 ? "ffffffff" : hex(a.slice(8));
      expect(tail(started)).toEqual([
        hex(a).padEnd(24, "f"),
        `${made}ffffffffffff${rest}`,
        "01000000ffffffffffffffff",
      ]);
    },
  );

  it("in copy B goes into copy A, and the flag becomes 0", () => {
    const started = board({ parts: both });
    expect(tail(started)).toEqual([
      "fce6ffffffffffffffffffff",
      "ffffffffffffffffffffffff",
      "00ffffffffffffffffffffff",
    ]);
  });

  it("is one with slot 2 all the same, which is no slot", () => {
    const of16 = board({ a: record(0xfe, 0xe6), flag: FLAG_A, parts: both });
    expect(starts(of16)[0]).toBe("jump to run usererror user bin flag, flag = 2");
    expect(of16.state.mode).toBe("hung");
    const of17 = board({ boot: "1.7", a: record(0xfe, 0xe7), flag: FLAG_A, parts: both });
    expect(starts(of17)[0]).toBe("jump to run usererror user bin flag = 2");
  });
});

describeWith(["firmware"], "a slot that cannot be loaded", () => {
  it("is given up by 1.6 at once: the record changes, the watchdog comes, the other slot starts", () => {
    const started = board({ a: record(0xfc, 0xe6), flag: FLAG_A, parts: { 528384: program } });
    expect(starts(started)).toEqual([
      `${USER1}||error magic!|first boot failed, reboot to try backup bin`,
      USER2,
    ]);
    expect(started.uartLog).toContain("rst cause:4, boot mode:(3,6)\r\n\r\nwdt reset\r\n");
    expect(tail(started)).toEqual([
      hex(record(0xfc, 0xe6)),
      hex(record(0xf8, 0xe6)),
      "01ffffffffffffffffffffff",
    ]);
  });

  it("is tried four times by 1.7", () => {
    const started = board({ boot: "1.7", a: record(0xfd, 0xe7), flag: FLAG_A, parts: { 4096: program } });
    expect(starts(started)).toEqual([
      `${USER2}||error magic!|first boot failed 0, reboot to try this bin again`,
      `${USER2}||error magic!|first boot failed 5a5a5a01, reboot to try this bin again`,
      `${USER2}||error magic!|first boot failed 5a5a5a02, reboot to try this bin again`,
      `${USER2}||error magic!|first boot failed, reboot to try backup bin`,
      USER1,
    ]);
    expect(tail(started)[1]).toBe(hex(record(0xf9, 0xe7)));
  });

  it("leads to nothing when the other one fails too", () => {
    const [first, ...others] = starts(board({}));
    expect(first).toBe(`${USER1}||error magic!|first boot failed, reboot to try backup bin`);
    expect(new Set(others)).toEqual(new Set([`${USER2}||error magic!|backup boot failed.`]));
    const of17 = starts(board({ boot: "1.7" }));
    expect(of17.slice(4, 8)).toEqual([
      `${USER2}||error magic!|backup boot failed 12345678, reboot to try this bin again`,
      `${USER2}||error magic!|backup boot failed 5a5a5a01, reboot to try this bin again`,
      `${USER2}||error magic!|backup boot failed 5a5a5a02, reboot to try this bin again`,
      `${USER2}||error magic!|backup boot failed.`,
    ]);
  });

  it("for want of a part for RAM fails without a word about a magic", () => {
    const broken = program.slice();
    broken[16 + 32] = 0xea;
    const started = board({ a: record(0xfc, 0xe6), flag: FLAG_A, parts: { 4096: broken, 528384: program } });
    expect(starts(started)).toEqual([`${USER1}||first boot failed, reboot to try backup bin`, USER2]);
  });

  it("because its RAM part is damaged is started again and again, for the boot loader is no longer there", () => {
    const damaged = program.slice();
    damaged[80]! ^= 1;
    const of16 = board({ a: record(0xfc, 0xe6), flag: FLAG_A, parts: { ...both, 4096: damaged } });
    expect(new Set(starts(of16))).toEqual(new Set([USER1]));
    expect(of16.uartLog).toContain("epc1=0x401000b8,");
    expect(tail(of16)[0]).toBe(hex(record(0xfc, 0xe6)));
    const of17 = board({
      boot: "1.7",
      a: record(0xfc, 0xe7),
      flag: FLAG_A,
      parts: { ...both, 4096: damaged },
    });
    expect(of17.uartLog).toContain("epc1=0x401000b5,");
  });

  it("may be an image for RAM alone", () => {
    const plain = image([segment(IRAM, 0x400)]);
    const started = board({ a: record(0xfc, 0xe6), flag: FLAG_A, parts: { 4096: plain } });
    expect(starts(started)).toEqual([USER1]);
    expect(started.state.mode).toBe("application");
  });
});

describeWith(["firmware"], "a record for something else than a slot", () => {
  const offsets = [0x00, 0x20, 0x00, 0x00, 0x30, 0x00];

  it("starts a test program, and gives up when it is none", () => {
    const a = record(0xfc, 0xa6, ...offsets);
    const said = "test mode, jump to run bin @ 2000|| @ 2000";
    expect(starts(board({ a, flag: FLAG_A, parts: { 8192: program } }))).toEqual([said]);
    const without = board({ a, flag: FLAG_A });
    expect(starts(without)[0]).toBe(`${said}||error magic!`);
    expect(tail(without)[2]).toBe("00ffffffffffffffffffffff");
  });

  it("starts what enhanced mode asks for, then what stands before it", () => {
    const started = board({
      a: record(0xfc, 0x66, ...offsets),
      flag: FLAG_A,
      parts: { 8192: program },
    });
    expect(starts(started)).toEqual([
      "enhance boot mode, jump to run bin @ 3000|| @ 3000||error magic!|first boot failed, reboot to try backup bin",
      "enhance boot mode, jump to run bin @ 2000|| @ 2000",
    ]);
  });
});

describeWith(["firmware"], "the pin that PHY init data names", () => {
  it.each<["1.6" | "1.7", number, boolean]>([
    ["1.6", 0, false],
    ["1.6", 0xff, true],
    ["1.6", 0xa5, false],
    ["1.6", 0x55, true],
    ["1.7", 0, false],
    ["1.7", 0xff, false],
    ["1.7", 0x55, true],
  ])("to release %s by %i, says it is none: %j", (boot, byte, says) => {
    const started = board({ boot, parts: { ...both, 4177920: new Uint8Array(128).fill(byte) } });
    expect(starts(started)[0]!.startsWith("no GPIO select!|")).toBe(says);
  });
});

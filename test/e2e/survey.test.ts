import { createHash } from "node:crypto";
import type { FlashEvent } from "@flashwright/core";
import {
  diagnose,
  dumpSource,
  QUICK_LIMITS,
  type Survey,
  sessionSource,
  surveyFlash,
} from "@flashwright/core/diagnose";
import { describe, expect, it } from "vitest";
import { flashWith, madeAtImage, madeSdkBoot, madeUserImage, phyInit } from "../support/made-firmware.js";
import { setUpDesk } from "./support/desk.js";

const MIB = 0x10_0000;

const espruino = () =>
  flashWith(
    [
      { offset: 0, bytes: madeSdkBoot("1.6", { sizeFreq: 0x4f }) },
      { offset: 0x1000, bytes: madeUserImage({ build: "ESP8266_4MB", version: "1v95", size: 509_332 }) },
      { offset: 0x3f_c000, bytes: phyInit() },
    ],
    4 * MIB,
  );
const at16 = () =>
  flashWith(
    [
      { offset: 0, bytes: madeSdkBoot("1.7(5d6f877)", { sizeFreq: 0x60 }) },
      { offset: 0x1000, bytes: madeAtImage() },
      { offset: 0x10_1000, bytes: madeAtImage({ slot: 2 }) },
      { offset: 0x3f_c000, bytes: phyInit() },
    ],
    16 * MIB,
  );

/** The bytes by their digests: a comparison of arrays byte by byte takes seconds. */
function withoutBytes({ contents, slots, ...survey }: Survey) {
  const bytes = contents.bytes.map((known) => [known.offset, md5(known.bytes)]);
  return { ...survey, slots: slots.map(({ image: _, ...slot }) => slot), contents: { ...contents, bytes } };
}

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");

describe("a look at a chip over the line", () => {
  it.each([
    ["esp-12f", espruino()],
    ["d1-mini-pro", at16()],
  ] as const)("tells what a look at its dump tells, quickly and deeply: %s", async (board, flash) => {
    const session = await setUpDesk({ board, flash, pace: "unlimited" }).connect();
    const before = session.flashSize;
    for (const depth of ["quick", "deep"] as const) {
      const survey = await surveyFlash(sessionSource(session), { depth });
      expect(survey.flashSize).toBe(before);
      const wanted = await surveyFlash(dumpSource(flash), { depth });
      expect(withoutBytes(survey)).toEqual(withoutBytes(wanted));
    }
  });

  it("says what it does, stretch by stretch", async () => {
    const session = await setUpDesk({ board: "esp-12f", flash: espruino(), pace: "unlimited" }).connect();
    const events: FlashEvent[] = [];
    const source = sessionSource(session, { onEvent: (event) => void events.push(event) });
    const survey = await surveyFlash(source, { depth: "quick" });
    const done = (wanted: string) =>
      events.flatMap((event) =>
        event.type === "finished" && event.operation === wanted ? [event.region.size] : [],
      );
    const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
    expect([sum(done("read")), sum(done("check"))]).toEqual([survey.readBytes, survey.hashedBytes]);
  });

  it("takes less than 2 s at 460800 baud, and finds what is wrong", async () => {
    for (const [board, flash] of [
      ["esp-12f", espruino()],
      ["d1-mini-pro", at16()],
      ["esp-12f", new Uint8Array(4 * MIB).fill(0xff)],
    ] as const) {
      const { clock, connect } = setUpDesk({ board, flash: flash.slice(), wire: { oneWayDelayMs: 4 } });
      const session = await connect({ baudRate: 460_800 });
      const start = clock.now();
      const survey = await surveyFlash(sessionSource(session), { depth: "quick" });
      expect(clock.now() - start).toBeLessThan(2000);
      expect(survey.readBytes).toBeLessThanOrEqual(QUICK_LIMITS.readBytes);
      if (flash[3] === 0x4f) {
        expect(diagnose({ survey }).findings[0]?.code).toBe("finding-map-destroys-at-wifi-save");
      }
    }
  });

  it("needs the stub", async () => {
    const session = await setUpDesk({ board: "esp-12f", flash: espruino(), pace: "unlimited" }).connect({
      stub: false,
    });
    expect(() => sessionSource(session)).toThrow(expect.objectContaining({ code: "needs-stub" }));
  });
});

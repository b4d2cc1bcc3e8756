/** Plans for the mask ROM, which erases more than it is asked to and cannot be asked what is there. @module */
import { esp8266, planFlash, unknownContents } from "@flashwright/core";
import { expect, it } from "vitest";
import { madeEspruino } from "./support/made-package.js";
import { after, mac } from "./support/planned.js";

const SECTOR = 0x1000;
const flashSize = 0x80000;
const chip = { mac, flashSize, loader: "rom" } as const;
const sectors = (first: number, count: number) => ({ offset: first * SECTOR, size: count * SECTOR });

/** The stretches that are erased when these are to be blank, as first sector and number. */
function erases(...blank: { offset: number; size: number }[]): number[][] {
  const { plan } = planFlash({ intent: "restore", target: esp8266, chip, regions: [], blank });
  return plan.erases.map(({ offset, size }) => [offset / SECTOR, size / SECTOR]);
}

it("name every sector that the ROM erases, one more where it cannot do with less", () => {
  expect(erases(sectors(0x10, 1))).toEqual([[0x10, 2]]);
  expect(erases(sectors(0x10, 2))).toEqual([[0x10, 2]]);
  expect(erases(sectors(0x1f, 3))).toEqual([[0x1f, 3]]);
});

it("count again where stretches run together, for the longer one may cost a sector more", () => {
  // 13 to 14 and 15 to 17 are five sectors in one, for which the ROM erases six.
  expect(erases(sectors(0x0d, 1), sectors(0x0f, 3))).toEqual([[0x0d, 6]]);
});

it("lose nothing where the sector behind a write is to be blank anyway", () => {
  const { plan } = planFlash({
    intent: "restore",
    target: esp8266,
    chip,
    regions: [{ name: "a", offset: 0x1_0000, bytes: new Uint8Array(SECTOR) }],
    blank: [sectors(0x11, 1)],
  });
  expect(plan.writes[0]!.fills).toEqual([{ region: sectors(0x11, 1), fate: "cleared" }]);
});

it("do not reach behind the chip", () => {
  expect(erases(sectors(0x7f, 1))).toEqual([[0x7f, 1]]);
});

it("write all of a goal again, whatever is known to be there", () => {
  const request = {
    intent: "install",
    package: madeEspruino("ESP8266_BOARD", "2v09", 80_004),
    target: esp8266,
    chip,
  } as const;
  const first = planFlash(request);
  const flash = after(first, new Uint8Array(flashSize).fill(0xff));
  const contents = { ...unknownContents, bytes: [{ offset: 0, bytes: flash }] };
  const again = planFlash({ ...request, contents }).plan;
  expect(again.writes.map(({ region }) => region)).toEqual(first.plan.writes.map(({ region }) => region));
  expect(again.accounts.filter(({ fate }) => fate === "equal")).toEqual([]);
});

/** A chip and what is on it, in words. @module */
import { formatSize, formatStatement, type Session, shortSize } from "@flashwright/core";
import type { Examination, SlotState, Survey } from "@flashwright/core/diagnose";
import { bootLoaderName, firmwareName, layoutTitle, paramsName } from "@flashwright/core/maps";
import { decimal } from "../words/amounts.js";
import { words } from "../words/words.js";
import { diagnosisReport } from "./diagnosis.js";
import { regionReports } from "./regions.js";
import type { BoardReport, Fact } from "./reports.js";

/** What is kept of a session that is over: who was there. */
export type Identity = Pick<Session, "chip" | "flash" | "flashSize" | "baudRate"> & {
  readonly loader: "rom" | "stub";
};

/** A board in words. */
export function boardReport(label: string, identity: Identity, examination: Examination): BoardReport {
  const { survey } = examination;
  const { chip, flashSize, loader } = identity;
  return {
    source: "board",
    label,
    title: `${chip.name} · ${shortSize(flashSize)}`,
    facts: [...identityFacts(identity), ...surveyFacts(survey)],
    ...common(examination),
    flashSize,
    canRead: loader === "stub",
  };
}

/** A dump in words. */
export function dumpReport(name: string, examination: Examination): BoardReport {
  const { survey } = examination;
  return {
    source: "dump",
    label: name,
    title: `${words.dump} · ${shortSize(survey.flashSize)}`,
    facts: [{ term: words.facts.file, value: name }, ...surveyFacts(survey)],
    ...common(examination),
    flashSize: survey.flashSize,
    canRead: true,
  };
}

function common(examination: Examination) {
  const { survey } = examination;
  return {
    ...diagnosisReport(examination),
    regions: regionReports(survey),
    ...(survey.layout === undefined ? {} : { layoutTitle: layoutTitle(survey.layout) }),
  };
}

function identityFacts({ chip, flash, flashSize, loader, baudRate }: Identity): Fact[] {
  const embedded = chip.embeddedFlash === undefined ? "" : `, ${words.facts.embedded}`;
  const maker = flash.manufacturerName === undefined ? "" : ` ${flash.manufacturerName}`;
  return [
    ...moduleGuess(chip.embeddedFlash, flashSize),
    { term: words.facts.mac, value: chip.mac, isCode: true },
    {
      term: words.facts.flash,
      value: `${formatSize(flashSize)}, ${words.facts.id} ${hex(flash.manufacturer, 2)} ${hex(flash.device, 4)}${maker}${embedded}`,
      isCode: true,
    },
    { term: words.facts.crystal, value: crystal(chip), isCode: true },
    {
      term: words.facts.link,
      value: `${loader === "stub" ? words.facts.stub : words.facts.rom}, ${words.units.baud(baudRate)}`,
      isCode: true,
    },
  ];
}

/** What is sold with such a flash: a guess, and called one. */
function moduleGuess(embedded: number | undefined, flashSize: number): Fact[] {
  const guess =
    embedded !== undefined
      ? words.modules.embedded
      : flashSize === 0x40_0000
        ? words.modules.fourMegabytes
        : flashSize === 0x8_0000
          ? words.modules.halfMegabyte
          : flashSize === 0x10_0000
            ? words.modules.oneMegabyte
            : undefined;
  return guess === undefined ? [] : [{ term: words.facts.module, value: guess }];
}

function crystal({ crystalMHz, crystalMeasuredMHz }: Identity["chip"]): string {
  const isOff = Math.abs(crystalMHz - crystalMeasuredMHz) > 1;
  const { megahertz } = words.units;
  const nominal = megahertz(decimal(crystalMHz));
  return isOff ? `${nominal} (${megahertz(decimal(crystalMeasuredMHz, 1))})` : nominal;
}

function surveyFacts({ firmware, firstByte, bootLoader, header, slots, activeSlot }: Survey): Fact[] {
  const isKnown = firmware.family !== "unknown";
  const none = firstByte === 0xff ? words.facts.blank : words.facts.unknown;
  return [
    { term: words.facts.firmware, value: isKnown ? firmwareName(firmware) : none },
    ...(bootLoader === undefined ? [] : [{ term: words.facts.boot, value: bootLoaderName(bootLoader) }]),
    ...(header === undefined
      ? []
      : [
          {
            term: words.facts.header,
            value: `${paramsName(header)}${header.size === undefined ? "" : `, ${header.size.split}`}`,
            isCode: true,
          },
        ]),
    ...slots.map((slot) => slotFact(slot, activeSlot)),
  ];
}

function slotFact({ slot, state, flaws }: SlotState, active: string | undefined): Fact {
  const starts = slot === active ? `, ${words.facts.starts}` : "";
  const flaw = flaws.length === 0 ? "" : `: ${formatStatement(flaws[0]!)}`;
  return { term: slot, value: `${words.slotStates[state]}${starts}${flaw}` };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

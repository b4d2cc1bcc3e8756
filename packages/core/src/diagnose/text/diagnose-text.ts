/**
 * What a helper in a forum gets: text that somebody pasted, with boot messages, answers of the board and commands in it.
 *
 * @module
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import { readableText } from "../../boot/readable-text.js";
import type { FlashSize } from "../../image/flash-params.js";
import { FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { flashMap } from "../../maps/flash-map.js";
import { linkedMapOf } from "../../maps/judge-map.js";
import { type BootFacts, readBootLog } from "../boot-facts.js";
import { diagnoseFacts } from "../diagnose.js";
import { type Facts, judged } from "../facts.js";
import { type Diagnosis, type Finding, Severity } from "../finding.js";
import { bestMap } from "../rules/flash-map.js";
import { finding, lineEvidence } from "../rules/make-finding.js";
import { aboutPackage } from "../rules/package.js";
import { type ConsoleText, readConsole } from "./console-facts.js";
import { matchFreeList } from "./free-list.js";
import { type InstructedText, readCommandText } from "./instructions.js";

/** Characters that are looked at; nobody pastes more into a forum. */
export const MAX_TEXT = 0x4_0000;
const MOST_LINES = 4000;
const LONGEST_LINE = 0x1000;

/** Reads a text of any origin. Survives anything; looks at no more than `MAX_TEXT` characters. */
export function diagnoseText(text: string): Diagnosis {
  const pasted = text.slice(0, MAX_TEXT);
  const log = readBootLog(pasted);
  const lines = readableLines(pasted);
  const said = readConsole(lines);
  const command = readCommandText(lines);
  const facts = factsOf(said, log, command);
  const more = [
    ...(command?.findings ?? []).map((found) => aboutPackage(facts, found)),
    ...unitFindings(facts, command),
    ...freeListFindings(facts),
    ...unknownMapFindings(facts),
    ...openQuestions(facts),
    ...otherChipFindings(facts, said),
  ];
  const diagnosis = diagnoseFacts(facts, more);
  if (command === undefined && isNothing(facts, said) && diagnosis.findings.length === 0) {
    return { ...diagnosis, findings: [finding(facts, "finding-text-empty", Severity.note)] };
  }
  return diagnosis;
}

/** Lines without control characters. An answer may be one long line; a longer one than this is none. */
function readableLines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .slice(0, MOST_LINES)
    .map((line) => readableText(utf8ToBytes(line.slice(0, LONGEST_LINE))).text);
}

function factsOf(said: ConsoleText, log: BootFacts, command: InstructedText | undefined): Facts {
  const firmware = refined(said) ?? command?.firmware;
  const list = said.console.freeList;
  const matches = list === undefined ? [] : matchFreeList(list, firmware ?? {});
  const only = new Set(matches.map(({ map }) => map)).size === 1 ? matches[0]?.map : undefined;
  // What the board itself says comes before what somebody meant to write.
  const map = said.map ?? log.map ?? only ?? command?.map;
  const linked = linkedOf(firmware);
  return {
    depth: "text",
    firmware,
    map,
    mode: log.mode ?? said.mode ?? command?.mode,
    linked,
    imageEnd: undefined,
    chipSize: said.chipSize,
    flashDevice: said.flashDevice,
    survey: undefined,
    chip: undefined,
    boot: log.verdict,
    exceptions: log.exceptions,
    startedSlot: log.startedSlot,
    console: { ...said.console, erased: said.console.erased || command?.erases === true },
    package: undefined,
    judgement: judged(firmware?.build === undefined ? undefined : firmware, map, {
      chipSize: said.chipSize,
      linked,
    }),
  };
}

/** A list of free flash that only one build answers with tells the build. */
function refined({ firmware, console }: ConsoleText): FirmwareId | undefined {
  if (console.freeList === undefined || firmware?.build !== undefined) return firmware;
  const matches = matchFreeList(console.freeList, firmware ?? {});
  const builds = new Set(matches.map(({ firmware: { build } }) => build));
  const [build] = builds;
  if (build === undefined) return firmware;
  const espruino = firmware ?? { family: FirmwareFamily.espruino };
  return builds.size === 1 ? { ...espruino, build } : espruino;
}

function linkedOf(firmware: FirmwareId | undefined): FlashSize | undefined {
  const code = firmware?.build === undefined ? undefined : linkedMapOf(firmware);
  return code === undefined ? undefined : flashMap(code);
}

/** A size in megabits beside addresses in megabytes. */
function unitFindings(facts: Facts, command: InstructedText | undefined): Finding[] {
  if (command?.meant === undefined || command.map === undefined) return [];
  const { name, guiName } = command.map;
  const { meant } = command;
  const params = { map: name, gui: guiName, chipSize: meant.size, linked: meant.name };
  return [finding(facts, "finding-bits-for-bytes", Severity.danger, { params })];
}

/** The build of 4 MB calls its own code free under every map but its own. */
function freeListFindings(facts: Facts): Finding[] {
  const list = facts.console?.freeList;
  const [first] = list ?? [];
  if (list === undefined || first === undefined || facts.linked?.name !== "4MB-c1") return [];
  if (first.offset >= facts.linked.user2Offset! || facts.map?.name === "1MB") return [];
  const matches = matchFreeList(list, facts.firmware ?? {});
  const fixes = [{ kind: "header", size: facts.linked.name }] as const;
  return [
    finding(facts, "finding-free-list", Severity.danger, {
      params: { offset: first.offset, linked: facts.linked.name },
      evidence: matches.slice(0, 1).map(({ firmware, map }) => ({
        code: "evidence-free-list",
        params: { build: firmware.build, map: map.name },
      })),
      fixes,
    }),
  ];
}

/** What would have to be known to judge the map: worth asking for. */
function openQuestions(facts: Facts): Finding[] {
  const { firmware, map, linked } = facts;
  if (firmware?.family !== FirmwareFamily.espruino) return [];
  const evidence = lineEvidence(facts.console?.lines ?? []);
  if (firmware.build === undefined && map !== undefined && map.name !== "4MB-c1") {
    const params = { map: map.name };
    return [finding(facts, "finding-build-not-told", Severity.note, { params, evidence })];
  }
  if (map !== undefined || linked?.name !== "4MB-c1" || facts.console?.unknownMap !== undefined) return [];
  const params = { linked: linked.name, build: firmware.build };
  return [finding(facts, "finding-map-not-told", Severity.note, { params, evidence })];
}

/** Espruino's table of names ends at map 6; what it prints for others is whatever lies behind the table. */
function unknownMapFindings(facts: Facts): Finding[] {
  const text = facts.console?.unknownMap;
  if (text === undefined) return [];
  const fitting = bestMap(facts)?.name ?? "4MB-c1";
  return [
    finding(facts, "finding-map-unknown-to-firmware", Severity.danger, {
      params: { map: `“${text}”`, fitting },
      evidence: lineEvidence(facts.console?.lines ?? []),
      fixes: [{ kind: "header", size: fitting }],
    }),
  ];
}

function otherChipFindings(facts: Facts, { otherChip }: ConsoleText): Finding[] {
  if (otherChip === undefined) return [];
  return [finding(facts, "finding-not-an-esp8266", Severity.fatal, { params: { family: otherChip } })];
}

/** Whether a text holds nothing at all that this program knows. */
function isNothing({ boot, firmware, map }: Facts, { console, chipSize }: ConsoleText): boolean {
  const isSilent = boot === undefined && firmware === undefined && map === undefined;
  return isSilent && chipSize === undefined && !console.erased && console.freeList === undefined;
}

/**
 * Asks Espruino who it is and under which flash map it runs, and compares that with a plan.
 *
 * @module
 */

import { isFlasherError } from "../errors.js";
import type { FlashPlan } from "../flash/plan.js";
import type { Region } from "../flash/region.js";
import { parseFlashSize, type Statement } from "../image/flash-params.js";
import { FirmwareFamily, type FirmwareId } from "../maps/firmware-id.js";
import { mapCodeOf } from "../maps/flash-map.js";
import { expectedFreeList, mapText } from "../maps/map-text.js";
import { formatOffset } from "../messages/catalogue.js";
import { esp8266FlashParams } from "../targets/esp8266/flash-params.js";
import type { EspruinoConsole } from "./espruino-console.js";
import type { JsonObject, JsonValue } from "./json-answer.js";

/** What the firmware says of itself, as it says it; what it does not say is missing. */
export interface FirmwareReport {
  /** `process.env.VERSION`. */
  readonly version?: string;
  /** `process.env.BOARD`. */
  readonly board?: string;
  /** `getState().flashMap`: "4MB:1024/1024". */
  readonly flashMap?: string;
  /** `getState().flashKB`. */
  readonly flashKB?: number;
  /** `getState().flashChip`: "0xef 0x4016". */
  readonly flashChip?: string;
  /** `require("Flash").getFree()`. */
  readonly free?: readonly Region[];
}

/** How the report compares with the plan. */
export interface FirmwareCheck {
  /** `confirmed`: all that the plan knows is as it says, and at least version or map was compared. */
  readonly outcome: "confirmed" | "differs" | "unknown";
  readonly report: FirmwareReport;
  /** What agrees. */
  readonly facts: readonly Statement[];
  readonly differences: readonly Statement[];
}

/** The parts of a plan that a running firmware can be asked for. */
export type CheckedPlan = Pick<FlashPlan, "firmware" | "header">;

/** Whether `checkFirmware` can ask what a plan writes. */
export function canCheckFirmware({ firmware }: CheckedPlan): boolean {
  return firmware?.family === FirmwareFamily.espruino;
}

/**
 * Asks and compares. Nothing of it writes to flash.
 * @param console one that is ready
 * @throws FlasherError those of `EspruinoConsole.evaluate`
 */
export async function checkFirmware(console: EspruinoConsole, plan: CheckedPlan): Promise<FirmwareCheck> {
  const report = await askFirmware(console);
  const compared = expectationsOf(plan, report);
  const facts: Statement[] = [];
  const differences: Statement[] = [];
  for (const { field, expected, actual } of compared) {
    if (expected === actual) facts.push({ code: "check-fact", params: { field, actual } });
    else differences.push({ code: "check-difference", params: { field, expected, actual } });
  }
  if (exceedsChip(report)) {
    const { flashKB, flashChip } = report;
    differences.push({ code: "check-map-exceeds-chip", params: { flashKB, flashChip } });
  }
  const isConfirmed = facts.some(({ params }) => params.field === "version" || params.field === "flash map");
  const outcome = differences.length > 0 ? "differs" : isConfirmed ? "confirmed" : "unknown";
  return { outcome, report, facts, differences };
}

async function askFirmware(console: EspruinoConsole): Promise<FirmwareReport> {
  const env = asObject(await console.evaluate("process.env"));
  const state = await askState(console);
  const free = readFree(await askIfThere(console, 'require("Flash").getFree()'));
  const report = {
    version: textOf(env.VERSION),
    board: textOf(env.BOARD),
    flashMap: textOf(state.flashMap),
    flashKB: typeof state.flashKB === "number" ? state.flashKB : undefined,
    flashChip: textOf(state.flashChip),
    free,
  };
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined));
}

/** Builds after 2v29 put bytes of a function where the SDK's version belongs, so each field is asked for where all fail. */
async function askState(console: EspruinoConsole): Promise<JsonObject> {
  const all = await askIfThere(console, 'require("ESP8266").getState()');
  if (all !== undefined) return asObject(all);
  const fields: [string, JsonValue][] = [];
  for (const name of ["flashMap", "flashKB", "flashChip"]) {
    const value = await askIfThere(console, `require("ESP8266").getState().${name}`);
    if (value !== undefined) fields.push([name, value]);
  }
  return Object.fromEntries(fields);
}

/** The value of what an older or newer version may not have. */
async function askIfThere(console: EspruinoConsole, expression: string): Promise<JsonValue | undefined> {
  try {
    return await console.evaluate(expression);
  } catch (error) {
    if (isFlasherError(error, "console-eval-failed") || isFlasherError(error, "console-eval-unreadable"))
      return undefined;
    throw error;
  }
}

interface Comparison {
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
}

function expectationsOf({ firmware, header }: CheckedPlan, report: FirmwareReport): Comparison[] {
  const map =
    header === undefined ? undefined : mapCodeOf(parseFlashSize(header.size.name, esp8266FlashParams));
  const compared: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["version", firmware?.version, report.version],
    ["build", firmware?.build, report.board],
    ["flash map", map === undefined ? undefined : mapText(map, firmware), report.flashMap],
    ["free flash", freeText(map === undefined ? undefined : freeOf(firmware, map)), freeText(report.free)],
  ];
  return compared.flatMap(([field, expected, actual]) => {
    if (expected === undefined) return [];
    // A version that has no such list is no other version.
    if (actual === undefined && field === "free flash") return [];
    return [{ field, expected, actual: actual ?? "?" }];
  });
}

function freeOf(firmware: FirmwareId | undefined, map: number): readonly Region[] | undefined {
  return firmware === undefined ? undefined : expectedFreeList(firmware, map);
}

function freeText(free: readonly Region[] | undefined): string | undefined {
  return free?.map(({ offset, size }) => `${formatOffset(offset)}+${size}`).join(" ");
}

/** The last byte of the chip's id is the power of two of its size. */
function exceedsChip({ flashKB, flashChip }: FirmwareReport): boolean {
  const capacity = /0x[0-9a-f]{0,2}([0-9a-f]{2})$/i.exec(flashChip ?? "")?.[1];
  if (flashKB === undefined || capacity === undefined) return false;
  return flashKB * 0x400 > 2 ** Number.parseInt(capacity, 16);
}

function readFree(value: JsonValue | undefined): readonly Region[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const regions = value.map((entry: JsonValue) => {
    const { addr, length } = asObject(entry);
    return typeof addr === "number" && typeof length === "number"
      ? { offset: addr, size: length }
      : undefined;
  });
  return regions.every((region) => region !== undefined) ? (regions as Region[]) : undefined;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

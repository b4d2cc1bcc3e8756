/**
 * What is known of a board, from whatever source: the common ground of all rules.
 *
 * @module
 */
import type { BootEventOf } from "../boot/boot-event.js";
import type { BootVerdict } from "../boot/verdict.js";
import type { FlashMode, FlashParams, FlashSize, Statement } from "../image/flash-params.js";
import { FirmwareFamily, type FirmwareId } from "../maps/firmware-id.js";
import { mapCodeOf } from "../maps/flash-map.js";
import { judgeMap, type MapJudgement } from "../maps/judge-map.js";
import type { FirmwarePackage } from "../packages/firmware-package.js";
import type { Finding } from "./finding.js";
import type { SlotState, Survey } from "./survey.js";

/** The chip, as a session knows it. */
export interface DiagnosedChip {
  /** Name of its target: "esp8266". */
  readonly target: string;
  /** Bytes of flash. */
  readonly flashSize: number;
  /** JEDEC id, as in `FlashInfo.id`. */
  readonly flashId?: number;
  /** Nominal frequency of the crystal. */
  readonly crystalMHz?: number;
  readonly crystalMeasuredMHz?: number;
  /** Bytes of flash inside the chip's package, of an ESP8285. */
  readonly embeddedFlash?: number;
}

/** An uncaught exception, from a boot log. */
export type CaughtException = Pick<BootEventOf<"fatal-exception">, "cause" | "registers" | "line">;

/** What the running firmware said of itself on its console. */
export interface ConsoleFacts {
  /** The banner's warning that chip and map do not match was there. */
  readonly warned: boolean;
  /** The banner named no map that there is: the firmware's own table ends before this code. */
  readonly unknownMap: string | undefined;
  /** What `getFreeFlash()` answered, with the offset of each free stretch. */
  readonly freeList: readonly { readonly offset: number; readonly size: number }[] | undefined;
  /** Lines that say so. */
  readonly lines: readonly string[];
  /** Whether somebody erased the whole chip. */
  readonly erased: boolean;
}

/** Everything that rules look at. What is `undefined` is not known. */
export interface Facts {
  readonly depth: Finding["depth"];
  readonly firmware: FirmwareId | undefined;
  /** Of the header at offset 0. */
  readonly map: FlashSize | undefined;
  readonly mode: FlashMode | undefined;
  /** Of the header inside the application that starts. */
  readonly linked: FlashSize | undefined;
  /** Offset behind the last byte of the application that starts. */
  readonly imageEnd: number | undefined;
  /** Bytes of the flash chip. */
  readonly chipSize: number | undefined;
  /** JEDEC type and capacity: 0x4016. */
  readonly flashDevice: number | undefined;
  readonly survey: Survey | undefined;
  readonly chip: DiagnosedChip | undefined;
  readonly boot: BootVerdict | undefined;
  readonly exceptions: readonly CaughtException[];
  /** The slot that a boot log showed. */
  readonly startedSlot: number | undefined;
  readonly console: ConsoleFacts | undefined;
  readonly package: FirmwarePackage | undefined;
  /** What the map does to this firmware on this chip. */
  readonly judgement: MapJudgement | undefined;
}

/** One rule: what it finds, in the order of its importance. */
export type Rule = (facts: Facts) => readonly Finding[];

/** The application that starts, as far as a survey tells. */
export function startedSlot({ survey }: Pick<Facts, "survey">): SlotState | undefined {
  return survey?.slots.find(({ slot }) => slot === "app" || slot === (survey.activeSlot ?? "user1"));
}

/** Whether there is an application that could start at all. */
export function hasProgram(facts: Facts): boolean {
  const slot = startedSlot(facts);
  return slot !== undefined && slot.state !== "blank" && slot.state !== "absent";
}

/** Whether what starts is known not to be what it should be. */
export function isDamaged(slot: SlotState | undefined): boolean {
  return slot?.state === "damaged" || slot?.state === "looks-damaged";
}

/** Whether a boot log shows that the board does not start, by a crash or by starting again and again. */
export function crashes({ boot, exceptions }: Facts): boolean {
  if (exceptions.length > 0) return true;
  return (
    boot?.code === "boot-exception" || boot?.code === "boot-watchdog-loop" || boot?.code === "boot-reset-loop"
  );
}

/** The judgement over a map for a firmware; `undefined` where one of them is not known. */
export function judged(
  firmware: FirmwareId | undefined,
  map: FlashSize | undefined,
  more: { chipSize?: number | undefined; imageEnd?: number | undefined; linked?: FlashSize | undefined },
): MapJudgement | undefined {
  if (firmware === undefined || firmware.family === FirmwareFamily.unknown || map === undefined)
    return undefined;
  return judgeMap({
    firmware,
    map: mapCodeOf(map),
    ...(more.chipSize !== undefined && { flashSize: more.chipSize }),
    ...(more.imageEnd !== undefined && { imageEnd: more.imageEnd }),
    ...(more.linked !== undefined && { linkedMap: mapCodeOf(more.linked) }),
  });
}

/** That a header says something, for evidence. */
export function headerEvidence(params: FlashParams | undefined, offset: number): Statement[] {
  if (params === undefined) return [];
  const { size, mode, freq, sizeFreqByte, modeByte } = params;
  return [
    {
      code: "evidence-header",
      params: {
        offset: offset + 2,
        modeByte,
        sizeFreqByte,
        mode: mode?.name ?? "unknown",
        size: size?.name ?? "unknown",
        freq: freq?.name ?? "unknown",
      },
    },
  ];
}

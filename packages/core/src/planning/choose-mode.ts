/**
 * The flash mode and frequency in the header: the fastest that is known to work, and the safe one where nothing is known.
 *
 * @module
 */
import { Intent } from "../flash/account.js";
import {
  type FlashFreq,
  type FlashMode,
  parseFlashFreq,
  parseFlashMode,
  type Statement,
} from "../image/flash-params.js";
import { PackageKind } from "../packages/firmware-package.js";
import type { PackageRequest } from "./package-request.js";

/** A mode or frequency and why. */
export interface Chosen<T> {
  readonly value: T;
  readonly reason: Statement;
}

/** Packages whose instructions somebody wrote for the board at hand, and not for boards in general. */
const WRITTEN_FOR_BOARD: readonly PackageKind[] = [PackageKind.commandLine, PackageKind.flasherArgs];

/**
 * In this order: what was asked for; DOUT where the flash is inside the package; on an update or a repair the mode with
 * which the board starts now; a command line's; what is known of the flash chip; the usual mode. That the firmware was
 * linked for a faster one says nothing of the board: its makers' build files name one mode for all.
 */
export function chooseMode(request: PackageRequest): Chosen<FlashMode> {
  const { target, header, chip } = request;
  if (header?.mode !== undefined) return { value: header.mode, reason: statement("header-as-asked") };
  if (chip.embeddedFlash !== undefined) {
    const name = target.flashModes.embedded;
    return { value: modeNamed(name, request), reason: statement("mode-embedded", { name }) };
  }
  return presentMode(request) ?? instructedMode(request) ?? knownMode(request) ?? usualMode(request);
}

/** In this order: what was asked for; the present one on an update or a repair; instructed; linked; the usual one. */
export function chooseFreq(request: PackageRequest): Chosen<FlashFreq> {
  const { target, header, survey, package: pack } = request;
  if (header?.freq !== undefined) return { value: header.freq, reason: statement("header-as-asked") };
  const present = survey?.header?.freq;
  if (request.intent !== Intent.install && present !== undefined) {
    return { value: present, reason: statement("header-as-present") };
  }
  if (pack.instructed.freq !== undefined) {
    return { value: pack.instructed.freq, reason: statement("header-as-instructed") };
  }
  const linked = pack.linkedParams?.freq;
  if (linked !== undefined) return { value: linked, reason: statement("freq-linked") };
  const usual = parseFlashFreq(target.flashModes.usual.freq, target.image.flashParams);
  return { value: usual, reason: statement("freq-usual") };
}

function presentMode({ intent, survey }: PackageRequest): Chosen<FlashMode> | undefined {
  const mode = survey?.header?.mode;
  if (intent === Intent.install || mode === undefined) return undefined;
  return { value: mode, reason: statement("header-as-present") };
}

function instructedMode({ package: pack }: PackageRequest): Chosen<FlashMode> | undefined {
  const mode = pack.instructed.mode;
  if (mode === undefined || !WRITTEN_FOR_BOARD.includes(pack.kind)) return undefined;
  return { value: mode, reason: statement("header-as-instructed") };
}

function knownMode(request: PackageRequest): Chosen<FlashMode> | undefined {
  const known = request.target.flashModes.chips.find(({ id }) => id === request.chip.flashId);
  if (known === undefined) return undefined;
  const { mode, seenOn, id } = known;
  const params = { name: mode, flashId: id.toString(16).padStart(6, "0"), seenOn };
  return { value: modeNamed(mode, request), reason: statement("mode-of-flash-chip", params) };
}

/** The linked mode counts where it is slower than the usual one: makers of such a build had a reason. */
function usualMode(request: PackageRequest): Chosen<FlashMode> {
  const { usual, bySpeed } = request.target.flashModes;
  const linked = request.package.linkedParams?.mode;
  if (linked !== undefined && bySpeed.indexOf(linked.name) > bySpeed.indexOf(usual.mode)) {
    return { value: linked, reason: statement("mode-linked", { name: linked.name }) };
  }
  return { value: modeNamed(usual.mode, request), reason: statement("mode-usual", { name: usual.mode }) };
}

function modeNamed(name: string, { target }: PackageRequest): FlashMode {
  return parseFlashMode(name, target.image.flashParams);
}

function statement(code: Statement["code"], params: Statement["params"] = {}): Statement {
  return { code, params };
}

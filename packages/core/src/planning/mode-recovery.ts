/**
 * What to try when the boot ROM cannot read the image: other flash modes, which change two bytes of the first sector.
 *
 * @module
 */
import type { Fix } from "../diagnose/finding.js";
import type { FlashParams } from "../image/flash-params.js";
import type { ModeAndFreq } from "../targets/flash-modes.js";
import type { Target } from "../targets/target.js";

/**
 * For a boot log with `csum err` and no segment loaded: headers to try one after the other, each as a fix for a plan of
 * intent `recover` that writes the first sector only.
 * @param present what the header says now; nothing that is as fast is tried, for it would fail as well
 * @returns empty where the present one is the slowest, so that the mode is not what is wrong
 */
export function modeRecovery(present: FlashParams | undefined, target: Target): Fix[] {
  const { attempts, bySpeed } = target.flashModes;
  const slowness = ({ mode }: ModeAndFreq) => bySpeed.indexOf(mode);
  const mhz = ({ freq }: ModeAndFreq) =>
    target.image.flashParams.freqs.find(({ name }) => name === freq)?.mhz ?? 0;
  const isSlower = (attempt: ModeAndFreq): boolean => {
    const mode = present?.mode?.name;
    if (mode === undefined) return true;
    const now = { mode, freq: present?.freq?.name ?? "" };
    if (slowness(attempt) !== slowness(now)) return slowness(attempt) > slowness(now);
    return mhz(attempt) < mhz(now);
  };
  return attempts.filter(isSlower).map(({ mode, freq }) => ({ kind: "header", mode, freq }));
}

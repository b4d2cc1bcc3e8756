/**
 * What a plan for a package, a repair or a backup is made from.
 *
 * @module
 */
import type { Codecs } from "../codecs.js";
import type { Fix } from "../diagnose/finding.js";
import type { Survey } from "../diagnose/survey.js";
import type { Intent } from "../flash/account.js";
import type { FlashContents } from "../flash/contents.js";
import type { ImageInput } from "../flash/plan-images.js";
import type { PlanChip } from "../flash/plan-writes.js";
import type { Region } from "../flash/region.js";
import type { PhyInitOptions } from "../formats/phy-init.js";
import type { HeaderChoice } from "../image/patch-header.js";
import type { FirmwarePackage } from "../packages/firmware-package.js";
import type { Target } from "../targets/target.js";

/** A chip with what its flash mode depends on. */
export interface SurveyedChip extends PlanChip {
  /** JEDEC id, as in `FlashInfo.id`. */
  readonly flashId?: number;
  /** Bytes of flash inside the package; `undefined` where it is a chip of its own. */
  readonly embeddedFlash?: number;
}

interface SurveyedRequest {
  readonly target: Target;
  readonly chip: SurveyedChip;
  /** What is on the chip. Without it nothing can be kept knowingly, and unknown content that is erased counts as lost. */
  readonly survey?: Survey;
  /** What `gatherContents` found; the survey's own contents without it. */
  readonly contents?: FlashContents;
  readonly codecs?: Codecs;
}

/** A request that may write the header at offset 0. */
interface HeaderRequest extends SurveyedRequest {
  /** Fields of the header that a person asked for. */
  readonly header?: HeaderChoice;
}

/** A package for a chip. */
export interface PackageRequest extends HeaderRequest {
  readonly intent: typeof Intent.install | typeof Intent.update | typeof Intent.recover;
  readonly package: FirmwarePackage;
  /** Take the map that was asked for although the firmware was linked for another. */
  readonly force?: boolean;
  /** `user1` unless told. `user2` only where it is the slot that starts, and with a package that holds it. */
  readonly slot?: "user1" | "user2";
  /** PHY init data to make, in place of the package's. */
  readonly phyInit?: Partial<PhyInitOptions>;
  /** Erase the whole chip first. */
  readonly eraseChip?: boolean;
  /** What a diagnosis says has to be done, for intent `recover`. */
  readonly fixes?: readonly Fix[];
}

/** A repair without a package: what the chip still holds is enough. */
export interface RepairRequest extends HeaderRequest {
  readonly intent: typeof Intent.recover;
  readonly survey: Survey;
  readonly fixes: readonly Fix[];
  readonly package?: undefined;
}

/** Bytes of a backup to where they came from. */
export interface RestoreRequest extends SurveyedRequest {
  readonly intent: typeof Intent.restore;
  /** Stretches of a backup that hold data. */
  readonly regions: readonly ImageInput[];
  /** Whole sectors that were blank when it was made. */
  readonly blank: readonly Region[];
}

/** A plan with meaning. */
export type MeaningRequest = PackageRequest | RepairRequest | RestoreRequest;

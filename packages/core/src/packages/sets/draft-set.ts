/**
 * The parts of a set at their places.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import type { Content } from "../contents/classify.js";
import { draftCombined } from "../contents/draft-combined.js";
import { appOffset } from "../contents/link-base.js";
import { slotOf } from "../contents/slot.js";
import type { Draft, DraftPart } from "../draft.js";
import { type PackageFinding, PackageKind, PartRole } from "../firmware-package.js";
import { AT_BLANK, BLANK_FROM_END, PHY_INIT_FROM_END, USER1_OFFSET } from "../places.js";
import { type FileSet, linkedSizeOf } from "./find-sets.js";

/** Where code lies that is run in place under no second boot. Source: Espressif's SDK, every version. */
const IROM_OFFSET = 0x1_0000;
/** Where the second slot is under most maps, for an image that does not say. */
const USER2_OFFSET = 0x10_1000;

/** Draft of a set. What it lacks is a finding. @throws FlasherError `image-other-chip` */
export function draftSet(set: FileSet): Draft {
  const { main } = set;
  if (main.kind === "combined") return { ...common, kind: PackageKind.combined, parts: draftCombined(main) };
  if (main.kind === "app") return draftApp(set);
  return draftUpdate(set);
}

const common = { erase: "none", findings: [] } as const;

/** @throws FlasherError `image-other-chip`: an image for another chip is no firmware with a flaw */
function draftApp({ main, irom }: FileSet): Draft {
  const foreign = main.image?.findings.find(({ code }) => code === "image-other-chip");
  if (foreign !== undefined) throw new FlasherError(foreign.code, foreign.params);
  const offset = main.image === undefined ? 0 : appOffset(main.image);
  const parts = [part(main, PartRole.app, offset)];
  if (irom !== undefined) parts.push(part(irom, PartRole.irom, IROM_OFFSET));
  const kind = irom === undefined ? PackageKind.image : PackageKind.sdkFolder;
  return { ...common, kind, parts, findings: offset === 0 ? [] : [needsLoader(main, offset)] };
}

function needsLoader({ name }: Content, offset: number): PackageFinding {
  return { code: "package-needs-loader", severity: "warning", params: { name, offset } };
}

function draftUpdate(set: FileSet): Draft {
  const { main, boot, user2 } = set;
  const companions = [set.boot, set.user2, set.phyInit, set.blank].filter((one) => one !== undefined);
  const isSpare = user2 !== undefined || slotOf(main) === "user1";
  return {
    ...common,
    kind: kindOf(set, companions.length),
    parts: [
      ...(boot === undefined ? [] : [part(boot, PartRole.boot, 0)]),
      ...(isSpare ? [part(main, PartRole.user1, USER1_OFFSET)] : []),
      ...draftUser2(set),
      ...draftTail(set),
    ],
    findings: companions.length === 0 ? describeAlone(main) : describeGaps(set),
  };
}

function kindOf({ main }: FileSet, companionCount: number): PackageKind {
  if (companionCount === 0) return PackageKind.image;
  const isEspruino = main.identity.firmware.family === FirmwareFamily.espruino;
  return isEspruino ? PackageKind.espruinoRelease : PackageKind.sdkFolder;
}

/** Written by serial only where it is all there is. */
function draftUser2(set: FileSet): DraftPart[] {
  const offset = linkedSizeOf(set)?.user2Offset ?? USER2_OFFSET;
  if (set.user2 !== undefined) return [{ ...part(set.user2, PartRole.user2, offset), spare: true }];
  return slotOf(set.main) === "user2" ? [part(set.main, PartRole.user2, offset)] : [];
}

function draftTail(set: FileSet): DraftPart[] {
  const { main, phyInit, blank } = set;
  const parts: DraftPart[] = [];
  if (phyInit !== undefined) parts.push(fromEnd(phyInit, PartRole.phyInit, PHY_INIT_FROM_END));
  if (blank === undefined) return parts;
  const atBlank = AT_BLANK[linkedSizeOf(set)?.split ?? ""];
  if (main.identity.firmware.family === FirmwareFamily.at && atBlank !== undefined) {
    parts.push(part(blank, PartRole.blank, atBlank));
  }
  parts.push(fromEnd(blank, PartRole.blank, BLANK_FROM_END));
  return parts;
}

function part(content: Content, role: PartRole, offset: number): DraftPart {
  return { name: content.name, role, place: { from: "start", offset }, content };
}

function fromEnd(content: Content, role: PartRole, offset: number): DraftPart {
  return { name: content.name, role, place: { from: "end", offset }, content };
}

function describeAlone(main: Content): PackageFinding[] {
  const params = { name: main.name };
  const needsBoot: PackageFinding = { code: "package-needs-boot", severity: "warning", params };
  if (slotOf(main) === "user1") return [needsBoot];
  return [{ code: "package-user2-alone", severity: "error", params }, needsBoot];
}

/** Without its boot loader a set does not start; without the others it does where flash holds them already. */
function describeGaps(set: FileSet): PackageFinding[] {
  const { boot, phyInit, blank } = set;
  const findings: PackageFinding[] = [];
  if (slotOf(set.main) === "user2") findings.push(...describeAlone(set.main).slice(0, 1));
  if (boot === undefined) findings.push(missing("boot", "boot_v1.6.bin or newer", "error"));
  if (phyInit === undefined) findings.push(missing("phy-init", "esp_init_data_default.bin", "warning"));
  if (blank === undefined) findings.push(missing("blank", "blank.bin", "warning"));
  return findings;
}

/** That a part is missing. */
export function missing(role: PartRole, file: string, severity: PackageFinding["severity"]): PackageFinding {
  return { code: "package-part-missing", severity, params: { role, file } };
}

/**
 * A plan from a file or another program: nothing of it is believed before all of it was looked at.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import { FirmwareFamily, type FirmwareId } from "../maps/firmware-id.js";
import { RegionOwner } from "../maps/layout.js";
import { catalogue, type MessageCode, type MessageParams } from "../messages/catalogue.js";
import { Intent, type SectorAccount, SectorFate } from "./account.js";
import { checkPlanIntegrity } from "./check-plan.js";
import { SECTOR_SIZE } from "./geometry.js";
import type {
  Fate,
  Fill,
  FlashPlan,
  PlannedBoot,
  PlannedField,
  PlannedHeader,
  PlannedImage,
  PlannedWrite,
} from "./plan.js";
import { Expected, PlanField } from "./plan-field.js";
import type { Region } from "./region.js";

const SHA256 = /^[0-9a-f]{64}$/;
/** A chip whose eFuses name no maker has `??` in the first half. */
const MAC = /^([0-9a-f]{2}(:[0-9a-f]{2}){2}|\?\?:\?\?:\?\?)(:[0-9a-f]{2}){3}$/;
const FATES: readonly Fate[] = ["kept", "blank", "cleared", "lost"];
const MD5 = /^[0-9a-f]{32}$/;
/** The largest serial NOR flash that a JEDEC id names. */
const LARGEST_FLASH = 0x1000_0000;

/**
 * The plan in `data`: what `JSON.parse` made of `JSON.stringify(plan)`, or anything else, then refused. Fields that this
 * version does not know are left out of the result.
 *
 * Checked are types and ranges, and that the plan does not contradict itself: writes rise and do not overlap, every image
 * lies in writes or in flash already, every byte that is erased for a write belongs to an image or to a fill, and the accounts
 * cover the chip and agree with writes and erases, so that what is shown to a person is all that happens. Whether it fits the chip, and whether the bytes are at hand, `runPlan` checks.
 * @throws FlasherError `plan-format` with the path of the first field that is wrong
 */
export function parsePlan(data: unknown): FlashPlan {
  const root = new PlanField(data, "");
  const format = root.field("format").oneOf("flashwright/plan");
  const version = root.field("version").oneOf(2);
  const flashSize = readFlashSize(root.field("flashSize"));
  const firmware = root.field("firmware").optional(readFirmware);
  const header = root.field("header").optional(readHeader);
  const boots = root.field("boots").optional((field) => readBoot(field, flashSize));
  const plan: FlashPlan = {
    format,
    version,
    intent: root.field("intent").oneOf(...Object.values(Intent)),
    target: root.field("target").text(),
    mac: root.field("mac").textLike(MAC, Expected.mac),
    flashSize,
    loader: root.field("loader").oneOf("rom", "stub"),
    ...(firmware === undefined ? {} : { firmware }),
    ...(header === undefined ? {} : { header }),
    ...(boots === undefined ? {} : { boots }),
    eraseChip: root.field("eraseChip").flag(),
    images: root.field("images").list((image) => readImage(image, flashSize)),
    erases: root.field("erases").list((erase) => readSectors(erase, flashSize)),
    writes: root.field("writes").list((write) => readWrite(write, flashSize)),
    accounts: root.field("accounts").list((account) => readAccount(account, flashSize)),
    warnings: root.field("warnings").list((statement) => readStatement(statement)),
  };
  checkPlanIntegrity(plan, root);
  return plan;
}

function readFlashSize(field: PlanField): number {
  const size = field.integer(SECTOR_SIZE, LARGEST_FLASH);
  return size % SECTOR_SIZE === 0 ? size : field.refuse(Expected.flashSize);
}

function readFirmware(firmware: PlanField): FirmwareId {
  const build = firmware.field("build").optional((field) => field.text());
  const version = firmware.field("version").optional((field) => field.text());
  return {
    family: firmware.field("family").oneOf(...Object.values(FirmwareFamily)),
    ...(build === undefined ? {} : { build }),
    ...(version === undefined ? {} : { version }),
  };
}

function readHeader(header: PlanField): PlannedHeader {
  const read = (field: PlanField): PlannedField => ({
    name: field.field("name").text(),
    reason: readStatement(field.field("reason")),
  });
  return {
    mode: read(header.field("mode")),
    freq: read(header.field("freq")),
    size: read(header.field("size")),
  };
}

function readBoot(boots: PlanField, flashSize: number): PlannedBoot {
  return {
    slot: boots.field("slot").oneOf("user1", "user2"),
    offset: boots.field("offset").integer(0, flashSize - 1),
  };
}

function readAccount(account: PlanField, flashSize: number): SectorAccount {
  return {
    region: readSectors(account.field("region"), flashSize),
    fate: account.field("fate").oneOf(...Object.values(SectorFate)),
    owner: account.field("owner").optional((owner) => owner.oneOf(...Object.values(RegionOwner))),
    holds: account.field("holds").list((id) => id.text()),
    reason: account.field("reason").optional(readStatement),
    backedUp: account.field("backedUp").flag(),
    md5: account.field("md5").optional((md5) => md5.textLike(MD5, Expected.md5)),
  };
}

function readImage(image: PlanField, flashSize: number): PlannedImage {
  const { offset, size } = readRegion(image, flashSize);
  return {
    name: image.field("name").text(),
    offset,
    size,
    sha256: image.field("sha256").textLike(SHA256, Expected.sha256),
    headerChanges: image.field("headerChanges").list((statement) => readStatement(statement)),
  };
}

function readWrite(write: PlanField, flashSize: number): PlannedWrite {
  return {
    region: readSectors(write.field("region"), flashSize),
    erases: readSectors(write.field("erases"), flashSize),
    sha256: write.field("sha256").textLike(SHA256, Expected.sha256),
    images: write.field("images").list((name) => name.text()),
    fills: write.field("fills").list((fill) => readFill(fill, flashSize)),
  };
}

function readFill(fill: PlanField, flashSize: number): Fill {
  return {
    region: readRegion(fill.field("region"), flashSize),
    fate: fill.field("fate").oneOf(...FATES),
  };
}

/** A region of at least one byte that ends within the flash. */
function readRegion(field: PlanField, flashSize: number): Region {
  const offset = field.field("offset").integer(0, flashSize - 1);
  const size = field.field("size").integer(1, flashSize - offset);
  return { offset, size };
}

function readSectors(field: PlanField, flashSize: number): Region {
  const region = readRegion(field, flashSize);
  const aligned = region.offset % SECTOR_SIZE === 0 && region.size % SECTOR_SIZE === 0;
  return aligned ? region : field.refuse(Expected.sectors);
}

function readStatement(statement: PlanField): Statement {
  const code = statement.field("code");
  const name = code.text();
  if (!Object.hasOwn(catalogue, name)) code.refuse(Expected.messageCode);
  return { code: name as MessageCode, params: readParams(statement.field("params")) };
}

function readParams(field: PlanField): MessageParams {
  const { value } = field;
  if (typeof value !== "object" || value === null || Array.isArray(value)) field.refuse(Expected.params);
  const entries = Object.entries(value);
  if (!entries.every(([, param]) => isParam(param))) field.refuse(Expected.params);
  return Object.fromEntries(entries);
}

function isParam(param: unknown): boolean {
  if (Array.isArray(param)) return param.every((item) => typeof item === "string");
  return ["string", "number", "boolean", "undefined"].includes(typeof param);
}

/** `backup`, `restore` and `erase`. @module */
import type { Command as Program } from "commander";
import { regionNames } from "../arguments/region-names.js";
import type { Context } from "../context.js";
import { type ResultTaker, withConnection } from "./options.js";

const SECRETS = `
A backup holds Wi-Fi passwords in clear text unless \`--without wifi\` leaves them out;
only you can read the file. It is a ZIP: any unzip opens it.`;

const NAMES = `
Names of regions: those of the firmware on the chip, as \`flashwright map\` shows
them: wifi, storage, saved-code, rf-cal, system-params, boot-flag, eeprom, free ...
\`wifi\` means wherever the firmware and Espressif's SDK keep network names and
passwords. Of Espruino's Storage \`wifi\` and \`saved-code\` take only their files.
What is there is saved first; the last line says where.`;

/** Adds the commands. */
export function addBackup(program: Program, context: Context, take: ResultTaker): void {
  const backup = program
    .command("backup")
    .description("save the flash, without its blank parts, in one file")
    .argument("[file]", "the ZIP to write (default: a name with MAC and date, here)")
    .option("--region <names>", "only these regions: wifi,storage", regionNames)
    .option("--without <names>", "leave regions out; wifi takes all network settings out", regionNames)
    .option("-n, --dry-run", "connect and look, write no file")
    .addHelpText("after", SECRETS);
  withConnection(backup).action(async (file, options) => {
    take(await (await import("../commands/backup.js")).backup(context, file, options));
  });
  const restore = program
    .command("restore")
    .description("write a backup back, or some of its regions")
    .argument("<file>", "a ZIP that `backup` wrote")
    .option("--region <names>", "only these regions: wifi,storage", regionNames)
    .option("--force", "also another chip's radio calibration")
    .option("--no-backup", "do not save what is on the chip first; needs --yes")
    .option("-y, --yes", "go on without a backup, without asking")
    .option("-n, --dry-run", "connect and plan, write nothing");
  withConnection(restore).action(async (file, options) => {
    take(await (await import("../commands/restore.js")).restore(context, file, options));
  });
}

/** Adds `erase`. */
export function addErase(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("erase")
    .description("erase a region by name or address, or the whole chip")
    .argument("[region]", "a name, or the address of a sector; without it the whole chip is erased")
    .argument("[length]", "behind an address: how many bytes, whole sectors of 4k")
    .option("-y, --yes", "go on without asking")
    .option("--no-backup", "do not save what is there first; needs --yes")
    .option("-n, --dry-run", "connect and show what would be lost, erase nothing")
    .addHelpText("after", NAMES);
  withConnection(command).action(async (region, length, options) => {
    take(await (await import("../commands/erase.js")).erase(context, [region, length], options));
  });
}

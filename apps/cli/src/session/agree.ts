/** Losing something without a backup needs a yes. @module */
import { FlasherError } from "@flashwright/core";
import type { Context } from "../context.js";

/** What was typed about it. */
export interface ConsentOptions {
  readonly yes?: boolean;
  /** `false` after `--no-backup`. */
  readonly backup: boolean;
}

/** What a person types to agree. */
const CONSENT = "yes";

/**
 * Passes where there will be a backup, or where somebody says yes: by option, or at a terminal.
 * @param what is lost, as a sentence
 * @throws FlasherError `backup-refused`
 */
export async function agreeToLose(context: Context, what: string, options: ConsentOptions): Promise<void> {
  if (options.backup || options.yes === true) return;
  const answer = await context.world.prompts?.type(
    `${what} There will be no backup. Type "${CONSENT}" to go on:`,
  );
  if (answer?.trim().toLowerCase() !== CONSENT) throw new FlasherError("backup-refused");
}

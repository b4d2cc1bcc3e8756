/** `flashwright hardware-check`. @module */
import { FlasherError, isFlasherError, type OperationResult } from "@flashwright/core";
import type { CheckResult } from "../cli-event.js";
import type { Context } from "../context.js";
import { type Bench, createBench } from "../hardware/bench.js";
import { bootChecks } from "../hardware/boot-checks.js";
import { type Check, NotApplicable } from "../hardware/check.js";
import { flashChecks } from "../hardware/flash-checks.js";
import { linkChecks } from "../hardware/link-checks.js";
import { restoreScratch, saveScratch } from "../hardware/scratch.js";
import { writeChecks } from "../hardware/write-checks.js";
import { withTransport } from "../session/with-session.js";
import { clean } from "../view/text.js";

/** Options of `hardware-check`. */
export interface HardwareCheckOptions {
  readonly port?: string;
  /** Working rate where a check names none, in bit/s. */
  readonly baud?: number | "auto";
  /** The only reset to use: a name, or a sequence as `parseReset` reads it. */
  readonly reset?: string;
  readonly trace?: string;
  readonly write?: boolean;
}

/**
 * Runs every check, whatever the ones before found, and prints a block to paste into a report.
 * @throws FlasherError `hardware-check-failed`; those of opening the port
 */
export async function hardwareCheck(
  context: Context,
  options: HardwareCheckOptions,
): Promise<OperationResult> {
  const results = await withTransport(context, options, async (port) => {
    const usual = {
      ...(options.baud === undefined ? {} : { baudRate: options.baud }),
      ...(options.reset === undefined ? {} : { reset: options.reset }),
    };
    const bench = createBench(port, context.world.clock, context.signal, usual);
    const reading = await runChecks(context, bench, [...linkChecks, ...flashChecks, ...bootChecks]);
    const writing = options.write ? await runWriteChecks(context, bench) : [];
    const all = [...reading, ...writing];
    for (const line of reportLines(context, port.transport.label, all)) context.output.line(line);
    return all;
  });
  const failed = namesOf(results, "failed");
  if (failed.length > 0) throw new FlasherError("hardware-check-failed", { failed });
  const params = {
    passed: namesOf(results, "passed").length,
    failed: 0,
    skipped: namesOf(results, "skipped").length,
  };
  return { code: "hardware-checked", params };
}

async function runChecks(context: Context, bench: Bench, checks: readonly Check[]): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runCheck(bench, check);
    context.emit({ type: "check", ...result });
    results.push(result);
  }
  return results;
}

async function runCheck(bench: Bench, { name, run }: Check): Promise<CheckResult> {
  try {
    return { name, outcome: "passed", detail: await run(bench) };
  } catch (error) {
    if (bench.signal.aborted) throw error;
    // Without a port nothing that follows can be found out.
    if (isFlasherError(error, "port-lost")) throw error;
    const outcome = error instanceof NotApplicable ? "skipped" : "failed";
    return { name, outcome, detail: (error as Error).message };
  }
}

/** Saves the sectors to files, tries writing on them, and restores them whatever happens in between. */
async function runWriteChecks(context: Context, bench: Bench): Promise<CheckResult[]> {
  const saved = await saveScratch(bench);
  for (const { region, file } of saved) {
    context.output.line(`The sectors at 0x${region.offset.toString(16)} are saved in ${file}`);
  }
  try {
    return await runChecks(context, bench, writeChecks);
  } finally {
    // Also after Ctrl-C: a board is left as it was found.
    await restoreScratch(bench.uninterrupted(), saved);
  }
}

function reportLines({ world }: Context, label: string, results: readonly CheckResult[]): string[] {
  return [
    "",
    "--- flashwright hardware check: paste from here ---",
    `program  ${world.system}`,
    `port     ${clean(label)}`,
    ...results.map(({ name, outcome, detail }) => `${outcome.padEnd(7)}  ${clean(name)}: ${clean(detail)}`),
    "--- to here ---",
    "",
  ];
}

function namesOf(results: readonly CheckResult[], outcome: CheckResult["outcome"]): string[] {
  return results.filter((result) => result.outcome === outcome).map(({ name }) => name);
}

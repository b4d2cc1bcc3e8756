/** A stable name for a pseudo terminal: a link that is ours to replace, or nobody's. @module */
import { lstatSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ServeError } from "./serve-error.js";

/** A link goes to a second one in a folder with this name, so that everyone can see whose it is and if he still lives. */
const OURS = /\/flashwright-pty-(?<pid>\d+)-\w+\/port$/;

/**
 * Makes `link` point to a terminal. A link that a board left behind is replaced; anything else is left alone.
 * @returns removes the link, if it still is this one
 * @throws ServeError `link-taken`
 */
export function createLink(link: string, terminal: string): () => void {
  clearStale(link);
  const folder = mkdtempSync(join(tmpdir(), `flashwright-pty-${process.pid}-`));
  const middle = join(folder, "port");
  symlinkSync(terminal, middle);
  try {
    symlinkSync(middle, link);
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw linkTaken(link, (cause as Error).message, cause);
  }
  const remove = () => {
    process.off("exit", remove);
    if (targetOf(link) === middle) unlinkSync(link);
    rmSync(folder, { recursive: true, force: true });
  };
  // A program that leaves without closing its server should leave nothing behind, where it can.
  process.once("exit", remove);
  return remove;
}

function clearStale(link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) return;
  const target = targetOf(link);
  const pid = target === undefined ? undefined : OURS.exec(target)?.groups?.pid;
  if (target === undefined || pid === undefined) throw linkTaken(link, "it is no link of a virtual board");
  if (isAlive(Number(pid)) && targetOf(target) !== undefined)
    throw linkTaken(link, `the virtual board of process ${pid} has it`);
  unlinkSync(link);
  rmSync(dirname(target), { recursive: true, force: true });
}

function linkTaken(link: string, detail: string, cause?: unknown): ServeError {
  const hint = "Choose another path for the link.";
  return new ServeError("link-taken", `${link} cannot be made a link to the board: ${detail}.`, hint, {
    cause,
  });
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

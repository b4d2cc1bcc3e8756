/** `agent.json`: that an agent runs, where, and the token with which the terminal of the same user may ask it. @module */
import { rmSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { FlasherError } from "@flashwright/core";
import { type AgentRuntime, parseRuntimeFile, RUNTIME_FILE } from "@flashwright/web-transport/agent-protocol";
import { codeOf, makePrivateFolder, OWNER_ONLY, readPrivate } from "../private-file.js";
import { saysHello } from "./say-hello.js";

/** Where an agent runs, and what opens it. */
export type RunningAt = Readonly<Pick<AgentRuntime, "pid" | "port" | "token">>;

export function runtimeFile(folder: string): string {
  return join(folder, RUNTIME_FILE);
}

/**
 * The agent of this data folder, where one runs: its process is there and it knows its token. A file of one that was killed
 * is not believed.
 * @throws FlasherError `file-unreadable`
 */
export async function findRunning(folder: string): Promise<RunningAt | undefined> {
  const found = parseRuntimeFile((await readPrivate(runtimeFile(folder))) ?? "");
  if (found === undefined || !isAlive(found.pid)) return undefined;
  return (await saysHello(found)) ? found : undefined;
}

/**
 * Writes the file, in a way of which only one of two agents that start together succeeds.
 * @returns removes it
 * @throws FlasherError `agent-running`, `file-unwritable`
 */
export async function claimRuntime(folder: string, agent: RunningAt): Promise<() => void> {
  const path = runtimeFile(folder);
  try {
    await makePrivateFolder(folder);
    if (!(await create(path, agent))) {
      await refuseSecond(folder);
      await rm(path, { force: true });
      if (!(await create(path, agent))) throw new FlasherError("agent-running", { pid: "?", port: "?" });
    }
  } catch (error) {
    if (error instanceof FlasherError) throw error;
    throw new FlasherError("file-unwritable", { name: path, detail: (error as Error).message });
  }
  return () => rmSync(path, { force: true });
}

/** @throws FlasherError `agent-running` */
export async function refuseSecond(folder: string): Promise<void> {
  const running = await findRunning(folder);
  if (running === undefined) return;
  throw new FlasherError("agent-running", { pid: running.pid, port: running.port });
}

/** Creates the file; whether it was not there. */
async function create(path: string, { pid, port, token }: RunningAt): Promise<boolean> {
  const content: AgentRuntime = { format: "flashwright/agent", version: 1, pid, port, token };
  try {
    const file = await open(path, "wx", OWNER_ONLY);
    try {
      await file.writeFile(`${JSON.stringify(content)}\n`);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return codeOf(error) === "EPERM";
  }
}

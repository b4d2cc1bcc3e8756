/** The token of an agent on this computer. @module */
import { open } from "node:fs/promises";
import { join } from "node:path";
import { FlasherError } from "@flashwright/core";
import { parseRuntimeFile, RUNTIME_FILE } from "@flashwright/web-transport/agent";

/** Where a token may be. */
export interface TokenPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the program keeps its data. */
  readonly dataFolder: string;
}

/**
 * The token for the agent that listens at a port: from FLASHWRIGHT_AGENT_TOKEN, from the file that
 * FLASHWRIGHT_AGENT_TOKEN_FILE names, or from what the running agent has left in the data folder.
 * @param port of the agent, on this computer
 * @throws FlasherError `agent-token-missing`, `agent-token-exposed` where others can read the file
 */
export async function findToken({ env, dataFolder }: TokenPlaces, port: number): Promise<string> {
  const address = `127.0.0.1:${port}`;
  const { FLASHWRIGHT_AGENT_TOKEN: token = "", FLASHWRIGHT_AGENT_TOKEN_FILE: file = "" } = env;
  if (token !== "") return token;
  if (file !== "") return (await readPrivate(file, address)).trim();
  const left = parseRuntimeFile(await readPrivate(join(dataFolder, RUNTIME_FILE), address));
  if (left === undefined) throw missing(address, "what an agent has left here cannot be understood");
  if (left.port !== port) throw missing(address, `the agent of this user is at port ${left.port}`);
  return left.token;
}

/** A file that nobody else may read. Windows keeps the files of a user to that user without such bits. */
async function readPrivate(path: string, address: string): Promise<string> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    throw missing(address, error.code === "ENOENT" ? `there is no ${path}` : `${path}: ${error.message}`);
  });
  try {
    const { mode } = await file.stat();
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw new FlasherError("agent-token-exposed", { path });
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function missing(address: string, detail: string): FlasherError {
  return new FlasherError("agent-token-missing", { address, detail });
}

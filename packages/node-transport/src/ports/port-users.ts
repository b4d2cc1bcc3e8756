/** Which programs hold a serial port open. @module */
import { execFile } from "node:child_process";
import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { clearOfControls } from "./clear-text.js";

/** A process that has a port open. */
export interface PortUser {
  readonly pid: number;
  /** The program's name, and with an interpreter its script: "minicom", "python3 miniterm.py". */
  readonly command: string;
}

/** What looking needs of the world; replaceable for tests. */
export interface PortUsersOptions {
  /** Node's name of the system. */
  readonly platform?: string;
  /** Where Linux shows its processes. */
  readonly procfs?: string;
}

/** `lsof` looks at every file of every process; a slow disk must not hold up an error. */
const LSOF_MS = 3000;
/** A name is there to be recognised. */
const MAX_NAME = 60;
const INTERPRETERS = /^(node|python[\d.]*|ruby|perl|java|bash|sh)$/;

/**
 * The other processes that have each of these ports open. Linux shows the files of one's own processes (of all to root), macOS
 * by `lsof`; elsewhere nobody can be named.
 * @param paths of device nodes; links are followed
 * @returns by path as given; those that nobody is known to hold are missing
 */
export async function findPortUsers(
  paths: readonly string[],
  options: PortUsersOptions = {},
): Promise<ReadonlyMap<string, readonly PortUser[]>> {
  const { platform = process.platform, procfs = "/proc" } = options;
  const nodes = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
  const users = await (platform === "linux"
    ? usersByProcfs(new Set(nodes), procfs)
    : platform === "darwin"
      ? usersByLsof(nodes)
      : new Map<string, PortUser[]>());
  const found = new Map<string, readonly PortUser[]>();
  for (const [index, path] of paths.entries()) {
    const here = users.get(nodes[index]!);
    if (here !== undefined) found.set(path, here);
  }
  return found;
}

/** One user in words: "minicom (process 4242)". */
export function userInWords({ command, pid }: PortUser): string {
  return `${command} (process ${pid})`;
}

async function usersByProcfs(nodes: ReadonlySet<string>, procfs: string): Promise<Map<string, PortUser[]>> {
  const users = new Map<string, PortUser[]>();
  const entries = await readdir(procfs).catch(() => []);
  for (const pid of entries.filter((name) => /^\d+$/.test(name)).map(Number)) {
    if (pid === process.pid) continue;
    for (const node of await openNodes(`${procfs}/${pid}/fd`, nodes)) {
      const user = { pid, command: await commandOf(`${procfs}/${pid}`) };
      users.set(node, [...(users.get(node) ?? []), user]);
    }
  }
  return users;
}

/** A process that ends meanwhile, or belongs to somebody else, shows nothing. */
async function openNodes(folder: string, nodes: ReadonlySet<string>): Promise<Set<string>> {
  const fds = await readdir(folder).catch(() => []);
  const targets = await Promise.all(fds.map((fd) => readlink(`${folder}/${fd}`).catch(() => "")));
  return new Set(targets.filter((target) => nodes.has(target)));
}

async function commandOf(folder: string): Promise<string> {
  const line = await readFile(`${folder}/cmdline`, "utf8").catch(() => "");
  const [program = "", ...rest] = line.split("\0");
  const name = basename(program) || (await readFile(`${folder}/comm`, "utf8").catch(() => "")).trim();
  const script = INTERPRETERS.test(name)
    ? rest.find((word) => word !== "" && !word.startsWith("-"))
    : undefined;
  return safeName(script === undefined ? name : `${name} ${basename(script)}`);
}

/** `-F pcn`: a line each for process, command and file, by their first letter. */
async function usersByLsof(nodes: readonly string[]): Promise<Map<string, PortUser[]>> {
  const output = await new Promise<string>((resolve) => {
    // With a file that nobody holds it ends with an error, and still lists the others.
    execFile("lsof", ["-n", "-P", "-F", "pcn", "--", ...nodes], { timeout: LSOF_MS }, (_, stdout) =>
      resolve(stdout),
    );
  });
  return readLsof(output, process.pid);
}

/** The users of files in the output of `lsof -F pcn`, without the process `self`. */
export function readLsof(output: string, self: number): Map<string, PortUser[]> {
  const users = new Map<string, PortUser[]>();
  let pid = 0;
  let command = "";
  for (const line of output.split("\n")) {
    const text = line.slice(1);
    if (line.startsWith("p")) pid = Number(text);
    else if (line.startsWith("c")) command = safeName(text);
    else if (line.startsWith("n") && pid !== self) {
      const here = users.get(text) ?? [];
      if (!here.some((user) => user.pid === pid)) users.set(text, [...here, { pid, command }]);
    }
  }
  return users;
}

/** A process names itself as it likes. */
function safeName(name: string): string {
  return clearOfControls(name).slice(0, MAX_NAME) || "a program without a name";
}

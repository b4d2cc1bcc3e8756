import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPortUsers, readLsof, userInWords } from "./port-users.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "users-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process as Linux shows it. */
function addProcess(pid: number | string, files: readonly string[], cmdline: string, comm = ""): void {
  mkdirSync(join(folder, "proc", String(pid), "fd"), { recursive: true });
  for (const [fd, file] of files.entries())
    symlinkSync(file, join(folder, "proc", String(pid), "fd", String(fd)));
  writeFileSync(join(folder, "proc", String(pid), "cmdline"), cmdline);
  writeFileSync(join(folder, "proc", String(pid), "comm"), `${comm}\n`);
}

/** Named by its own link, as /dev/serial/by-id does. */
function device(name: string): { node: string; link: string } {
  const node = join(folder, name);
  writeFileSync(node, "");
  const link = join(folder, `link-${name}`);
  symlinkSync(node, link);
  return { node, link };
}

const users = async (...paths: string[]) =>
  Object.fromEntries(await findPortUsers(paths, { platform: "linux", procfs: join(folder, "proc") }));

describe("the users of a port", () => {
  it("are the processes that have the device open, whatever it was called; a script by its name", async () => {
    const { node, link } = device("ttyUSB0");
    const other = device("ttyUSB1");
    addProcess(17, ["/dev/null", node], "/usr/bin/minicom\0-D\0/dev/ttyUSB0\0");
    addProcess(18, [node, node], "/usr/bin/python3\0-u\0/home/me/miniterm.py\0");
    addProcess(19, [other.node], "cat\0");
    addProcess(20, ["/dev/null"], "sleep\0");
    addProcess("self", [node], "not a process of its own\0");
    expect(await users(link, other.node, join(folder, "free"))).toEqual({
      [link]: [
        { pid: 17, command: "minicom" },
        { pid: 18, command: "python3 miniterm.py" },
      ],
      [other.node]: [{ pid: 19, command: "cat" }],
    });
  });

  it("are not this process", async () => {
    const { node } = device("ttyUSB0");
    addProcess(process.pid, [node], "node\0");
    expect(await users(node)).toEqual({});
  });

  it("have no control characters in their names, and not more than 60 characters", async () => {
    const { node } = device("ttyUSB0");
    addProcess(17, [node], "\x1b[2J\u202eevil\n\0");
    addProcess(18, [node], `${"x".repeat(100)}\0`);
    addProcess(19, [node], "", "kernel-ish");
    addProcess(20, [node], "", "");
    expect((await users(node))[node]).toEqual([
      { pid: 17, command: "[2Jevil" },
      { pid: 18, command: "x".repeat(60) },
      { pid: 19, command: "kernel-ish" },
      { pid: 20, command: "a program without a name" },
    ]);
  });

  it("are unknown where the system shows no processes", async () => {
    const options = { platform: "linux", procfs: join(folder, "nothing") };
    expect(await findPortUsers(["/dev/ttyUSB0"], options)).toEqual(new Map());
    expect(await findPortUsers(["COM3"], { platform: "win32" })).toEqual(new Map());
  });

  it("are read from what lsof says", () => {
    const said =
      "p71\ncscreen\nf5\nn/dev/cu.usbserial-110\nf6\nn/dev/cu.usbserial-110\np99\ncnode\nf7\nn/dev/cu.usbserial-110\n";
    expect(readLsof(said, 99)).toEqual(
      new Map([["/dev/cu.usbserial-110", [{ pid: 71, command: "screen" }]]]),
    );
  });

  it("are named with their process", () => {
    expect(userInWords({ pid: 17, command: "minicom" })).toBe("minicom (process 17)");
  });
});

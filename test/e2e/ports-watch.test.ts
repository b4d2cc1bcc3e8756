/** `ports --watch` over the real list of ports: the binding asks udevadm, and this one says what the test wants. @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";

const program = fileURLToPath(new URL("../../apps/cli/bin/flashwright.js", import.meta.url));

/** How long what is expected may take, in milliseconds of the real clock; a look is every half second. */
const PATIENCE_MS = 15_000;

interface Adapter {
  readonly path: string;
  readonly serialNumber: string;
}

const [one, two] = [
  { path: "/dev/ttyUSB0", serialNumber: "0001" },
  { path: "/dev/ttyACM0", serialNumber: "0002" },
];
const moved = { ...one, path: "/dev/ttyUSB2" };
const swapped = { ...moved, serialNumber: "0003" };

function entryOf({ path, serialNumber }: Adapter): string {
  const name = path.replace("/dev/", "");
  return [
    `P: /devices/pci0000:00/usb1/1-1/1-1:1.0/${name}/tty/${name}`,
    `N: ${name}`,
    `E: DEVNAME=${path}`,
    "E: ID_VENDOR_ID=10c4",
    "E: ID_MODEL_ID=ea60",
    `E: ID_SERIAL_SHORT=${serialNumber}`,
    "",
    "",
  ].join("\n");
}

describeWith(["linux"], "ports that are watched through udevadm", () => {
  let folder: string;
  let watching: ReturnType<typeof watch> | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "watch-"));
    const script = [
      "#!/bin/sh",
      `echo look >> '${folder}/looks'`,
      `[ -f '${folder}/broken' ] && exit 1`,
      `exec cat '${folder}/list'`,
      "",
    ];
    writeFileSync(join(folder, "udevadm"), script.join("\n"));
    chmodSync(join(folder, "udevadm"), 0o755);
    writeFileSync(join(folder, "looks"), "");
  });
  afterEach(() => {
    watching?.child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  /** In one step, so that no look sees a half of it. */
  function plug(...adapters: Adapter[]): void {
    writeFileSync(join(folder, "next"), adapters.map(entryOf).join(""));
    renameSync(join(folder, "next"), join(folder, "list"));
  }

  async function looks(count: number): Promise<void> {
    const seen = () => readFileSync(join(folder, "looks"), "utf8").split("\n").length - 1;
    const wanted = seen() + count;
    for (const end = Date.now() + PATIENCE_MS; seen() < wanted; ) {
      if (Date.now() > end) throw new Error(`${seen()} looks of ${wanted}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  function watch() {
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    const child = spawn(process.execPath, [program, "ports", "--watch", "--json"], {
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ended = once(child, "exit");
    /** The next event: what it is, and path and serial number of what it is about. */
    const next = async () => {
      const late = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error("no event")), PATIENCE_MS).unref();
      });
      const { value } = await Promise.race([lines.next(), late]);
      const { type, change, port, ports, error, result } = JSON.parse(value);
      const brief = ({ path, serialNumber }: Adapter) => ({ path, serialNumber });
      if (type === "ports") return [type, ...ports.map(brief)];
      if (type === "port") return [change, brief(port)];
      return [type, (error ?? result).code];
    };
    return { child, next, ended };
  }

  it("come, go, move to another path and change places, also over a look that fails", async () => {
    plug(one);
    watching = watch();
    const { next, child, ended } = watching;
    expect(await next()).toEqual(["ports", one]);
    plug(one, two);
    expect(await next()).toEqual(["added", two]);
    plug(moved, two);
    expect([await next(), await next()]).toEqual([
      ["removed", one],
      ["added", moved],
    ]);
    appendFileSync(join(folder, "broken"), "");
    await looks(1);
    rmSync(join(folder, "broken"));
    plug(swapped);
    expect([await next(), await next(), await next()]).toEqual([
      ["removed", two],
      ["removed", moved],
      ["added", swapped],
    ]);
    plug();
    expect(await next()).toEqual(["removed", swapped]);
    child.kill("SIGINT");
    expect([await next(), await ended]).toEqual([
      ["completed", "ports-watched"],
      [0, null],
    ]);
  }, 60_000);

  it("end with the reason where they can no longer be listed", async () => {
    plug(one);
    watching = watch();
    const { next, ended } = watching;
    expect(await next()).toEqual(["ports", one]);
    appendFileSync(join(folder, "broken"), "");
    expect([await next(), await ended]).toEqual([
      ["failed", "port-list-unavailable"],
      [1, null],
    ]);
  }, 60_000);
});

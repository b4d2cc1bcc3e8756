/**
 * What some tests need beside Node. `describeWith` is the only way in: a suite whose requirement is missing is skipped
 * with the reason in its name, from where `npm test` prints it, and nothing is ever skipped without one.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";

/** Whether a requirement is met; if not, why, and what to type to change that. */
export type Requirement =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string; readonly install?: string };

/** Everything that a suite can ask for. */
export type RequirementName = keyof typeof checks;

const root = fileURLToPath(new URL("../..", import.meta.url));

const checks = {
  /** Pseudo terminals: any Unix. */
  pty: () => onPlatform(process.platform !== "win32", "Windows has no pseudo terminals"),
  /** LD_PRELOAD and Linux's own terminal calls. */
  linux: () => onPlatform(process.platform === "linux", "only Linux has what this tests"),
  python3: () => program(["python3"], "sudo apt-get install python3"),
  cc: () => program(["cc"], "sudo apt-get install gcc libc6-dev"),
  socat: () => program(["socat"], "sudo apt-get install socat"),
  ser2net: () => program(["ser2net"], "sudo apt-get install ser2net"),
  tmux: () => program(["tmux"], "sudo apt-get install tmux"),
  /** Debian's, whose policies are in /etc/chromium. */
  chromium: () => program(["chromium"], "sudo apt-get install chromium"),
  xvfb: () => program(["Xvfb"], "sudo apt-get install xvfb"),
  /** For certificates of servers in tests. */
  openssl: () => program(["openssl"], "sudo apt-get install openssl"),
  /** Namespaces in which a pseudo terminal can stand at the place of a serial port. */
  namespaces: () => {
    if (serialDevices().length < 3)
      return missing("no three terminal devices that may stand for serial ports");
    return namespacesWork() ? met : missing("this system lets nobody make user and mount namespaces");
  },
  /** Real firmware of other projects, which this repository may not hold. */
  firmware: () =>
    existsSync(firmwareFolder())
      ? met
      : missing(
          "no folder with real firmware",
          "set FLASHWRIGHT_FIRMWARE to a folder of ESP8266 firmware releases",
        ),
  /** A board whose flash may be overwritten. */
  hardware: () =>
    process.env.FLASHWRIGHT_HARDWARE_PORT
      ? met
      : missing("no board was named", "npm run hardware-check -- /dev/ttyUSB0"),
} as const satisfies Record<string, () => Requirement>;

/** What may be missing even where FLASHWRIGHT_TEST_REQUIRE=all: it cannot be installed. */
const optional: ReadonlySet<RequirementName> = new Set([
  "firmware",
  "hardware",
  "pty",
  "linux",
  "namespaces",
]);

const met: Requirement = { available: true };

/**
 * Terminal devices of the kernel whose places a pseudo terminal may take in a namespace: the last consoles and the first
 * UARTs, as far as there are any.
 */
export function serialDevices(): readonly string[] {
  return ["tty63", "tty62", "tty61", "ttyS0", "ttyS1", "ttyS2"].filter((name) =>
    existsSync(`/sys/class/tty/${name}/dev`),
  );
}

/** Where a program is; `undefined` when it is not on PATH. */
export function findProgram(name: string): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  // Debian has servers in a folder that is not on everybody's PATH.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => existsSync(path));
}

/** Looks for one requirement on this computer. */
export function requirement(name: RequirementName): Requirement {
  return checks[name]();
}

/**
 * A suite that needs more than Node. Where something is missing the suite is skipped, with the reason and the install
 * line in its name; with FLASHWRIGHT_TEST_REQUIRE=all it fails instead, unless what is missing cannot be installed.
 *
 * The body runs also where the suite is skipped, to count its tests: touch the requirement in tests and hooks only.
 */
export function describeWith(names: readonly RequirementName[], title: string, body: () => void): void {
  for (const name of names) {
    const found = requirement(name);
    if (found.available) continue;
    if (process.env.FLASHWRIGHT_TEST_REQUIRE === "all" && !optional.has(name)) {
      describe(title, () => refuse(name, found.reason, found.install));
      return;
    }
    const install = found.install === undefined ? "" : ` | install: ${found.install}`;
    describe.skip(`${title} [skipped: needs ${name}: ${found.reason}${install}]`, body);
    return;
  }
  describe(title, body);
}

/** The folder with real firmware: FLASHWRIGHT_FIRMWARE, else `../shared/firmware` beside the repository. */
export function firmwareFolder(): string {
  return resolve(root, process.env.FLASHWRIGHT_FIRMWARE || "../shared/firmware");
}

/**
 * The port of the board that hardware tests may overwrite.
 * @throws Error outside of a suite that asked for `hardware`
 */
export function hardwarePort(): string {
  const port = process.env.FLASHWRIGHT_HARDWARE_PORT;
  if (!port) throw new Error('ask for it with describeWith(["hardware"], ...)');
  return port;
}

function refuse(name: string, reason: string, install: string | undefined): void {
  it(`finds ${name}`, () => {
    throw new Error(`FLASHWRIGHT_TEST_REQUIRE=all, but ${reason}${install ? `; install: ${install}` : ""}`);
  });
}

function onPlatform(fits: boolean, reason: string): Requirement {
  return fits ? met : missing(reason);
}

function missing(reason: string, install?: string): Requirement {
  return install === undefined ? { available: false, reason } : { available: false, reason, install };
}

function program(names: readonly string[], install: string): Requirement {
  return names.some((name) => findProgram(name) !== undefined)
    ? met
    : missing(`no ${names[0]} on PATH`, install);
}

function namespacesWork(): boolean {
  const words = ["--user", "--map-root-user", "--mount", "--net", "mount", "-t", "tmpfs", "tmpfs", "/run"];
  return spawnSync("unshare", words, { timeout: 5000 }).status === 0;
}

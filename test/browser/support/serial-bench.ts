/**
 * Debian's Chromium with its own Web Serial on pseudo terminals.
 *
 * The browser runs in namespaces of its own, where a pseudo terminal stands at the place of a serial port and the udev
 * database calls it a USB bridge; a policy of the browser grants it to the test page. The network is its own too, so that
 * what is said to udev stays there; the page comes from memory instead of a server.
 *
 * @module
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BrowserContext, Page } from "playwright-core";
import { buildLineLibrary } from "../../support/line-library.js";
import { findProgram, serialDevices } from "../../support/requirements.js";
import { launchAsPerson, launchDriven, type RunningBrowser } from "./launch.js";

const support = fileURLToPath(new URL(".", import.meta.url));
const run = promisify(execFile);

/** Where the page seems to come from. */
export const ORIGIN = "http://localhost:18080";
const COMMAND_MS = 10_000;

/** An adapter as udev knows it. */
export interface Adapter {
  /** 4 hex digits. */
  readonly vendorId: string;
  readonly productId: string;
}

/** How to set up a bench. */
export interface BenchOptions {
  /** One for each serial port, at most three. */
  readonly adapters: readonly Adapter[];
  /** What the test page loads, by its path. */
  readonly files: ReadonlyMap<string, string>;
  /** The display of a browser with a window, which is started as a person starts it; without a window unless told. */
  readonly display?: string;
}

/** A serial port of the bench. */
interface Port {
  readonly name: string;
  readonly adapter: Adapter;
}

/** A running browser and its ports. */
export class SerialBench {
  /** Programs that serve a terminal must be told of this folder: it is where lines are asked for. */
  readonly modemDirectory: string;
  readonly #folder: string;
  readonly #ports: readonly Port[];
  readonly #browser: RunningBrowser;
  readonly #files: ReadonlyMap<string, string>;

  private constructor(
    folder: string,
    ports: readonly Port[],
    browser: RunningBrowser,
    files: BenchOptions["files"],
  ) {
    this.modemDirectory = folder;
    this.#folder = folder;
    this.#ports = ports;
    this.#browser = browser;
    this.#files = files;
  }

  /** Starts a browser with serial ports behind which there is nothing yet: see `attach`. */
  static async start({ adapters, files, display }: BenchOptions): Promise<SerialBench> {
    const folder = mkdtempSync(join(tmpdir(), "flashwright-browser-"));
    try {
      const names = serialDevices();
      const ports = adapters.map((adapter, at) => ({ name: names[at]!, adapter }));
      writeSystemFiles(folder, ports);
      const { LD_PRELOAD, TTYMODEM_DIR } = buildLineLibrary(folder);
      const env = { TTYMODEM_DIR, TEST_PRELOAD: LD_PRELOAD };
      const browser =
        display === undefined
          ? await launchDriven(writeLauncher(folder, { ownNetwork: true }), env)
          : await launchAsPerson(writeLauncher(folder, { ownNetwork: false }), folder, {
              ...env,
              DISPLAY: display,
            });
      return new SerialBench(folder, ports, browser, files);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** A page with the files, in a window of its own or in one with others of the same context. */
  async openPage(context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await this.newContext())).newPage();
    await page.goto(`${ORIGIN}/`);
    return page;
  }

  async newContext(): Promise<BrowserContext> {
    const context = await this.#browser.newContext();
    await context.route(`${ORIGIN}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/")
        return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Test</title>" });
      const body = this.#files.get(pathname);
      return body === undefined
        ? route.fulfill({ status: 404 })
        : route.fulfill({ contentType: "text/javascript", body });
    });
    return context;
  }

  /** Puts a terminal, `/dev/pts/3`, at the place of a serial port. */
  async attach(terminal: string, at = 0): Promise<void> {
    const place = `/dev/${this.#ports[at]!.name}`;
    // On a terminal that is gone nothing can be mounted.
    await this.#inside("sh", "-c", 'umount -l "$2" && mount --bind "$1" "$2"', "sh", terminal, place);
  }

  /** Tells the browser that the adapter was pulled out, or is there again. */
  async tell(action: "add" | "remove", at = 0): Promise<void> {
    const { name, adapter } = this.#ports[at]!;
    const script = join(support, "udev-event.py");
    await this.#inside("python3", "-I", "-B", script, action, name, adapter.vendorId, adapter.productId);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #inside(program: string, ...args: readonly string[]): Promise<void> {
    const pid = readFileSync(join(this.#folder, "pid"), "utf8").trim();
    const enter = ["--target", pid, "--user", "--mount", "--net", "--preserve-credentials", "--", program];
    await run("nsenter", [...enter, ...args], { timeout: COMMAND_MS });
  }
}

/** What the kernel, udev and an administrator would say. */
function writeSystemFiles(folder: string, ports: readonly Port[]): void {
  const database = join(folder, "udev");
  mkdirSync(database);
  // The system's own ports are left out: no test may open them.
  let drivers = "";
  for (const { name, adapter } of ports) {
    const [major, minor] = readFileSync(`/sys/class/tty/${name}/dev`, "utf8").trim().split(":");
    drivers += `usbserial /dev/${name} ${major} ${minor} serial\n`;
    const { vendorId, productId } = adapter;
    writeFileSync(
      join(database, `c${major}:${minor}`),
      `I:1000\nE:ID_BUS=usb\nE:ID_VENDOR_ID=${vendorId}\nE:ID_MODEL_ID=${productId}\nV:1\n`,
    );
  }
  writeFileSync(join(folder, "drivers"), drivers);
  writeFileSync(join(folder, "ports"), ports.map(({ name }) => `${name}\n`).join(""));
  writeFileSync(join(folder, "policy.json"), JSON.stringify({ SerialAllowAllPortsForUrls: [ORIGIN] }));
  const settings = join(folder, "etc");
  if (existsSync("/etc/chromium")) cpSync("/etc/chromium", settings, { recursive: true });
  mkdirSync(join(settings, "policies/managed"), { recursive: true });
}

/** The program that is started as the browser; its network is its own where udev is to be told of something. */
function writeLauncher(folder: string, { ownNetwork }: { readonly ownNetwork: boolean }): string {
  const launcher = join(folder, "launch");
  const words = ["unshare", "--user", "--map-root-user", "--mount", "--propagation", "private"];
  const network = ownNetwork ? ["--net"] : [];
  const script = [join(support, "serial-namespace.sh"), folder, findProgram("chromium")!];
  const quoted = [...words, ...network, ...script].map((word) => `'${word}'`).join(" ");
  writeFileSync(launcher, `#!/usr/bin/env bash\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  return launcher;
}

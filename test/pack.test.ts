import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error a script of the repository, without types
import { npmCli } from "../scripts/support/workspace.mjs";
import { packageFolders, root } from "./support/packages.js";
import { describeWith } from "./support/requirements.js";
import { mustRun, run } from "./support/run.js";

const published = Object.keys(packageFolders);

/** Entry points that a program can import, and the list of their names. */
const entries = {
  "@flashwright/agent": "agent",
  "@flashwright/core": "core",
  "@flashwright/core/backup": "core-backup",
  "@flashwright/core/board": "core-board",
  "@flashwright/core/console": "core-console",
  "@flashwright/core/port": "core-port",
  "@flashwright/core/demo": "core-demo",
  "@flashwright/core/language": "core-language",
  "@flashwright/core/messages": "core-messages",
  "@flashwright/core/diagnose": "core-diagnose",
  "@flashwright/core/maps": "core-maps",
  "@flashwright/core/packages": "core-packages",
  "@flashwright/node-transport": "node-transport",
  "@flashwright/virtual-device": "virtual-device",
  "@flashwright/virtual-device/node": "virtual-device-node",
  "@flashwright/web-transport": "web-transport",
  "@flashwright/web-transport/agent": "web-transport-agent",
  "@flashwright/web-transport/agent-session": "web-transport-agent-session",
  "@flashwright/web-transport/agent-protocol": "web-transport-agent-protocol",
} as const;

describe("the packed packages, installed by npm in an empty folder", () => {
  let folder: string;
  let app: string;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "flashwright-pack-")));
    app = join(folder, "app");
    mkdirSync(app);
    const packed = await mustRun(process.execPath, [
      join(root, "scripts/pack.mjs"),
      join(folder, "tarballs"),
    ]);
    const tarballs = packed.split("\n").filter((line) => line.endsWith(".tgz"));
    expect(tarballs.map((path) => basename(path).replace(/-\d.*$/, ""))).toEqual([
      "flashwright-core",
      "flashwright-node-transport",
      "flashwright-virtual-device",
      "flashwright-web-transport",
      "flashwright-web",
      "flashwright-agent",
      "flashwright",
    ]);
    writeFileSync(join(app, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const install = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs];
    await mustRun(process.execPath, [npmCli(), ...install], { cwd: app });
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const installed = (name: string) => join(app, "node_modules", name);

  it.each(published)("%s names versions, its licence, and only files that are there", (name) => {
    const manifest = JSON.parse(readFileSync(join(installed(name), "package.json"), "utf8"));
    expect(JSON.stringify(manifest)).not.toContain("workspace:");
    expect(manifest.license).toBe("Apache-2.0");
    expect(existsSync(join(installed(name), "LICENSE"))).toBe(true);
    const targets = [
      ...Object.values(manifest.exports ?? {}).flatMap((entry) => Object.values(entry as object)),
      ...Object.values(manifest.bin ?? {}),
    ] as string[];
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !existsSync(join(installed(name), target)))).toEqual([]);
  });

  it.each(published)("%s holds no sources and no tests", (name) => {
    const files = readdirSync(installed(name), { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /(^|[\\/])src[\\/]|\.test\./.test(file))).toEqual([]);
  });

  it("have the button beside the page, with its licences, and not in the agent", () => {
    const files = (folder: string) => readdirSync(installed(folder), { recursive: true, encoding: "utf8" });
    const web = files("@flashwright/web");
    const wanted = ["flashwright-button.js", "licences.md", "licences-engine.txt", "index.html"];
    expect(wanted.filter((file) => !web.includes(join("dist", file)))).toEqual([]);
    expect(web.filter((file) => /button[\\/]worker-.*\.js$/.test(file))).toHaveLength(1);
    expect(web).toContain("BUTTON.md");
    const agent = files("@flashwright/agent").filter((file) => file.startsWith(join("dist", "page")));
    expect(agent).toContain(join("dist", "page", "index.html"));
    expect(agent.filter((file) => /[\\/](?:flashwright-button\.js|button)$/.test(file))).toEqual([]);
  });

  it.each(Object.entries(entries))("%s exports exactly the values of its list", async (specifier, list) => {
    const expected = readFileSync(join(root, `test/exports/${list}.txt`), "utf8")
      .split("\n")
      .filter((line) => line.endsWith(" (value)"))
      .map((line) => line.replace(" (value)", ""));
    const print = `import * as all from "${specifier}"; console.log(JSON.stringify(Object.keys(all).sort()));`;
    const names = await mustRun(process.execPath, ["--input-type=module", "-e", print], { cwd: app });
    expect(JSON.parse(names)).toEqual(expected.sort());
  });

  it("have types that a strict program compiles against, without the DOM's or Node's", async () => {
    const program = [
      'import { type Clock, esp8266, FlasherError, planFlash, type Transport } from "@flashwright/core";',
      'import { type Backup, openBackup } from "@flashwright/core/backup";',
      'import * as console from "@flashwright/core/console";',
      'import { type Diagnosis, diagnose, dumpSource, surveyFlash } from "@flashwright/core/diagnose";',
      'import { type FlashLayout, layoutFor, renderMap } from "@flashwright/core/maps";',
      'import { type FirmwarePackage, openPackage } from "@flashwright/core/packages";',
      'import * as virtualDevice from "@flashwright/virtual-device";',
      'import { type BoardServer, serveTcp } from "@flashwright/virtual-device/node";',
      "export async function serve(open: () => Transport): Promise<BoardServer> {",
      '  return serveTcp(open, { host: "127.0.0.1", port: 0, onEvent: (event) => String(event.type) });',
      "}",
      "export const clock: Clock = { now: () => 0, setTimer: () => () => {} };",
      'export const code: string = new FlasherError("port-lost", { label: "x" }).toJSON().code;',
      "export const all = [virtualDevice, console];",
      "// What one entry point gives, another one takes.",
      "export async function look(dump: Uint8Array): Promise<Diagnosis> {",
      '  return diagnose({ survey: await surveyFlash(dumpSource(dump), { depth: "quick" }) });',
      "}",
      "export function plan(bytes: Uint8Array) {",
      '  const firmware: FirmwarePackage = openPackage([{ path: "user1.bin", bytes }]);',
      '  const chip = { mac: "5c:cf:7f:00:00:01", flashSize: 0x400000, loader: "stub" } as const;',
      '  return planFlash({ intent: "install", package: firmware, target: esp8266, chip });',
      "}",
      "export function draw(backup: Backup): string | undefined {",
      "  const { firmware, map } = backup.manifest;",
      "  const layout: FlashLayout | undefined = firmware && layoutFor(firmware, map?.code);",
      "  return layout && renderMap(layout);",
      "}",
      "export const open = (zip: Uint8Array): Backup => openBackup(zip);",
      "// @ts-expect-error a code that no package has",
      'export const wrong = new FlasherError("no-such-code");',
    ];
    expect(await compile(program, { types: [], skipLibCheck: false })).toEqual({ code: 0, stdout: "" });
  });

  it("have types for Node's transports, with the types of Node", async () => {
    const program = [
      'import type { Transport } from "@flashwright/core";',
      'import { listPorts, openSerialPort } from "@flashwright/node-transport";',
      "export const transport: Promise<Transport> = openSerialPort((await listPorts())[0]!.path, {",
      "  baudRate: 115200,",
      "});",
    ];
    const typeRoots = [join(root, "node_modules/@types")];
    const settings = { types: ["node"], typeRoots, skipLibCheck: false };
    expect(await compile(program, settings)).toEqual({ code: 0, stdout: "" });
  });

  /** Runs the compiler, strict, over a program in the folder with the installed packages. */
  async function compile(program: readonly string[], settings: object) {
    const fixed = { strict: true, noEmit: true, module: "nodenext", target: "es2022", lib: ["es2022"] };
    const config = { compilerOptions: { ...fixed, ...settings }, files: ["consumer.ts"] };
    writeFileSync(join(app, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(app, "consumer.ts"), program.join("\n"));
    const { code, stdout } = await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc")], {
      cwd: app,
    });
    return { code, stdout };
  }

  describeWith(["pty", "python3"], "on a system with pseudo terminals", () => {
    it("open one with the helper that they bring", async () => {
      const program = [
        'import { servePty } from "@flashwright/virtual-device/node";',
        'const server = await servePty(() => { throw new Error("nobody opens it"); });',
        "console.log(server.path);",
        "await server.close();",
      ];
      const path = await mustRun(process.execPath, ["--input-type=module", "-e", program.join("\n")], {
        cwd: app,
      });
      expect(path.trim()).toMatch(/^\/dev\//);
    });
  });

  it("bring the page that the agent serves, marked as its own, with all that it names", () => {
    const page = join(installed("@flashwright/agent"), "dist/page");
    const html = readFileSync(join(page, "index.html"), "utf8");
    expect(html).toContain('<meta name="flashwright-agent"');
    const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => file!);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((file) => !existsSync(join(page, file)))).toEqual([]);
    const files = readdirSync(page, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  });

  it("bring a command that tells its version and its help", async () => {
    const { bin, version } = JSON.parse(readFileSync(join(installed("flashwright"), "package.json"), "utf8"));
    const command = join(installed("flashwright"), bin.flashwright);
    expect((await mustRun(process.execPath, [command, "--version"], { cwd: app })).trim()).toBe(version);
    expect(await mustRun(process.execPath, [command, "--help"], { cwd: app })).toContain(
      "Usage: flashwright",
    );
  });
});

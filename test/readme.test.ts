/** The examples of the READMEs are programs: the compiler takes them, and they do on a virtual board what they say. @module */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import * as core from "@flashwright/core";
import * as backups from "@flashwright/core/backup";
import * as diagnosing from "@flashwright/core/diagnose";
import * as languages from "@flashwright/core/language";
import * as maps from "@flashwright/core/maps";
import * as messages from "@flashwright/core/messages";
import * as packages from "@flashwright/core/packages";
import * as nodeTransport from "@flashwright/node-transport";
import * as virtualDevice from "@flashwright/virtual-device";
import * as webTransport from "@flashwright/web-transport";
import { describe, expect, it } from "vitest";
import { createDesk } from "../apps/cli/src/cli.fixture.js";
import { makeFirmware } from "../apps/cli/src/demo/make-image.js";
import { espruinoChip } from "./support/made-firmware.js";
import { root } from "./support/packages.js";
import { complaintsAbout, examplesOf, type Modules, runExample } from "./support/readme-example.js";
import { madeRelease, releaseTgz } from "./support/release-archives.js";

const firmware = makeFirmware().boot;
const takenForGiven = "declare const firmware: Uint8Array;";
const bytesForGiven = "declare const dump: Uint8Array, archive: Uint8Array, backup: Uint8Array;";
/** How many a README has, where it is more than one. */
const COUNTS: Readonly<Record<string, number>> = {
  "packages/core/README.md": 3,
  "packages/web-transport/README.md": 3,
};

/** The modules as they are, but for the port: whatever address is opened, this board is there. */
function modulesWith(board: virtualDevice.VirtualBoard): Modules {
  const port: nodeTransport.ListedPort = { path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60" };
  return {
    "@flashwright/core": core,
    "@flashwright/virtual-device": virtualDevice,
    "@flashwright/node-transport": {
      ...nodeTransport,
      openTransport: async () => board.transport,
      listPorts: async () => [port],
    },
    "@flashwright/web-transport": {
      ...webTransport,
      browserSerial: () => ({}),
      requestPort: async () => ({ ...port, label: "CP2102 (10c4:ea60)" }),
      openWebSerialPort: async () => board.transport,
    },
  };
}

function exampleOf(file: string): string {
  const examples = examplesOf(file);
  expect(examples).toHaveLength(COUNTS[file] ?? 1);
  return examples[0];
}

describe.each([
  "packages/core/README.md",
  "packages/node-transport/README.md",
  "packages/virtual-device/README.md",
  "packages/web-transport/README.md",
])("the example of %s", (file) => {
  it("compiles under the strictest options", () => {
    expect(complaintsAbout(exampleOf(file), takenForGiven)).toEqual([]);
  });

  it("would not compile with a name that is not exported", () => {
    const broken = exampleOf(file).replace("import {", "import { notThere,");
    expect(complaintsAbout(broken, takenForGiven)).toEqual([
      expect.stringMatching(/has no exported member 'notThere'/),
    ]);
  });
});

describe("the examples of an agent's client", () => {
  const page = "declare const location: { readonly origin: string };";
  const [, opening, pairing] = examplesOf("packages/web-transport/README.md");

  it("that opens a port compiles under the strictest options", () => {
    const given = "declare const token: string, show: (event: object) => void, warn: (text: string) => void;";
    expect(complaintsAbout(opening, page + given)).toEqual([]);
  });

  it("that is paired compiles under the strictest options", () => {
    expect(complaintsAbout(pairing, `${page}declare const code: string;`)).toEqual([]);
  });
});

describe("core's example without a board", () => {
  const example = () => examplesOf("packages/core/README.md")[1];

  it("compiles under the strictest options", () => {
    expect(complaintsAbout(example(), bytesForGiven)).toEqual([]);
  });

  it("says of a dead chip, its package and a backup what stands behind its lines", async () => {
    const release = madeRelease("ESP8266_4MB", "1v95");
    const wifi = { ssid: "home", password: "secret12" };
    const chip = { build: release.build, version: "1v95", user1: release.user1, sizeFreq: 0x4f } as const;
    const dump = espruinoChip({ ...chip, chipSize: 0x400000, ran: true, wifi });
    const lines: unknown[][] = [];
    const console = { log: (...values: unknown[]) => lines.push(values) };
    const modules = {
      "@flashwright/core": core,
      "@flashwright/core/backup": backups,
      "@flashwright/core/diagnose": diagnosing,
      "@flashwright/core/maps": maps,
      "@flashwright/core/packages": packages,
    };
    const desk = createDesk({ flash: dump.slice() });
    const zip = `${desk.dataFolder}.zip`;
    expect((await desk.run("backup", zip)).code).toBe(0);
    const backup = new Uint8Array(readFileSync(zip));
    const given = { dump, archive: releaseTgz(release), backup, console };
    await runExample(example(), modules, given);
    expect(lines[0]).toEqual(["fatal", "Settings were saved into the program"]);
    expect(lines.slice(-3)).toEqual([["ESP8266_4MB", "4MB-c1"], ["fatal"], [expect.any(Number)]]);
    expect(lines.at(-1)![0]).toBe(backups.openBackup(backup).manifest.regions.length);
    expect(lines.at(-1)![0]).toBeGreaterThan(3);
  });
});

describe.each(["README.md", "apps/web/README.md"])("the pictures of %s", (file) => {
  it("are there, and small enough to be looked at on the way", () => {
    const text = readFileSync(join(root, file), "utf8");
    const sizes = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(
      ([, picture]) => statSync(join(root, dirname(file), picture!)).size,
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(150_000);
  });
});

describe("core's example of another language", () => {
  const example = () => examplesOf("packages/core/README.md")[2];

  it("compiles under the strictest options", () => {
    expect(complaintsAbout(example(), "")).toEqual([]);
  });

  it("says what stands behind its lines", async () => {
    const lines: unknown[] = [];
    const console = { log: (value: unknown) => lines.push(value) };
    const modules = {
      "@flashwright/core": core,
      "@flashwright/core/language": languages,
      "@flashwright/core/messages": messages,
    };
    await runExample(example(), modules, { console });
    languages.setLanguage(undefined);
    expect(lines).toEqual([[], "COM3 ist wieder da."]);
  });
});

describe("the examples on a virtual board", () => {
  it("the core's writes the firmware and says what the board does then", async () => {
    const board = virtualDevice.createVirtualBoard({ board: "esp-12f" });
    const lines: unknown[][] = [];
    const console = { log: (...values: unknown[]) => lines.push(values) };
    const example = exampleOf("packages/core/README.md");
    const ended = await runExample(example, modulesWith(board), { firmware, console }, ["verdict"]);
    expect(board.flash.slice(0, firmware.length)).toEqual(firmware);
    expect(lines[0]).toEqual(["ESP8266EX", "5c:cf:7f:02:9a:b7", 0x400000]);
    expect(lines.at(-1)).toMatchObject([{ type: "finished", operation: "verify" }]);
    expect(ended.verdict).toBe("boots");
  });

  it("the transport's resets the board and hears it start", async () => {
    const board = virtualDevice.createVirtualBoard({ board: "esp-12f", flash: firmware });
    const heard: Uint8Array[] = [];
    const console = { log: (bytes: Uint8Array) => heard.push(bytes) };
    await runExample(exampleOf("packages/node-transport/README.md"), modulesWith(board), { console });
    expect(heard.map(({ length }) => length > 0)).toEqual([true]);
    expect(board.uartLog).toContain("rst cause:2");
  });

  it("the browser's identifies the board and lets it go", async () => {
    const board = virtualDevice.createVirtualBoard({ board: "esp-12f", flash: firmware });
    const lines: unknown[][] = [];
    const console = { log: (...values: unknown[]) => lines.push(values) };
    await runExample(exampleOf("packages/web-transport/README.md"), modulesWith(board), { console });
    expect(lines).toEqual([["CP2102 (10c4:ea60)", "5c:cf:7f:02:9a:b7"]]);
    expect(await board.transport.closed).toEqual({ reason: "closed" });
  });

  it("the virtual board's shows what stands behind its lines", async () => {
    const example = exampleOf("packages/virtual-device/README.md");
    const modules = { "@flashwright/virtual-device": virtualDevice };
    const claims = [...example.matchAll(/^(\S.*); \/\/ (".*")$/gm)];
    const shown = claims.map(([, expression]) => expression).join(", ");
    const ended = await runExample(`${example}const shown = [${shown}];`, modules, { firmware }, ["shown"]);
    expect(claims).toHaveLength(2);
    expect(ended.shown).toEqual(claims.map(([, , value]) => JSON.parse(value)));
  });
});

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "./open-browser.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "browser-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A starter that notes what it was given, and ends so. */
function starter(name: string, code: number): Record<string, string> {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/given"\nexit ${code}\n`);
  chmodSync(path, 0o755);
  return { PATH: `${folder}${delimiter}${process.env.PATH}`, DISPLAY: ":9" };
}

const given = () => readFileSync(join(folder, "given"), "utf8");

describe.skipIf(process.platform === "win32")("starting a browser", () => {
  const address = `http://127.0.0.1:8266/#code=$(touch ${tmpdir()}/never);'"&|`;

  it("hands over the address as it is: there is no shell between", async () => {
    await openBrowser(address, "linux", starter("xdg-open", 0));
    expect(given()).toBe(`${address}\n`);
    await openBrowser(address, "darwin", starter("open", 0));
    expect(given()).toBe(`${address}\n`);
    expect(existsSync(join(tmpdir(), "never"))).toBe(false);
  });

  it("says why there is none", async () => {
    const env = starter("xdg-open", 3);
    await expect(openBrowser(address, "linux", env)).rejects.toThrow("xdg-open ended with 3");
    await expect(openBrowser(address, "linux", { PATH: env.PATH })).rejects.toThrow("there is no screen");
    await expect(openBrowser(address, "linux", { PATH: "/nowhere", DISPLAY: ":9" })).rejects.toThrow(
      "there is no program xdg-open",
    );
  });
});

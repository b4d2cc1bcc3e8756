import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const { version } = JSON.parse(readFileSync(path("package.json"), "utf8"));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as a shell starts it. */
function start(nodeOptions: readonly string[], ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const argv = [...nodeOptions, path("bin/flashwright.js"), ...args];
    execFile(process.execPath, argv, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** Stops the program as soon as anything of these packages is loaded. */
const withoutPackages = (...names: string[]) => {
  const hooks = `export async function load(url, context, next) {
    if (${JSON.stringify(names)}.some((name) => url.includes("/" + name + "/"))) throw new Error("loaded " + url);
    return next(url, context);
  }`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
  return ["--import", `data:text/javascript,${encodeURIComponent(register)}`];
};

describe("the program as a process", () => {
  it("is built", () => {
    expect(existsSync(path("dist/main.js")), "run `npm run build` first").toBe(true);
  });

  it("tells its version, without loading serial ports, prompts, bars or the virtual board", async () => {
    const run = await start(
      withoutPackages(
        "serialport",
        "@serialport",
        "prompts",
        "cli-progress",
        "node-transport",
        "virtual-device",
      ),
      "--version",
    );
    expect(run).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("ends with the exit code of its work", async () => {
    const run = await start([], "info", "--port", "virtual:esp-01", "--json");
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout.trimEnd().split("\n").at(-1) as string)).toMatchObject({
      type: "completed",
    });
    expect((await start([], "info", "--port", "/dev/no-such-port")).code).toBe(1);
    expect((await start([], "fly")).code).toBe(2);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends a served board in order on %s", async (signal) => {
    const child = spawn(process.execPath, [path("bin/flashwright.js"), "virtual", "--tcp", "0", "--json"]);
    let [stdout, asked] = ["", false];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      // Once: a second request would not wait for the orderly end.
      if (asked || !stdout.includes('"type":"listening"')) return;
      asked = child.kill(signal);
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect([code, events.map(({ type }) => type)]).toEqual([0, ["listening", "completed"]]);
  });
});

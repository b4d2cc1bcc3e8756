import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isFlasherError } from "@flashwright/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findToken } from "./find-token.js";

let dataFolder: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "token-"));
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

/** As long as an agent makes them. */
const LEFT = "left".padEnd(43, "-");

const left = (port: number) => {
  const content = { format: "flashwright/agent", version: 1, pid: 7, port, token: LEFT };
  writeFileSync(join(dataFolder, "agent.json"), JSON.stringify(content), { mode: 0o600 });
};

const failure = async (env: Record<string, string> = {}) => {
  const error = await findToken({ env, dataFolder }, 4380).catch((thrown: unknown) => thrown);
  return isFlasherError(error) ? { code: error.code, ...error.params } : error;
};

describe("the token for an agent", () => {
  it("is that of the environment, then that of the named file, then what the agent has left", async () => {
    const file = join(dataFolder, "token");
    writeFileSync(file, "named\n", { mode: 0o600 });
    left(4380);
    const env = { FLASHWRIGHT_AGENT_TOKEN: "given", FLASHWRIGHT_AGENT_TOKEN_FILE: file };
    expect(await findToken({ env, dataFolder }, 4380)).toBe("given");
    expect(await findToken({ env: { ...env, FLASHWRIGHT_AGENT_TOKEN: "" }, dataFolder }, 4380)).toBe("named");
    expect(await findToken({ env: {}, dataFolder }, 4380)).toBe(LEFT);
  });

  it("is not taken from an agent at another port, nor out of what is no such file", async () => {
    const address = "127.0.0.1:4380";
    left(4381);
    const detail = "the agent of this user is at port 4381";
    expect(await failure()).toEqual({ code: "agent-token-missing", address, detail });
    writeFileSync(join(dataFolder, "agent.json"), "{", { mode: 0o600 });
    const unclear = "what an agent has left here cannot be understood";
    expect(await failure()).toEqual({ code: "agent-token-missing", address, detail: unclear });
  });

  it("is missing where no agent runs", async () => {
    const detail = `there is no ${join(dataFolder, "agent.json")}`;
    expect(await failure()).toEqual({ code: "agent-token-missing", address: "127.0.0.1:4380", detail });
  });

  it.skipIf(process.platform === "win32").each([0o640, 0o604])(
    "is refused from a file that others can read (mode %o)",
    async (mode) => {
      left(4380);
      const path = join(dataFolder, "agent.json");
      chmodSync(path, mode);
      expect(await failure()).toEqual({ code: "agent-token-exposed", path });
      expect(await failure({ FLASHWRIGHT_AGENT_TOKEN_FILE: path })).toEqual({
        code: "agent-token-exposed",
        path,
      });
    },
  );
});

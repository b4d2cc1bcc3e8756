import { describe, expect, it } from "vitest";
import { agentPaths } from "../agent-protocol/index.js";
import { type FetchLike, findAgent, launchPage, pairPage, returnToAgent } from "./index.js";

const url = "http://127.0.0.1:8266";
const secret = "s".repeat(43);

/** An agent that answers so, and what it was asked. */
function answering(...answers: readonly (readonly [number, unknown])[]) {
  const asked: { address: string; method: string | undefined; body: unknown }[] = [];
  const fetch: FetchLike = async (address, { method, body, credentials, redirect, cache }) => {
    expect({ credentials, redirect, cache }).toEqual({
      credentials: "omit",
      redirect: "error",
      cache: "no-store",
    });
    asked.push({ address, method, body: body === undefined ? undefined : JSON.parse(body) });
    const [status, content] = answers[asked.length - 1] ?? [500, ""];
    const text = typeof content === "string" ? content : JSON.stringify(content);
    return { ok: status < 300, status, text: async () => text };
  };
  return { fetch, asked };
}

describe("a page that was opened with a link", () => {
  it("gets a token for its code", async () => {
    const { fetch, asked } = answering([200, { token: secret }]);
    expect(await launchPage({ url, fetch }, "c".repeat(43))).toBe(secret);
    const body = { launchCode: "c".repeat(43) };
    expect(asked).toEqual([{ address: `${url}${agentPaths.session}`, method: "POST", body }]);
  });

  it.each([
    [401, "", { code: "agent-unauthorised", params: { address: url } }],
    [403, "", { code: "agent-origin-refused", params: { address: url } }],
    [429, "", { code: "agent-busy", params: { address: url } }],
    [500, "", { code: "agent-failed", params: { detail: "status 500" } }],
    [200, "<html>", { code: "agent-unreachable", params: { address: url } }],
  ])("hears what %d means", async (status, text, error) => {
    await expect(launchPage({ url, ...answering([status, text]) }, "c")).rejects.toMatchObject(error);
  });

  it("hears that nobody answers", async () => {
    const cause = new TypeError("Failed to fetch");
    const fetch = () => Promise.reject(cause);
    await expect(launchPage({ url, fetch }, "c")).rejects.toMatchObject({ code: "agent-unreachable", cause });
  });
});

describe("a page that is paired", () => {
  it("hears how many tries are left, and that it is too late", async () => {
    const { fetch } = answering([401, { triesLeft: 3 }], [410, "no pairing is open\n"]);
    await expect(pairPage({ url, fetch }, "123456")).rejects.toMatchObject({
      code: "agent-code-wrong",
      params: { triesLeft: 3 },
    });
    await expect(pairPage({ url, fetch }, "123456")).rejects.toMatchObject({ code: "agent-pairing-closed" });
  });

  it("tells nothing to one that took the agent's place and does not know the secret", async () => {
    const { fetch, asked } = answering([200, { agentNonce: "n".repeat(43), proof: "p".repeat(43) }]);
    const returning = { pairing: { pairingId: "abc", secret }, origin: "https://flash.example" };
    await expect(returnToAgent({ url, fetch }, returning)).rejects.toMatchObject({
      code: "agent-unproven",
      params: { address: url },
    });
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(asked)).not.toContain(secret);
  });
});

describe("agents of this computer", () => {
  it("are looked for where they listen, and what is no agent is none", async () => {
    const { fetch, asked } = answering(
      [200, "hello"],
      [403, ""],
      [200, { name: "flashwright-agent", protocol: 1 }],
    );
    expect(await findAgent(fetch)).toBe("http://127.0.0.1:8268");
    expect(asked.map(({ address }) => address)).toEqual(
      [8266, 8267, 8268].map((port) => `http://127.0.0.1:${port}/api/hello`),
    );
    expect(await findAgent(answering().fetch)).toBe(undefined);
  });
});

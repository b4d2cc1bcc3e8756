/** Pages of other sites ask this computer's agent. @module */
import { agentPaths } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { mustOpen, openSocket, startTestAgent } from "../agent.fixture.js";

const FOREIGN = [
  "https://evil.example",
  "http://127.0.0.1:1",
  "http://localhost:3000",
  "null",
  "file://",
  "",
];
const code = () => "x".repeat(43);

describe("a plain request", () => {
  it.each(FOREIGN)("of the origin '%s' gets 403 and nothing that its page could read", async (origin) => {
    const { ask, post } = await startTestAgent();
    for (const answer of [
      await ask(agentPaths.hello, { headers: { Origin: origin } }),
      await post(agentPaths.session, { launchCode: code() }, { Origin: origin }),
      await post(agentPaths.pairing, { code: "123456" }, { Origin: origin }),
      await post(agentPaths.challenge, { pairingId: "a", pageNonce: code() }, { Origin: origin }),
      await post(
        agentPaths.reconnect,
        { pairingId: "a", agentNonce: code(), proof: code() },
        { Origin: origin },
      ),
      await ask("/", { headers: { Origin: origin } }),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.headers.get("access-control-allow-origin")).toBe(null);
      expect(answer.headers.get("access-control-allow-credentials")).toBe(null);
    }
  });

  it("of a foreign origin gets 403 also with a code that is good, which stays good", async () => {
    const { agent, post } = await startTestAgent();
    const launchCode = agent.launchUrl().split("#code=")[1];
    expect((await post(agentPaths.session, { launchCode }, { Origin: "https://evil.example" })).status).toBe(
      403,
    );
    expect((await post(agentPaths.session, { launchCode })).status).toBe(200);
  });

  it("asks first and is told nothing", async () => {
    const { ask } = await startTestAgent();
    const headers = {
      Origin: "https://evil.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type",
      "Access-Control-Request-Private-Network": "true",
    };
    const answer = await ask(agentPaths.session, { method: "OPTIONS", headers });
    expect(answer.status).toBe(403);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("without an origin needs a token, and no word of a browser that it is another site's", async () => {
    const { ask, terminalToken, pageToken } = await startTestAgent();
    const hello = async (headers: Record<string, string>) =>
      (await ask(agentPaths.hello, { headers })).status;
    const bearer = { Authorization: `Bearer ${await terminalToken()}` };
    expect(await hello({})).toBe(401);
    expect(await hello({ Authorization: `Bearer ${code()}` })).toBe(401);
    expect(await hello({ Authorization: "Basic eDp5" })).toBe(401);
    expect(await hello(bearer)).toBe(200);
    expect(await hello({ ...bearer, "Sec-Fetch-Site": "same-origin" })).toBe(200);
    expect(await hello({ Authorization: `Bearer ${await pageToken()}` })).toBe(200);
    for (const site of ["cross-site", "same-site", "none"])
      expect(await hello({ ...bearer, "Sec-Fetch-Site": site })).toBe(403);
  });

  it("without an origin exchanges no code, even with the terminal's token", async () => {
    const { agent, ask, terminalToken } = await startTestAgent();
    const body = JSON.stringify({ launchCode: agent.launchUrl().split("#code=")[1] });
    const headers = { "Content-Type": "application/json" };
    expect((await ask(agentPaths.session, { method: "POST", headers, body })).status).toBe(401);
    const withToken = { ...headers, Authorization: `Bearer ${await terminalToken()}` };
    expect((await ask(agentPaths.session, { method: "POST", headers: withToken, body })).status).toBe(403);
  });

  it.each([
    [
      "a script of another site",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script" },
      403,
    ],
    [
      "a frame in another site",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe" },
      403,
    ],
    [
      "another server of this computer",
      { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" },
      403,
    ],
    [
      "a link that is followed",
      { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" },
      200,
    ],
    [
      "a typed address",
      { "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" },
      200,
    ],
  ])("for the page by %s", async (_, headers, status) => {
    const { port } = await startTestAgent();
    // Node's fetch sets these headers itself.
    expect(await statusWith(port, "/", headers)).toBe(status);
  });
});

describe("a WebSocket", () => {
  it.each(FOREIGN.filter((origin) => origin !== ""))(
    "of the origin %s gets 403, even with a good token",
    async (origin) => {
      const { port, terminalToken, pageToken } = await startTestAgent();
      const headers = { Origin: origin };
      expect(await openSocket(port, { headers })).toBe(403);
      expect(await openSocket(port, { headers, token: await terminalToken() })).toBe(403);
      expect(await openSocket(port, { headers, token: await pageToken() })).toBe(403);
      expect(await openSocket(port, { headers, path: "/api/ports/ttyUSB0?baud=115200" })).toBe(403);
    },
  );

  it("takes a token only together with the origin that it is bound to", async () => {
    const { port, origin, terminalToken, pageToken } = await startTestAgent();
    const [terminal, page] = [await terminalToken(), await pageToken()];
    expect(await openSocket(port, { headers: { Origin: origin }, token: terminal })).toBe(403);
    expect(await openSocket(port, { headers: { Origin: `http://localhost:${port}` }, token: page })).toBe(
      403,
    );
    expect(await openSocket(port, { token: page })).toBe(403);
    expect(await openSocket(port, { token: terminal, headers: { "Sec-Fetch-Site": "cross-site" } })).toBe(
      403,
    );
    expect((await mustOpen(port, { headers: { Origin: origin }, token: page })).protocol).toBe(
      "flashwright.agent.1",
    );
    expect((await mustOpen(port, { token: terminal })).protocol).toBe("flashwright.agent.1");
  });

  it("needs a token, once, as a subprotocol and nowhere else", async () => {
    const { port, origin, pageToken } = await startTestAgent();
    const token = await pageToken();
    const headers = { Origin: origin };
    expect(await openSocket(port, { headers })).toBe(401);
    expect(await openSocket(port, { headers, token: code() })).toBe(401);
    expect(await openSocket(port, { headers, path: `${agentPaths.control}?token=${token}` })).toBe(401);
    expect(await openSocket(port, { headers: { ...headers, Authorization: `Bearer ${token}` } })).toBe(401);
    expect(await openSocket(port, { headers: { ...headers, Cookie: `token=${token}` } })).toBe(401);
  });
});

/** The status of a GET with exactly these headers. */
async function statusWith(port: number, path: string, headers: Record<string, string>): Promise<number> {
  const { get } = await import("node:http");
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", path, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).once("error", reject);
  });
}

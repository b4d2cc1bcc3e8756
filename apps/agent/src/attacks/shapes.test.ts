/** Requests of a shape that no page of ours sends: another type, too large, too slow, too many. @module */
import { agentLimits, agentPaths } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import {
  closeCode,
  mustOpen,
  openSocket,
  raw,
  startTestAgent,
  statusOf,
  type TestAgent,
} from "../agent.fixture.js";

const POSTS = [agentPaths.session, agentPaths.pairing, agentPaths.challenge, agentPaths.reconnect];

/** A POST of the kind that reaches its body: of the agent's own page, or of one that is being paired. */
async function postTo({ agent, ask, origin }: TestAgent, path: string, headers: object, body: string) {
  const guest = "https://flash.example";
  const cancel = path === agentPaths.session ? () => {} : agent.openPairing(() => {});
  try {
    const from = path === agentPaths.session ? origin : guest;
    return (await ask(path, { method: "POST", headers: { Origin: from, ...headers }, body })).status;
  } finally {
    cancel();
  }
}

describe("a body", () => {
  it.each(POSTS)("to %s has to say that it is JSON, which no page can without asking first", async (path) => {
    const agent = await startTestAgent();
    for (const type of [
      "text/plain",
      "text/plain;application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/json-patch+json",
      "application/json; charset=UTF-8",
    ])
      expect(await postTo(agent, path, { "Content-Type": type }, "{}")).toBe(415);
  });

  it.each(POSTS)("to %s has to be of its shape", async (path) => {
    const agent = await startTestAgent();
    const json = { "Content-Type": "application/json" };
    const deep = "[".repeat(2000);
    for (const body of ["", "{", "null", "[]", '{"launchCode":1}', '{"__proto__":{"code":"000000"}}', deep])
      expect(await postTo(agent, path, json, body)).toBe(400);
  });

  it.each(POSTS)("to %s is at most 4 KiB", async (path) => {
    const agent = await startTestAgent();
    const json = { "Content-Type": "application/json" };
    expect(await postTo(agent, path, json, " ".repeat(agentLimits.bodyBytes))).toBe(400);
    expect(await postTo(agent, path, json, " ".repeat(agentLimits.bodyBytes + 1))).toBe(413);
  });

  it("is at most 4 KiB too where its length is not told before", async () => {
    const { port, origin } = await startTestAgent();
    const chunk = `1000\r\n${" ".repeat(0x1000)}\r\n`;
    const answer = await raw(
      port,
      [
        `POST ${agentPaths.session} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Origin: ${origin}`,
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        "Connection: close",
        "",
        `${chunk}${chunk}`,
      ].join("\r\n"),
    );
    expect(statusOf(answer)).toBe(413);
  });
});

describe("a method", () => {
  it.each([
    ["GET", agentPaths.session, "POST"],
    ["PUT", agentPaths.session, "POST"],
    ["DELETE", agentPaths.pairing, "POST"],
    ["POST", agentPaths.hello, "GET, HEAD"],
    ["POST", "/", "GET, HEAD"],
    ["OPTIONS", "/", "GET, HEAD"],
  ])("%s is not for %s", async (method, path, allowed) => {
    const { ask, origin } = await startTestAgent();
    const answer = await ask(path, { method, headers: { Origin: origin } });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allowed]);
  });
});

describe("headers", () => {
  it("of more than 8 KiB get 431", async () => {
    const { port } = await startTestAgent();
    const answer = await raw(
      port,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${"x".repeat(9000)}\r\n\r\n`,
    );
    expect(statusOf(answer)).toBe(431);
  });

  it("that do not end within five seconds get 408, while others are served", async () => {
    const { port, ask } = await startTestAgent();
    const start = performance.now();
    const slow = raw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `);
    expect((await ask("/")).status).toBe(200);
    expect(statusOf(await slow)).toBe(408);
    expect(performance.now() - start).toBeLessThan(9000);
  });
});

describe("a flood", () => {
  it("of strangers gets 429 and does not reach the agent's own page", async () => {
    const clock = new HeldClock();
    const { ask, pageToken, port, origin } = await startTestAgent({ clock });
    const headers = { Origin: "https://evil.example" };
    const statuses = new Map<number, number>();
    for (let count = 0; count < 150; count++) {
      const { status } = await ask(agentPaths.hello, { headers });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses).toEqual(
      new Map([
        [403, 100],
        [429, 50],
      ]),
    );
    expect(await openSocket(port, { headers })).toBe(429);
    expect((await mustOpen(port, { headers: { Origin: origin }, token: await pageToken() })).readyState).toBe(
      1,
    );
    clock.advance(1000);
    expect((await ask(agentPaths.hello, { headers })).status).toBe(403);
  });

  it("of sockets ends at 32 with 503", async () => {
    const { port, origin, pageToken } = await startTestAgent();
    const wish = { headers: { Origin: origin }, token: await pageToken() };
    const opened = [];
    for (let count = 0; count < agentLimits.sockets; count++) opened.push(await mustOpen(port, wish));
    expect(await openSocket(port, wish)).toBe(503);
    const closed = closeCode(opened[0]!);
    opened[0]!.close();
    await closed;
    await expect.poll(() => openSocket(port, wish)).not.toBe(503);
  });

  it("of requests on a control socket ends it with 1008", async () => {
    const { port, origin, pageToken } = await startTestAgent();
    const socket = await mustOpen(port, { headers: { Origin: origin }, token: await pageToken() });
    const closed = closeCode(socket);
    for (let id = 0; id < 5000; id++) socket.send(JSON.stringify({ id, do: "list-pairings" }));
    expect(await closed).toBe(1008);
  });
});

describe("a frame", () => {
  it("of more than 64 KiB ends its socket with 1009", async () => {
    const { port, terminalToken } = await startTestAgent();
    const socket = await mustOpen(port, { token: await terminalToken() });
    const closed = closeCode(socket);
    socket.send("x".repeat(agentLimits.frameBytes + 1));
    expect(await closed).toBe(1009);
  });

  it.each(["", "{", "null", '{"id":0,"do":"exec"}', '{"id":-1,"do":"list-pairings"}', '{"do":"new-link"}'])(
    "that is no request ends its socket with 1008: '%s'",
    async (text) => {
      const { port, terminalToken } = await startTestAgent();
      const socket = await mustOpen(port, { token: await terminalToken() });
      const closed = closeCode(socket);
      socket.send(text);
      expect(await closed).toBe(1008);
    },
  );
});

describe("the address of a WebSocket", () => {
  it.each([
    ["/", 404],
    ["/api/ports", 404],
    ["/api/hello", 404],
    ["/api/ports/ttyUSB0", 400],
    ["/api/ports/ttyUSB0?baud=fast", 400],
    ["/api/ports/ttyUSB0?baud=115200&x=1", 400],
    ["/api/ports/%ff?baud=115200", 400],
  ])("%s gets %d", async (path, status) => {
    const { port, terminalToken } = await startTestAgent();
    expect(await openSocket(port, { path, token: await terminalToken() })).toBe(status);
  });
});

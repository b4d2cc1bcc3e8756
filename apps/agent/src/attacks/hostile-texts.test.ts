/** Texts of adapters and of requests that want to steer a terminal or a page, and what a log may hold. @module */
import { agentPaths } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { mustOpen, nextMessage, raw, startTestAgent } from "../agent.fixture.js";

const STEERING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

describe("a text of an adapter", () => {
  it("reaches a page without what steers a terminal, and short", async () => {
    const { port, origin, pageToken } = await startTestAgent({
      listPorts: async () => [
        {
          path: "/dev/ttyUSB0",
          vendorId: "10c4",
          productId: "ea60",
          product: "\x1b]0;owned\x07CP\u202e2102\r\n<script>alert(1)</script>",
          manufacturer: `Silicon${"x".repeat(10_000)}`,
          serialNumber: "\x9b2J; rm -rf ~",
        },
      ],
    });
    const socket = await mustOpen(port, { token: await pageToken(), headers: { Origin: origin } });
    const { ports } = await nextMessage(socket, "ports");
    const [shown] = ports as Record<string, string>[];
    expect(shown.product).toBe("]0;ownedCP2102<script>alert(1)</script>");
    expect(shown.manufacturer).toHaveLength(200);
    expect(shown.serialNumber).toBe("2J; rm -rf ~");
    expect(JSON.stringify(ports)).not.toMatch(STEERING);
  });
});

describe("the log", () => {
  it("holds no token, no code, no query and nothing that steers a terminal", async () => {
    const { port, events, ask, pageToken, terminalToken, agent, origin } = await startTestAgent();
    const [token, terminal] = [await pageToken(), await terminalToken()];
    const secret = "dont-tell";
    await ask(`/nothing?code=${secret}&token=${token}`);
    await ask(agentPaths.hello, { headers: { Authorization: `Bearer ${terminal}`, "X-Secret": secret } });
    const path = "/\x80\x9b2J\u00a0%1b%5B2J";
    await raw(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    await mustOpen(port, { token, headers: { Origin: origin } });
    await ask(`/${"long/".repeat(100)}`);
    const log = JSON.stringify(events);
    expect(events.filter(({ type }) => type === "request").length).toBeGreaterThanOrEqual(5);
    for (const hidden of [token, terminal, secret, agent.launchUrl().split("=")[1]])
      expect(log).not.toContain(hidden);
    expect(events.filter((event) => STEERING.test(JSON.stringify(event)))).toEqual([]);
    expect(Math.max(...events.map((event) => (event.type === "request" ? event.path.length : 0)))).toBe(100);
  });
});

describe("an answer", () => {
  it("brings the headers that keep the page to itself", async () => {
    const { ask } = await startTestAgent();
    const { headers } = await ask("/");
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; " +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("permissions-policy")).toContain("serial=(self)");
    expect(headers.get("set-cookie")).toBe(null);
  });

  it("repeats nothing of its request", async () => {
    const { ask } = await startTestAgent();
    const answer = await ask("/<script>alert(1)</script>?<script>alert(2)</script>");
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toMatch(/script|alert/);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  });
});

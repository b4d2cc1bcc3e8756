/** A page elsewhere makes its own name point to this computer (DNS rebinding), or the agent is asked for paths. @module */
import { agentPaths } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { raw, startTestAgent, statusOf } from "../agent.fixture.js";

const get = (path: string, host: string) => `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;

describe("a request for another host", () => {
  it.each([
    ["a name that was rebound", (port: number) => `Host: evil.example:${port}\r\n`, 421],
    ["a name that only begins right", (port: number) => `Host: 127.0.0.1.evil.example:${port}\r\n`, 421],
    ["a name under localhost", (port: number) => `Host: evil.localhost:${port}\r\n`, 421],
    ["the right name and another port", () => "Host: 127.0.0.1:80\r\n", 421],
    ["the right name without a port", () => "Host: localhost\r\n", 421],
    ["every interface", (port: number) => `Host: 0.0.0.0:${port}\r\n`, 421],
    ["another loopback address", (port: number) => `Host: 127.0.0.2:${port}\r\n`, 421],
    ["a name with a user", (port: number) => `Host: x@127.0.0.1:${port}\r\n`, 421],
    ["an empty name", () => "Host: \r\n", 421],
    ["no name", () => "", 400],
    ["two names", (port: number) => `Host: 127.0.0.1:${port}\r\nHost: evil.example\r\n`, 400],
  ])("is refused: %s", async (_, host, status) => {
    const { port } = await startTestAgent();
    const answer = await raw(port, get("/", host(port)));
    expect(statusOf(answer)).toBe(status);
    expect(answer).not.toContain("the page");
  });

  it("is refused in the request line too", async () => {
    const { port } = await startTestAgent();
    const answer = await raw(port, get(`http://evil.example:${port}/`, `Host: 127.0.0.1:${port}\r\n`));
    expect(statusOf(answer)).toBe(400);
  });

  it("is refused before a WebSocket is opened, also with a good token", async () => {
    const { port, terminalToken } = await startTestAgent();
    const upgrade = [
      `GET ${agentPaths.control} HTTP/1.1`,
      `Host: evil.example:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      `Sec-WebSocket-Protocol: flashwright.agent.1, flashwright.token.${await terminalToken()}`,
      "\r\n",
    ];
    expect(statusOf(await raw(port, upgrade.join("\r\n")))).toBe(421);
  });

  it.each(["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])("is none by the name %s", async (name) => {
    const { port } = await startTestAgent();
    expect(statusOf(await raw(port, get("/", `Host: ${name}:${port}\r\n`)))).toBe(200);
  });
});

describe("the agent", () => {
  it("listens on ::1 too where there is one, and on no other address", async () => {
    const { port } = await startTestAgent();
    const [, other] = await Promise.all([
      raw(port, get("/", `Host: [::1]:${port}\r\n`), "::1").catch(() => "no IPv6"),
      raw(port, get("/", `Host: 127.0.0.1:${port}\r\n`), "127.0.0.2").catch((error) => error.code),
    ]);
    expect(other).toBe("ECONNREFUSED");
  });

  it.each([
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/page.js/../../package.json",
    "//etc/passwd",
    "/page.css%00.html",
    "/%",
  ])("has no file at %s", async (path) => {
    const { port } = await startTestAgent();
    const answer = await raw(port, get(path, `Host: 127.0.0.1:${port}\r\n`));
    expect(statusOf(answer)).toBe(404);
    expect(answer).not.toMatch(/root:|flashwright\/agent/);
  });

  it("takes no backslash for a slash", async () => {
    const { port } = await startTestAgent();
    const answer = await raw(port, get("/..\\..\\package.json", `Host: 127.0.0.1:${port}\r\n`));
    expect(statusOf(answer)).toBe(400);
  });
});

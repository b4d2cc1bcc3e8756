import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createDesk, type Desk, type WorldChanges } from "../cli.fixture.js";

const GUEST = "https://flash.example";

/** An agent of a desk, in the way of a person who waits for its link. */
interface AgentRun {
  readonly desk: Desk;
  readonly url: string;
  readonly link: string;
  events(): Record<string, unknown>[];
  /** What one event of a type says. */
  next(type: string, state?: string): Promise<Record<string, unknown>>;
  /** Ctrl-C, and how it ended. */
  end(): Promise<number>;
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Starts a command and follows its events. */
function follow(desk: Desk, changes: WorldChanges, ...argv: string[]) {
  let text = "";
  let ended: number | undefined;
  const stdout = {
    write(chunk: string) {
      text += chunk;
      return true;
    },
  };
  const run = desk.runIn({ stdout, ...changes }, ...argv, "--json");
  const done = run.then(({ code }) => {
    ended = code;
    return code;
  });
  const events = () =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const next = (type: string, state?: string) =>
    vi.waitFor(() => {
      const found = events().find(
        (event) => event.type === type && (state === undefined || event.state === state),
      );
      if (found === undefined) throw new Error(`no ${type}; ended: ${ended}; ${text}`);
      return found;
    }, 10_000);
  return { events, next, done };
}

async function startAgent(
  options: { changes?: WorldChanges; desk?: Desk } = {},
  ...argv: string[]
): Promise<AgentRun> {
  const { changes = {}, desk = createDesk() } = options;
  const { events, next, done } = follow(desk, changes, "agent", "--listen-port", "0", ...argv);
  const end = () => {
    desk.interrupt();
    return done;
  };
  ends.push(end);
  const { url, link } = (await next("agent")) as { url: string; link: string };
  return { desk, url, link, events, next, end };
}

/** A page of another site types a code. */
function type(agent: AgentRun, code: unknown): Promise<Response> {
  const headers = { "Content-Type": "application/json", Origin: GUEST };
  return fetch(`${agent.url}api/pairing`, { method: "POST", headers, body: JSON.stringify({ code }) });
}

/** Whether a page of another site is told that an agent is there. */
async function isAwaited({ url }: AgentRun): Promise<boolean> {
  return (await fetch(`${url}api/hello`, { headers: { Origin: GUEST } })).ok;
}

/** A desk of the same person at another terminal: the same data, another keyboard. */
function otherTerminal({ desk }: AgentRun) {
  const other = createDesk();
  return { other, changes: { dataFolder: desk.dataFolder } };
}

describe("flashwright agent", () => {
  it("serves its page until Ctrl-C, which is its orderly end", async () => {
    const agent = await startAgent();
    expect(agent.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=[A-Za-z0-9_-]{43}$/);
    expect(await (await fetch(agent.url)).text()).toContain("<title>Flashwright</title>");
    expect(existsSync(join(agent.desk.dataFolder, "agent.json"))).toBe(true);
    expect(await agent.end()).toBe(0);
    expect(agent.events()).toEqual([
      { format: "flashwright/events", version: 1, type: "agent", url: agent.url, link: agent.link },
      { type: "completed", result: { code: "agent-stopped", params: {} } },
    ]);
    expect(existsSync(join(agent.desk.dataFolder, "agent.json"))).toBe(false);
    await expect(fetch(agent.url)).rejects.toThrow();
  });

  it("says so in words", async () => {
    const desk = createDesk();
    const run = desk.runIn(
      { interruptAt: "#code=", openLink: async () => {} },
      "agent",
      "--listen-port",
      "0",
    );
    const { code, stdout, stderr } = await run;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^The agent is at (http:\/\/127\.0\.0\.1:\d+\/)\. Open this link; it is good once, within a minute:\n {2}\1#code=[\w-]{43}\nThe agent has stopped; its ports are free\.\n$/,
    );
  });

  it("opens a browser with another link than it prints, and says when it cannot", async () => {
    const desk = createDesk();
    const opened: string[] = [];
    const openLink = async (address: string) => {
      opened.push(address);
      desk.interrupt();
      throw new Error("there is no screen");
    };
    const { code, stdout } = await desk.runIn({ openLink }, "agent", "--listen-port", "0");
    const printed = /http\S+#code=\S+/.exec(stdout)?.[0];
    expect([code, opened.length]).toEqual([0, 1]);
    expect(opened[0]).toMatch(/#code=[\w-]{43}$/);
    expect(opened[0]).not.toBe(printed);
    expect(stdout).toContain("warning: No browser could be started: there is no screen.");
  });

  it.each(["--no-open", "--json"])("opens none with %s", async (option) => {
    const opened: string[] = [];
    const openLink = async (address: string) => void opened.push(address);
    const desk = createDesk();
    await desk.runIn({ openLink, interruptAt: "#code=" }, "agent", "--listen-port", "0", option);
    expect(opened).toEqual([]);
  });

  it("warns as root", async () => {
    const agent = await startAgent({ changes: { isRoot: true } });
    expect(agent.events()[0]).toMatchObject({ type: "warning", code: "agent-as-root" });
  });

  it("refuses to start twice", async () => {
    const agent = await startAgent();
    const { other, changes } = otherTerminal(agent);
    const run = await other.runIn(changes, "agent", "--listen-port", "0", "--json");
    expect(run.code).toBe(1);
    expect(run.events().at(-1)).toMatchObject({
      type: "failed",
      error: { code: "agent-running", params: { pid: process.pid, port: Number(new URL(agent.url).port) } },
    });
  });

  it("refuses a board that there is not, with what there is", async () => {
    const run = await createDesk().run("agent", "--listen-port", "0", "--virtual", "esp-99", "--json");
    expect(run.code).toBe(2);
    expect(run.events().at(-1)).toMatchObject({ error: { code: "board-unknown" } });
  });

  it("tells with --verbose what it is asked, without secrets", async () => {
    const agent = await startAgent({}, "--verbose");
    await fetch(`${agent.url}?code=secret`);
    expect(await agent.next("request")).toEqual({
      type: "request",
      method: "GET",
      path: "/",
      status: 200,
      ms: expect.any(Number),
    });
  });
});

describe("flashwright agent link", () => {
  it("prints a new link to the agent that runs", async () => {
    const agent = await startAgent();
    const { other, changes } = otherTerminal(agent);
    const run = await other.runIn(changes, "agent", "link");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`  ${agent.url}#code=`);
    expect(run.stdout).not.toContain(agent.link);
  });

  it("says that none runs", async () => {
    const run = await createDesk().run("agent", "link");
    expect([run.code, run.stderr]).toEqual([
      1,
      "error: No agent runs on this computer.\n hint: Start one with `flashwright agent`.\n code: agent-not-running\n",
    ]);
  });
});

describe("flashwright agent pair", () => {
  it("shows a code, who asks, and who is let in; pairings lists and revokes it", async () => {
    const agent = await startAgent();
    const { other, changes } = otherTerminal(agent);
    const pairing = follow(other, changes, "agent", "pair");
    const { code } = await pairing.next("pairing", "open");
    expect((await type(agent, code)).status).toBe(200);
    expect(await pairing.done).toBe(0);
    expect(pairing.events().slice(1, 3)).toMatchObject([
      { type: "pairing", state: "asked", origin: GUEST, triesLeft: 4 },
      { type: "pairing", state: "paired", pairing: { origin: GUEST } },
    ]);
    const listed = await other.runIn(changes, "agent", "pairings");
    const id = /^(\w{8}) {2}https:\/\/flash\.example {2}since 2026-11-22 {2}until 2026-12-22\n$/.exec(
      listed.stdout,
    )?.[1];
    expect(listed.stdout).toContain(String(id));
    await agent.end();
    const revoked = await other.runIn(changes, "agent", "pairings", "--revoke", String(id));
    expect([revoked.code, revoked.stdout]).toEqual([0, "No page is paired.\n"]);
    expect((await other.runIn(changes, "agent", "pairings", "--revoke", "nobody")).code).toBe(2);
  });

  it("fails after five wrong codes, and is cancelled by Ctrl-C", async () => {
    const agent = await startAgent();
    const { other, changes } = otherTerminal(agent);
    const pairing = follow(other, changes, "agent", "pair");
    const { code } = await pairing.next("pairing", "open");
    const wrong = code === "000000" ? "000001" : "000000";
    for (let tried = 0; tried < 5; tried++) expect((await type(agent, wrong)).status).toBe(401);
    expect(await pairing.done).toBe(1);
    expect(pairing.events().at(-1)).toMatchObject({
      type: "failed",
      error: { code: "agent-pairing-failed", params: { why: "the code was wrong five times" } },
    });
    const second = follow(other, changes, "agent", "pair");
    await second.next("pairing", "open");
    expect(await isAwaited(agent)).toBe(true);
    other.interrupt();
    expect(await second.done).toBe(130);
    await expect.poll(() => isAwaited(agent)).toBe(false);
  });

  it("is also a part of the agent itself", async () => {
    const agent = await startAgent({}, "--pair");
    const { code } = await agent.next("pairing", "open");
    expect((await type(agent, code)).status).toBe(200);
    expect(await agent.next("pairing", "paired")).toMatchObject({ pairing: { origin: GUEST } });
  });
});

/** Codes and tokens: wrong, late, used before, guessed. @module */
import { agentLimits, agentPaths } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { closeCode, jsonOf, mustOpen, openSocket, startTestAgent } from "../agent.fixture.js";

const codeIn = (url: string) => url.split("#code=")[1];

describe("the code of a link", () => {
  it("has 256 bits and stands in the fragment, which browsers send to nobody", async () => {
    const { agent } = await startTestAgent();
    expect(agent.launchUrl()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=[A-Za-z0-9_-]{43}$/);
    expect(agent.launchUrl()).not.toBe(agent.launchUrl());
  });

  it("is good once", async () => {
    const { agent, post } = await startTestAgent();
    const launchCode = codeIn(agent.launchUrl());
    const first = await post(agentPaths.session, { launchCode });
    expect([first.status, Object.keys(await jsonOf<object>(first))]).toEqual([200, ["token"]]);
    expect((await post(agentPaths.session, { launchCode })).status).toBe(401);
  });

  it("is good for a minute", async () => {
    const clock = new HeldClock();
    const { agent, post } = await startTestAgent({ clock });
    const [inTime, late] = [codeIn(agent.launchUrl()), codeIn(agent.launchUrl())];
    clock.advance(agentLimits.launchMs - 1);
    expect((await post(agentPaths.session, { launchCode: inTime })).status).toBe(200);
    clock.advance(1);
    expect((await post(agentPaths.session, { launchCode: late })).status).toBe(401);
  });

  it("is not guessed: after ten wrong ones they cost 429, and a right one still opens", async () => {
    const { agent, post } = await startTestAgent({ clock: new HeldClock() });
    const statuses: number[] = [];
    for (let guess = 0; guess < 14; guess++) {
      statuses.push((await post(agentPaths.session, { launchCode: `${guess}`.padStart(43, "A") })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    expect((await post(agentPaths.session, { launchCode: codeIn(agent.launchUrl()) })).status).toBe(200);
  });

  it("that others could see ends what it opened when it comes a second time, and the terminal is told", async () => {
    const { agent, port, origin, post, events } = await startTestAgent();
    const launchCode = codeIn(agent.launchUrl(true));
    const { token } = await jsonOf<{ token: string }>(await post(agentPaths.session, { launchCode }));
    const socket = await mustOpen(port, { token, headers: { Origin: origin } });
    const closed = closeCode(socket);
    expect((await post(agentPaths.session, { launchCode })).status).toBe(401);
    expect(await closed).toBe(1008);
    expect(await openSocket(port, { token, headers: { Origin: origin } })).toBe(401);
    expect(events).toContainEqual({ type: "warning", code: "agent-link-replayed", params: {} });
  });
});

describe("a token", () => {
  it("ends after twelve hours in which nobody used it, and not while a socket is open", async () => {
    const clock = new HeldClock();
    const { port, origin, ask, post, agent } = await startTestAgent({ clock });
    const token = async () => {
      const answer = await post(agentPaths.session, { launchCode: codeIn(agent.launchUrl()) });
      return (await jsonOf<{ token: string }>(answer)).token;
    };
    const [idle, used] = [await token(), await token()];
    const hello = async (bearer: string) =>
      (await ask(agentPaths.hello, { headers: { Authorization: `Bearer ${bearer}` } })).status;
    await mustOpen(port, { token: used, headers: { Origin: origin } });
    expect(await hello(idle)).toBe(200);
    clock.skip(agentLimits.tokenIdleMs + 1);
    expect([await hello(idle), await hello(used)]).toEqual([401, 200]);
  });

  it("ends with the agent that made it", async () => {
    const first = await startTestAgent();
    const token = await first.pageToken();
    await first.agent.close();
    const second = await startTestAgent();
    expect(await openSocket(second.port, { token, headers: { Origin: second.origin } })).toBe(401);
  });

  it("that is wrong costs 429 after ten tries, and a right one still opens a socket", async () => {
    const { port, origin, pageToken } = await startTestAgent({ clock: new HeldClock() });
    const headers = { Origin: origin };
    const token = await pageToken();
    const statuses = [];
    for (let guess = 0; guess < 12; guess++) {
      statuses.push(await openSocket(port, { headers, token: `${guess}`.padStart(43, "A") }));
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    expect((await mustOpen(port, { headers, token })).readyState).toBe(1);
  });
});

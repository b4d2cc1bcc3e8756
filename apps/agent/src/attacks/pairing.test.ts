/** Other pages: let in by the user alone, one at a time, for a while. @module */
import { createHmac } from "node:crypto";
import {
  agentLimits,
  agentPaths,
  type Challenge,
  type NewPairing,
  type PairingState,
  proofText,
  type SessionToken,
} from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { closeCode, jsonOf, mustOpen, openSocket, startTestAgent, type TestAgent } from "../agent.fixture.js";
import { makeSecret } from "../security/secrets.js";

const GUEST = "https://flash.example";
const OTHER = "https://evil.example";

/** Opens a pairing as the terminal does. */
function open({ agent }: TestAgent) {
  const states: PairingState[] = [];
  const cancel = agent.openPairing((state) => states.push(state));
  const [first] = states;
  if (first?.state !== "open") throw new Error("a pairing begins with its code");
  const wrong = String((Number(first.code) + 1) % 1_000_000).padStart(6, "0");
  return { states, cancel, code: first.code, wrong };
}

/** Pairs a page. */
async function pair(test: TestAgent, origin = GUEST) {
  const { code } = open(test);
  const answer = await test.post(agentPaths.pairing, { code }, { Origin: origin });
  return jsonOf<NewPairing>(answer);
}

function prove(role: "agent" | "page", secret: string, parts: Parameters<typeof proofText>[1]) {
  return createHmac("sha256", secret).update(proofText(role, parts)).digest("base64url");
}

describe("pairing", () => {
  it("lets a page in with the code of the terminal, and says who it is", async () => {
    const test = await startTestAgent({ now: () => 1_000_000 });
    const { states, code } = open(test);
    const answer = await test.post(agentPaths.pairing, { code }, { Origin: GUEST });
    const made = await jsonOf<NewPairing>(answer);
    expect(answer.headers.get("access-control-allow-origin")).toBe(GUEST);
    expect(answer.headers.get("vary")).toContain("Origin");
    expect(answer.headers.get("access-control-allow-credentials")).toBe(null);
    expect(made).toEqual({
      pairingId: expect.stringMatching(/^[a-z0-9]{8}$/),
      secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      expiresAt: 1_000_000 + agentLimits.pairingKeptMs,
    });
    const pairing = { id: made.pairingId, origin: GUEST, createdAt: 1_000_000, expiresAt: made.expiresAt };
    expect(states).toEqual([
      { state: "open", code, expiresAt: 1_000_000 + agentLimits.pairingMs },
      { state: "asked", origin: GUEST, triesLeft: 4 },
      { state: "paired", pairing },
    ]);
    expect(test.agent.pairings()).toEqual([pairing]);
    await mustOpen(test.port, { token: made.token, headers: { Origin: GUEST } });
    expect(await openSocket(test.port, { token: made.token, headers: { Origin: test.origin } })).toBe(403);
    expect(await openSocket(test.port, { token: made.token, headers: { Origin: OTHER } })).toBe(403);
    expect(await openSocket(test.port, { token: made.token })).toBe(403);
    const hello = async (token: string) => {
      const headers = { Origin: GUEST, Authorization: `Bearer ${token}` };
      return (await test.ask(agentPaths.hello, { headers })).status;
    };
    expect([await hello(made.token), await hello(makeSecret())]).toEqual([200, 401]);
  });

  it("has codes of six digits, all of them", async () => {
    const test = await startTestAgent();
    const codes = Array.from({ length: 300 }, () => {
      const { code, cancel } = open(test);
      cancel();
      return code;
    });
    expect(codes.filter((code) => !/^[0-9]{6}$/.test(code))).toEqual([]);
    expect(new Set(codes.map((code) => code[0])).size).toBe(10);
  });

  it("is for the first page that asks; another one that races it gets 403", async () => {
    const test = await startTestAgent();
    const { states, code, wrong } = open(test);
    const ask = (origin: string, tried: string) =>
      test.post(agentPaths.pairing, { code: tried }, { Origin: origin });
    const answers = await Promise.all([ask(GUEST, wrong), ask(OTHER, code), ask(OTHER, wrong)]);
    const first = states.find((state) => state.state === "asked")!.origin;
    expect(new Set(states.flatMap((state) => (state.state === "asked" ? [state.origin] : [])))).toEqual(
      new Set([first]),
    );
    const loser = first === GUEST ? OTHER : GUEST;
    const refused = await ask(loser, code);
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    expect(answers.map(({ status }) => status)).toContain(403);
    expect(test.agent.pairings().every(({ origin }) => origin === first)).toBe(true);
  });

  it("ends after five wrong codes; the right one is too late then", async () => {
    const test = await startTestAgent();
    const { states, code, wrong } = open(test);
    const tries = [];
    for (const tried of [wrong, wrong, wrong, wrong, wrong, code]) {
      const answer = await test.post(agentPaths.pairing, { code: tried }, { Origin: GUEST });
      tries.push([answer.status, answer.status === 401 ? await answer.json() : undefined]);
    }
    expect(tries).toEqual([...[4, 3, 2, 1, 0].map((triesLeft) => [401, { triesLeft }]), [410, undefined]]);
    expect(states.at(-1)).toEqual({ state: "closed", reason: "tries" });
    expect(test.agent.pairings()).toEqual([]);
  });

  it("takes five codes at most when they all come at once", async () => {
    const test = await startTestAgent();
    const { wrong } = open(test);
    const all = Array.from({ length: 20 }, () =>
      test.post(agentPaths.pairing, { code: wrong }, { Origin: GUEST }),
    );
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 410)).toHaveLength(15);
  });

  it("ends after two minutes, and when the terminal goes", async () => {
    const clock = new HeldClock();
    const test = await startTestAgent({ clock });
    const late = open(test);
    clock.advance(agentLimits.pairingMs);
    expect(late.states.at(-1)).toEqual({ state: "closed", reason: "expired" });
    expect((await test.post(agentPaths.pairing, { code: late.code }, { Origin: GUEST })).status).toBe(403);
    const cancelled = open(test);
    cancelled.cancel();
    expect(cancelled.states.at(-1)).toEqual({ state: "closed", reason: "cancelled" });
    expect((await test.post(agentPaths.pairing, { code: cancelled.code }, { Origin: GUEST })).status).toBe(
      403,
    );
  });

  it("is one at a time, and its code is good once", async () => {
    const test = await startTestAgent();
    const { code } = open(test);
    expect(() => test.agent.openPairing(() => {})).toThrow(
      expect.objectContaining({ code: "agent-pairing-open" }),
    );
    expect((await test.post(agentPaths.pairing, { code }, { Origin: GUEST })).status).toBe(200);
    expect((await test.post(agentPaths.pairing, { code }, { Origin: GUEST })).status).toBe(410);
  });

  it.each([
    "http://flash.example",
    "https://flash.example/",
    "https://Flash.example",
    "https://user@flash.example",
    "https://flash.example:443",
    "https://flash\u202e.example",
    "ftp://flash.example",
    "chrome-extension://abcdefgh",
    `https://${"a".repeat(300)}.example`,
  ])("is not for %s", async (origin) => {
    const { canBePaired } = await import("../security/guest-origin.js");
    expect(canBePaired(origin)).toBe(false);
  });

  it("cannot be opened by a page, whatever its token", async () => {
    const test = await startTestAgent();
    const socket = await mustOpen(test.port, {
      token: await test.pageToken(),
      headers: { Origin: test.origin },
    });
    const asked = ["open-pairing", "list-pairings", "new-link"].map(
      (verb, id) =>
        new Promise((resolve) => {
          socket.on("message", (data) => {
            const message = JSON.parse(String(data));
            if (message.id === id) resolve([message.type, message.error?.code]);
          });
          socket.send(JSON.stringify({ id, do: verb }));
        }),
    );
    expect(await Promise.all(asked)).toEqual(asked.map(() => ["failed", "agent-terminal-only"]));
  });

  it("answers preflights of the page that may ask, and names the loopback network only to it", async () => {
    const test = await startTestAgent();
    open(test);
    const headers = {
      Origin: GUEST,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type",
      "Access-Control-Request-Private-Network": "true",
    };
    const answer = await test.ask(agentPaths.pairing, { method: "OPTIONS", headers });
    expect(answer.status).toBe(204);
    expect(
      Object.fromEntries([...answer.headers].filter(([name]) => /^access-control|^vary/.test(name))),
    ).toEqual({
      "access-control-allow-origin": GUEST,
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "Authorization, Content-Type",
      "access-control-allow-private-network": "true",
      "access-control-max-age": "0",
      vary: "Origin",
    });
  });
});

describe("a paired page that comes again", () => {
  const reconnect = async (test: TestAgent, made: { pairingId: string; secret: string }, origin = GUEST) => {
    const pageNonce = makeSecret();
    const { pairingId, secret } = made;
    const asked = await test.post(agentPaths.challenge, { pairingId, pageNonce }, { Origin: origin });
    if (asked.status !== 200) return { status: asked.status };
    const { agentNonce, proof } = await jsonOf<Challenge>(asked);
    const parts = { origin, pageNonce, agentNonce };
    const body = { pairingId, agentNonce, proof: prove("page", secret, parts) };
    return {
      parts,
      agentProof: proof,
      body,
      send: () => test.post(agentPaths.reconnect, body, { Origin: origin }),
    };
  };

  it("and the agent show each other that they know the secret, also after a restart of the agent", async () => {
    const first = await startTestAgent();
    const made = await pair(first);
    await first.agent.close();
    const test = await startTestAgent({ dataFolder: first.folder });
    const { agentProof, parts, send } = await reconnect(test, made);
    expect(agentProof).toBe(prove("agent", made.secret, parts!));
    const { token } = await jsonOf<SessionToken>(await send!());
    await mustOpen(test.port, { token, headers: { Origin: GUEST } });
  });

  it("is sent away with a proof that was used, is the agent's own, late, or of another secret", async () => {
    const clock = new HeldClock();
    const test = await startTestAgent({ clock });
    const made = await pair(test);
    const used = await reconnect(test, made);
    expect((await used.send!()).status).toBe(200);
    expect((await used.send!()).status).toBe(401);
    const mirrored = await reconnect(test, made);
    const echoed = { ...mirrored.body, proof: mirrored.agentProof };
    expect((await test.post(agentPaths.reconnect, echoed, { Origin: GUEST })).status).toBe(401);
    // The challenge is used up by the wrong answer.
    expect((await mirrored.send!()).status).toBe(401);
    const late = await reconnect(test, made);
    clock.advance(agentLimits.challengeMs);
    expect((await late.send!()).status).toBe(401);
    expect((await (await reconnect(test, { ...made, secret: makeSecret() })).send!()).status).toBe(401);
    expect((await reconnect(test, { ...made, pairingId: "another1" })).status).toBe(401);
  });

  it("is one origin: another paired one cannot use its pairing", async () => {
    const test = await startTestAgent();
    const made = await pair(test);
    await pair(test, OTHER);
    expect((await reconnect(test, made, OTHER)).status).toBe(401);
    const { body } = await reconnect(test, made);
    expect((await test.post(agentPaths.reconnect, body, { Origin: OTHER })).status).toBe(401);
  });

  it("is unknown after thirty days, and its open sockets are closed", async () => {
    const clock = new HeldClock();
    let date = 0;
    const test = await startTestAgent({ clock, now: () => date });
    const made = await pair(test);
    const socket = await mustOpen(test.port, { token: made.token, headers: { Origin: GUEST } });
    date = agentLimits.pairingKeptMs - 1;
    expect((await (await reconnect(test, made)).send!()).status).toBe(200);
    date++;
    const closed = closeCode(socket);
    // In steps, so that the client has time to answer the pings in between.
    for (let passed = 0; passed < 60_000; passed += 5000) {
      clock.advance(5000);
      await test.ask("/");
    }
    expect(await closed).toBe(1008);
    clock.advance(1);
    expect((await reconnect(test, made)).status).toBe(403);
    expect(test.agent.pairings()).toEqual([]);
  });
});

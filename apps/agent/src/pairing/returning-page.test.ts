import {
  type FetchLike,
  findAgent,
  launchPage,
  pairPage,
  returnToAgent,
} from "@flashwright/web-transport/agent-session";
import { describe, expect, it } from "vitest";
import { mustOpen, startTestAgent, type TestAgent } from "../agent.fixture.js";

const GUEST = "https://flash.example";

/** What a browser does for a page of an origin: it names the origin, and hides what is not for it. */
function browserOf(origin: string, own: string): FetchLike {
  return async (address, init) => {
    const answer = await fetch(address, { ...init, headers: { ...init.headers, Origin: origin } });
    const allowed = answer.headers.get("access-control-allow-origin");
    if (origin !== own && allowed !== origin) throw new TypeError("Failed to fetch");
    return answer;
  };
}

const openPairing = ({ agent }: TestAgent) => {
  let code = "";
  agent.openPairing((state) => {
    if (state.state === "open") code = state.code;
  });
  return code;
};

describe("the page's side of an agent", () => {
  it("opens the agent's own page with the code of its link", async () => {
    const { agent, origin } = await startTestAgent();
    const place = { url: origin, fetch: browserOf(origin, origin) };
    const code = agent.launchUrl().split("#code=")[1]!;
    expect(await launchPage(place, code)).toHaveLength(43);
    await expect(launchPage(place, code)).rejects.toMatchObject({ code: "agent-unauthorised" });
  });

  it("pairs another page and comes again with a proof", async () => {
    const test = await startTestAgent();
    const place = { url: test.origin, fetch: browserOf(GUEST, test.origin) };
    await expect(pairPage(place, "000000")).rejects.toMatchObject({ code: "agent-unreachable" });
    const code = openPairing(test);
    const wrong = code === "000000" ? "000001" : "000000";
    await expect(pairPage(place, wrong)).rejects.toMatchObject({
      code: "agent-code-wrong",
      params: { triesLeft: 4 },
    });
    const pairing = await pairPage(place, code);
    await expect(pairPage(place, code)).rejects.toMatchObject({ code: "agent-pairing-closed" });
    const token = await returnToAgent(place, { pairing, origin: GUEST });
    expect((await mustOpen(test.port, { token, headers: { Origin: GUEST } })).readyState).toBe(1);
    await expect(
      returnToAgent(place, { pairing: { ...pairing, secret: "x".repeat(43) }, origin: GUEST }),
    ).rejects.toMatchObject({ code: "agent-unproven" });
    await expect(
      returnToAgent(place, { pairing: { ...pairing, pairingId: "gone" }, origin: GUEST }),
    ).rejects.toMatchObject({ code: "agent-unauthorised" });
  });

  it("finds an agent only where it is known or awaited", async () => {
    const test = await startTestAgent();
    const at =
      (fetch: FetchLike): FetchLike =>
      (address, init) => {
        return fetch(address.replace(/:826[678]/, `:${test.port}`), init);
      };
    const browser = at(browserOf(GUEST, test.origin));
    expect(await findAgent(browser)).toBe(undefined);
    openPairing(test);
    expect(await findAgent(browser)).toBe("http://127.0.0.1:8266");
  });
});

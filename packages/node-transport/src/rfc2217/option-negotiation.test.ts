import { describe, expect, it } from "vitest";
import { OptionNegotiation } from "./option-negotiation.js";
import { Verb } from "./telnet.js";

const hex = (data: Uint8Array | undefined) =>
  data && Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

const opened = () => {
  const options = new OptionNegotiation();
  return { options, first: options.open().map(hex) };
};

describe("option negotiation", () => {
  it("begins with WILL and DO of BINARY and SUPPRESS-GO-AHEAD, and WILL COM-PORT-OPTION", () => {
    expect(opened().first).toEqual(["ff fb 00", "ff fd 00", "ff fb 03", "ff fd 03", "ff fb 2c"]);
  });

  it("answers nothing to agreement with what was asked, so that no loop can begin", () => {
    const { options } = opened();
    const replies = [
      [Verb.Do, 0],
      [Verb.Will, 0],
      [Verb.Do, 3],
      [Verb.Will, 3],
      [Verb.Do, 44],
      [Verb.Do, 44],
    ] as const;
    expect(replies.map(([verb, option]) => options.receive(verb, option))).toEqual(
      new Array(6).fill(undefined),
    );
  });

  it("agrees once when the server offers the com port option itself", () => {
    const { options } = opened();
    expect(hex(options.receive(Verb.Will, 44))).toBe("ff fd 2c");
    expect(options.receive(Verb.Will, 44)).toBeUndefined();
  });

  it("refuses echo and everything else that nobody here performs", () => {
    const { options } = opened();
    expect(hex(options.receive(Verb.Will, 1))).toBe("ff fe 01");
    expect(hex(options.receive(Verb.Do, 24))).toBe("ff fc 18");
  });

  it("knows whether the com port option is on, refused, or not decided", () => {
    const { options } = opened();
    expect(options.comPort).toBeUndefined();
    options.receive(Verb.Do, 44);
    expect(options.comPort).toBe(true);
    expect(hex(options.receive(Verb.Dont, 44))).toBe("ff fc 2c");
    expect(options.comPort).toBe(false);
    const refused = opened().options;
    expect(refused.receive(Verb.Dont, 44)).toBeUndefined();
    expect(refused.comPort).toBe(false);
  });
});

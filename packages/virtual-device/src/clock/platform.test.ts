import { describe, expect, it } from "vitest";
import { chooseNextTurn, type PlatformGlobals } from "./platform.js";

/** What happens around one call: promises first, then the turn, in the order of the calls. */
async function order(globals: PlatformGlobals): Promise<string[]> {
  const seen: string[] = [];
  const nextTurn = chooseNextTurn(globals);
  await new Promise<void>((resolve) => {
    nextTurn(() => seen.push("first turn"));
    nextTurn(() => {
      seen.push("second turn");
      resolve();
    });
    void Promise.resolve().then(() => seen.push("promise"));
    seen.push("now");
  });
  return seen;
}

describe("the next turn of the event loop", () => {
  const expected = ["now", "promise", "first turn", "second turn"];

  it("comes with setImmediate in Node", async () => {
    expect(await order({ setImmediate })).toEqual(expected);
  });

  it("comes with a message to ourselves in browsers", async () => {
    const channels: InstanceType<typeof MessageChannel>[] = [];
    class Recorded extends MessageChannel {
      constructor() {
        super();
        channels.push(this);
      }
    }
    expect(await order({ MessageChannel: Recorded as unknown as PlatformGlobals["MessageChannel"] })).toEqual(
      expected,
    );
    expect(channels.length).toBe(1);
    channels[0]!.port1.close();
  });

  it("comes with a timer where there is neither", async () => {
    expect(await order({})).toEqual(expected);
  });
});

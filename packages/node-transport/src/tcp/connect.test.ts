import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { connectTcp } from "./connect.js";

/** A clock on which every deadline has passed. */
const late = {
  now: () => 0,
  setTimer(_delayMs: number, fire: () => void) {
    fire();
    return () => {};
  },
};
const never = { now: () => 0, setTimer: () => () => {} };

describe("connecting", () => {
  it("gives up after 5 s", async () => {
    // 192.0.2.1 is set aside for documentation; nothing answers there.
    await expect(connectTcp("192.0.2.1", 23, "socket://192.0.2.1:23", late)).rejects.toMatchObject({
      code: "network-unreachable",
      message: "socket://192.0.2.1:23 cannot be reached: no connection within 5000 ms.",
    });
  });

  it("says in the system's words why a connection was refused", async () => {
    // A port that was just given back is refused, and nobody else is likely to take it meanwhile.
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    await expect(connectTcp("127.0.0.1", port, "socket://x", never)).rejects.toMatchObject({
      message: `socket://x cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.`,
    });
  });
});

/** The RFC 2217 client against a server of others. The far side has the real calls of a serial port, lines included. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, esp8266, planFlash, runPlan } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { afterAll, beforeAll, expect, it } from "vitest";
import { noise } from "../support/content.js";
import { buildLineLibrary } from "../support/line-library.js";
import { describeWith } from "../support/requirements.js";
import { connectToSer2net, startSer2net } from "./ends/ser2net-end.js";
import { createServedPair } from "./ends/served-pair.js";
import { describeTransport } from "./transport-suite.js";

const elsewhere = "asserted at our own server";

describeWith(["linux", "python3", "cc", "ser2net"], "ser2net", () => {
  let folder: string;
  let env: ReturnType<typeof buildLineLibrary>;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "lines-")));
    env = buildLineLibrary(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describeTransport(
    "an RFC 2217 client at ser2net, on a serial port with lines",
    {
      capabilities: { lines: "dtr-rts", baudRate: "any" },
      drainReachesFarEnd: false,
      keepsDataAtHangUp: false,
      stallBytes: 0x1000000,
      // Seen with a raw socket and neither telnet nor the line library: it goes on polling with all of a processor's time.
      blindWhileWriting:
        "ser2net 4.3.11 with gensio 2.6.2 keeps the connection while it has bytes for a port that has hung up",
      missing: { impossible: elsewhere },
      busy: { impossible: elsewhere },
      denied: { impossible: elsewhere },
    },
    () => createServedPair((open) => startSer2net(open, env), connectToSer2net),
  );

  it("resets, identifies, flashes and verifies a board, and leaves it running", async () => {
    const board = createVirtualBoard();
    const server = await startSer2net(() => board.reconnect(), env);
    const transport = await connectToSer2net(server);
    try {
      const session = await connect(transport, { target: esp8266, clock: systemClock });
      const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
      const image = { name: "data.bin", offset: 0x10000, bytes: noise(0x8000, 3) };
      const { plan, data } = planFlash({ target: esp8266, chip, images: [image] });
      const { result } = await runPlan(session, plan, data, { lossesAccepted: "yes" });
      expect(result.code).toBe("flash-written-verified");
      expect(board.flash.slice(0x10000, 0x18000)).toEqual(image.bytes);
      await session.leave("hard-reset");
    } finally {
      await transport.close();
      await server.close();
    }
    // The lines pass through two more processes; when those have gone, all has arrived.
    expect(board.state.bootMode).toBe(3);
  });
});

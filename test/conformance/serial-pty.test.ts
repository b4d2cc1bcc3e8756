import { chmodSync } from "node:fs";
import { openTransport } from "@flashwright/node-transport";
import { expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";
import { openPtyFarEnd } from "./ends/pty-end.js";
import { describeTransport } from "./transport-suite.js";

const baudRate = 115200;

describeWith(["linux", "python3"], "on a pseudo terminal", () => {
  describeTransport(
    "a serial port",
    {
      capabilities: { lines: "none", baudRate: "any" },
      drainReachesFarEnd: false,
      keepsDataAtHangUp: false,
      stallBytes: 0x200000,
      missing: { code: "port-not-found", open: () => openTransport("/dev/pts/99999", { baudRate }) },
      busy: { code: "port-in-use", open: openTwice },
      denied: { code: "port-denied", open: openWithoutPermission },
    },
    async () => {
      const { path, far } = await openPtyFarEnd();
      const transport = await openTransport(path, { baudRate });
      await far.log.until(() => far.log.only("baud").at(-1)?.baudRate === baudRate);
      return { transport, far };
    },
  );

  it("notices a port that was unplugged while nobody read and its buffers were full", async () => {
    const { path, far } = await openPtyFarEnd();
    const transport = await openTransport(path, { baudRate });
    void far.send(new Uint8Array(0x200000));
    let before = -1;
    while (before !== far.acceptedBytes) {
      before = far.acceptedBytes;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await far.release();
    // Such a port yields 0 bytes for ever, which the native binding retries for ever.
    while ((await transport.read()) !== undefined);
    expect((await transport.closed).reason).toBe("lost");
  });
});

async function openTwice() {
  const { path, far } = await openPtyFarEnd();
  const first = await openTransport(path, { baudRate });
  try {
    return await openTransport(path, { baudRate });
  } finally {
    await first.close();
    await far.release();
  }
}

/** Root may open everything, so it lays down its rights for this one call. */
async function openWithoutPermission() {
  const { path, far } = await openPtyFarEnd();
  chmodSync(path, 0o000);
  const root = process.geteuid!() === 0;
  if (root) process.seteuid!(65534);
  try {
    return await openTransport(path, { baudRate });
  } finally {
    if (root) process.seteuid!(0);
    await far.release();
  }
}

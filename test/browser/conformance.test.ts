import { servePty } from "@flashwright/virtual-device/node";
import type { Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { createServedPair } from "../conformance/ends/served-pair.js";
import { describeTransport } from "../conformance/transport-suite.js";
import { describeWith } from "../support/requirements.js";
import { bundleScripts } from "./support/bundle.js";
import { lasting } from "./support/lasting-board.js";
import { openInPage } from "./support/remote-transport.js";
import { SerialBench } from "./support/serial-bench.js";

const elsewhere = { impossible: "asserted in other tests of the browser" };

describeWith(["linux", "python3", "cc", "chromium", "namespaces"], "in Chromium", () => {
  let bench: SerialBench;
  let page: Page;

  beforeAll(async () => {
    const files = await bundleScripts("transport-page");
    bench = await SerialBench.start({ adapters: [{ vendorId: "1a86", productId: "7523" }], files });
    page = await bench.openPage();
    await page.addScriptTag({ type: "module", url: "/transport-page.js" });
  });
  afterAll(() => bench?.close());

  describeTransport(
    "a port of its Web Serial on a pseudo terminal",
    {
      capabilities: { lines: "dtr-rts", linesOneByOne: true, reopensForRate: true, baudRate: "any" },
      drainReachesFarEnd: false,
      keepsDataAtHangUp: false,
      stallBytes: 0x200000,
      missing: elsewhere,
      busy: elsewhere,
      denied: elsewhere,
    },
    async () => {
      const pair = await createServedPair(
        async (open) => servePty(lasting(await open()), { modemDirectory: bench.modemDirectory }),
        async (server) => {
          await bench.attach(server.path);
          return openInPage(page, 0, 115200);
        },
      );
      // The terminal tells of its rate when it is looked at, which may be after the browser has it open.
      await pair.far.log.until(() => pair.far.log.only("baud").some(({ baudRate }) => baudRate === 115200));
      return pair;
    },
  );
});

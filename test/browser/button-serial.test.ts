import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { type PtyBoardServer, servePty } from "@flashwright/virtual-device/node";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { bootImage, firstDifference } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import { BUTTON_ORIGIN, type BuiltButton, buildButton, type SiteFile, serveSite } from "./support/button-site.js";
import { ORIGIN, SerialBench } from "./support/serial-bench.js";
import { WireLog, watched } from "./support/watched-board.js";

const [boot, user1, init, blank] = madeFiles(release1v95).map(({ bytes }) => bytes);

/** As firmware sites publish it: one manifest for all their chips, parts in folders beside and above it. */
const manifest = JSON.stringify({
  name: "Example Firmware",
  version: "1.95",
  home_assistant_domain: "example",
  funding_url: "https://author.example/thanks",
  new_install_prompt_erase: true,
  new_install_improv_wait_time: 10,
  builds: [
    { chipFamily: "ESP32", improv: true, parts: [{ path: "../release/esp32.factory.bin", offset: 0 }] },
    { chipFamily: "ESP32-C3", parts: [{ path: "../release/c3/boot.bin", offset: 4096 }] },
    {
      chipFamily: "ESP8266",
      improv: true,
      parts: [
        { path: "../release/boot.bin", offset: 0 },
        { path: `${ORIGIN}/release/user1.bin?v=1.95`, offset: 4096 },
        { path: "/release/init.bin", offset: 0x3f_c000 },
        { path: "blank.bin", offset: 0x3f_e000 },
      ],
    },
  ],
});

const page = (element: string, policy = "") =>
  `<!doctype html><html lang="en"><head><title>Install</title>${policy}
  <script type="module" src="${BUTTON_ORIGIN}/flashwright-button.js"></script>
  <style>html { font-size: 62.5%; } * { letter-spacing: 3px; }</style></head>
  <body><main><h1>Example Firmware</h1>${element}</main></body></html>`;

const files = new Map<string, SiteFile>([
  [`${ORIGIN}/`, page('<flashwright-button manifest="firmware/manifest.json"></flashwright-button>')],
  [
    `${ORIGIN}/moved/`,
    page('<esp-web-install-button manifest="/firmware/manifest.json"></esp-web-install-button>'),
  ],
  [
    `${ORIGIN}/strict/`,
    page(
      '<flashwright-button manifest="/firmware/manifest.json"></flashwright-button>',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src ${BUTTON_ORIGIN}; worker-src 'none'; style-src 'unsafe-inline'">`,
    ),
  ],
  [`${ORIGIN}/firmware/manifest.json`, manifest],
  [`${ORIGIN}/release/boot.bin`, boot!],
  [`${ORIGIN}/release/user1.bin`, user1!],
  [`${ORIGIN}/release/init.bin`, init!],
  [`${ORIGIN}/firmware/blank.bin`, blank!],
]);

describeWith(
  ["linux", "python3", "cc", "chromium", "namespaces"],
  "the button on somebody's page, with Chromium's own Web Serial",
  () => {
    let button: BuiltButton;
    let bench: SerialBench;
    let context: BrowserContext;
    let tab: Page;
    let board: VirtualBoard;
    let terminal: PtyBoardServer;
    let wire: WireLog;
    let errors: string[];

    beforeAll(async () => {
      const adapters = [{ vendorId: "1a86", productId: "7523" }];
      [button, bench] = await Promise.all([
        buildButton(),
        SerialBench.start({ adapters, files: new Map() }),
      ]);
      context = await bench.newContext();
      // The browser's own list waits for a person.
      await context.addInitScript(
        "navigator.serial.requestPort = async () => (await navigator.serial.getPorts())[0];",
      );
      await serveSite(context, button, ORIGIN, files);
    }, 60_000);
    afterAll(async () => {
      await bench?.close();
      button?.remove();
    });

    beforeEach(async () => {
      wire = new WireLog();
      board = createVirtualBoard({ flash: bootImage() });
      terminal = await servePty(watched(board, wire), { modemDirectory: bench.modemDirectory });
      await bench.attach(terminal.path);
      tab = await context.newPage();
      tab.setDefaultTimeout(20_000);
      errors = [];
      tab.on("pageerror", (error) => errors.push(String(error)));
    });
    afterEach(async () => {
      await tab.close();
      await terminal.close();
      expect(errors).toEqual([]);
    });

    const press = (name: string) => tab.getByRole("button", { name, exact: true }).click();
    const heading = (name: RegExp) => tab.getByRole("heading", { name }).waitFor();

    /** The flash as it is to be: erased, but for the parts. */
    function expectedFlash(): Uint8Array {
      const flash = new Uint8Array(board.flash.length).fill(0xff);
      for (const [bytes, offset] of [
        [boot!, 0],
        [user1!, 0x1000],
        [init!, 0x3f_c000],
        [blank!, 0x3f_e000],
      ] as const)
        flash.set(bytes, offset);
      return flash;
    }

    it("flashes the manifest's build for the chip that is there, faster than it began, and sees it boot", async () => {
      await tab.goto(`${ORIGIN}/`);
      const states: string[] = [];
      await tab.exposeFunction("told", (state: string) => states.at(-1) !== state && states.push(state));
      await tab.evaluate(
        "addEventListener('state-changed', ({ detail, target }) => told(`${target.localName} ${detail.state}`))",
      );
      await press("Install");
      await heading(/^Install Example Firmware 1.95$/);
      await heading(/^Install Espruino 1v95/);
      expect(await seriousFindings(tab)).toEqual([]);
      await tab.getByText("Erase the whole chip first").waitFor();
      await tab.getByRole("link", { name: "Support the makers of this firmware" }).waitFor();
      expect(board.flash.subarray(0, 48)).toEqual(bootImage());
      await press("Flash");
      await heading(/^Done. It boots.$/);
      await tab.getByText("written and verified by MD5").waitFor();
      expect(await seriousFindings(tab)).toEqual([]);
      expect(firstDifference(board.flash, expectedFlash())).toBeUndefined();
      expect(Math.max(...wire.rates)).toBeGreaterThan(115_200);
      expect(await tab.locator("flashwright-dialog").getAttribute("data-runs-in")).toBe("worker");
      await press("Close");
      await tab.locator("flashwright-dialog").waitFor({ state: "detached" });
      expect(states.map((state) => state.replace("flashwright-button ", ""))).toEqual([]);
    });
  },
);

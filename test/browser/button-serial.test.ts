import { createHash } from "node:crypto";
import { madeFiles, release1v95 } from "@flashwright/core/demo";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { type PtyBoardServer, servePty } from "@flashwright/virtual-device/node";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { bootImage } from "../support/content.js";
import { madeArduinoImage } from "../support/made-firmware.js";
import { describeWith } from "../support/requirements.js";
import { seriousFindings } from "./support/accessibility.js";
import {
  BUTTON_ORIGIN,
  type BuiltButton,
  buildButton,
  type SiteFile,
  serveInMemory,
} from "./support/button-site.js";
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
        {
          path: `${ORIGIN}/release/user1.bin?v=1.95`,
          offset: 4096,
          size: user1!.length,
          sha256: createHash("sha256").update(user1!).digest("hex"),
        },
        { path: "/release/init.bin", offset: 0x3f_c000 },
        { path: "blank.bin", offset: 0x3f_e000 },
      ],
    },
  ],
});

/** What a site of one firmware has, whose parts are whole flashes. */
const tasmota = JSON.stringify({
  name: "Tasmota",
  new_install_prompt_erase: true,
  builds: [
    { chipFamily: "ESP32", parts: [{ path: "../release/tasmota32.factory.bin", offset: 0 }] },
    { chipFamily: "ESP8266", parts: [{ path: "../release/tasmota.bin", offset: 0 }] },
  ],
});
const tasmotaImage = madeArduinoImage({ family: "tasmota", version: "14.2.0", mode: 3, sizeFreq: 0x20 });

const page = (element: string, policy = "") =>
  `<!doctype html><html lang="en"><head><title>Install</title>${policy}
  <script type="module" src="${BUTTON_ORIGIN}/flashwright-button.js"></script>
  <style>html { font-size: 62.5%; } * { letter-spacing: 3px; }</style></head>
  <body><main><h1>Example Firmware</h1>${element}</main></body></html>`;

const files = new Map<string, SiteFile>([
  ["/", page('<flashwright-button manifest="firmware/manifest.json"></flashwright-button>')],
  [
    "/moved/",
    page(
      '<esp-web-install-button manifest="/firmware/tasmota.json" erase-first show-log></esp-web-install-button>',
    ),
  ],
  [
    "/strict/",
    page(
      '<flashwright-button manifest="/firmware/manifest.json"></flashwright-button>',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src ${BUTTON_ORIGIN}; worker-src 'none'">`,
    ),
  ],
  ["/firmware/manifest.json", manifest],
  ["/firmware/tasmota.json", tasmota],
  ["/release/tasmota.bin", tasmotaImage],
  ["/release/boot.bin", boot!],
  ["/release/user1.bin", user1!],
  ["/release/init.bin", init!],
  ["/firmware/blank.bin", blank!],
]);

/** Where two flashes differ, by sector. */
function changedSectors(actual: Uint8Array, expected: Uint8Array): string[] {
  const starts = Array.from({ length: expected.length / 0x1000 }, (_, index) => index * 0x1000);
  const of = (flash: Uint8Array, start: number) => flash.subarray(start, start + 0x1000);
  return starts
    .filter((start) => Buffer.compare(of(actual, start), of(expected, start)) !== 0)
    .map((start) => `0x${start.toString(16)}`);
}

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
      [button, bench] = await Promise.all([buildButton(), SerialBench.start({ adapters, files: new Map() })]);
      context = await bench.newContext();
      // The browser's own list waits for a person.
      await context.addInitScript(
        "navigator.serial.requestPort = async () => (await navigator.serial.getPorts())[0];",
      );
      await serveInMemory(context, button, ORIGIN, files);
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
      // The header names the map of the firmware, 4MB-c1, and 80 MHz: the plan says why.
      flash[3] = 0x6f;
      return flash;
    }

    it("flashes the manifest's build for the chip that is there, faster than it began, and sees it boot", async () => {
      await tab.goto(`${ORIGIN}/`);
      const states: string[] = [];
      await tab.exposeFunction("told", (state: string) => states.at(-1) !== state && states.push(state));
      await tab.evaluate(
        "addEventListener('state-changed', ({ detail, target }) => told(target.localName + ' ' + detail.state))",
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
      // What Espruino itself writes when it starts for the first time: its settings, and the SDK's.
      const own = ["0x80000", "0x3fd000", "0x3fe000", "0x3ff000"];
      expect(changedSectors(board.flash, expectedFlash())).toEqual(own);
      expect(Math.max(...wire.rates)).toBeGreaterThan(115_200);
      expect(await tab.locator("pre.boot").textContent()).toContain("user1 @ 1000");
      expect(await tab.locator("flashwright-dialog").getAttribute("data-runs-in")).toBe("worker");
      await press("Close");
      await tab.locator("flashwright-dialog").waitFor({ state: "detached" });
      expect(states).toEqual([
        "flashwright-button preparing",
        "flashwright-button initializing",
        "flashwright-button preparing",
        "flashwright-button writing",
        "flashwright-button finished",
      ]);
      expect(board.state.mode).toBe("application");
    }, 60_000);

    it("takes the place of ESP Web Tools' button by its script alone, by keyboard, with its attributes", async () => {
      board.flash.fill(0x55, 0x20_0000, 0x20_1000);
      await tab.goto(`${ORIGIN}/moved/`);
      expect(await tab.locator("esp-web-install-button[install-supported]").count()).toBe(1);
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("Enter");
      await tab.getByRole("heading", { name: /^Install Tasmota/, level: 2 }).waitFor();
      await tab.getByRole("checkbox", { name: /^Erase the whole chip first/, checked: true }).waitFor();
      await tab.getByText("Save a backup first, then go on").waitFor();
      const without = tab.getByRole("checkbox", { name: "Do not save it" });
      await without.focus();
      await tab.keyboard.press("Space");
      await tab.getByRole("button", { name: "Flash", exact: true }).focus();
      await tab.keyboard.press("Enter");
      await tab.locator(".xterm").waitFor();
      const written = tasmotaImage.slice();
      // The plan says why: the fastest mode of this chip.
      written[2] = 0;
      const rest = new Uint8Array(board.flash.length - written.length).fill(0xff);
      expect(changedSectors(board.flash, Uint8Array.from([...written, ...rest]))).toEqual([]);
      // The dialog's own colours, and not those that a terminal has by itself.
      const ground = await tab
        .locator(".xterm .xterm-scrollable-element")
        .evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(ground).toBe("rgb(247, 248, 250)");
      await press("Close");
      await tab.locator("flashwright-dialog").waitFor({ state: "detached" });
    }, 60_000);

    it("works where the page's policy allows no worker, and lets the board run when nothing is changed", async () => {
      await tab.goto(`${ORIGIN}/strict/`);
      await press("Install");
      await heading(/^Install Espruino 1v95/);
      expect(await tab.locator("flashwright-dialog").getAttribute("data-runs-in")).toBe("page");
      await press("Change nothing");
      await heading(/^ESP8266EX · 4 MB$/);
      expect(await seriousFindings(tab)).toEqual([]);
      await press("Close");
      await tab.locator("flashwright-dialog").waitFor({ state: "detached" });
      expect(board.flash.subarray(0, 48)).toEqual(bootImage());
      expect(board.state.mode).toBe("application");
    });
  },
);

import { expect, it } from "vitest";
import { readWifiSector } from "./espruino-wifi-block.js";
import { hideSecrets } from "./hide-secrets.js";

it("leaves passwords and bytes out of JSON, at every depth, and nothing else", () => {
  const sector = new Uint8Array(0x1000).fill(0xff);
  sector.fill(0, 0, 1024);
  sector.set([0x00, 0x04, 0x18, 0x00]);
  sector.set(new TextEncoder().encode("do not print me"), 46);
  const value = {
    wifi: readWifiSector(sector),
    file: [{ ssid: "attic", password: "do not print me", passwordAP: "nor me", mode: 1 }],
    contents: { offset: 4096, bytes: sector },
    passed: 3,
  };
  const json = JSON.parse(JSON.stringify(value, hideSecrets));
  expect(JSON.stringify(json)).not.toMatch(/do not print|nor me/);
  expect(json.wifi.block).toMatchObject({ password: "(hidden)", accessPointPassword: "", mode: 0 });
  expect(json.file).toEqual([{ ssid: "attic", password: "(hidden)", passwordAP: "(hidden)", mode: 1 }]);
  expect(json.contents).toEqual({ offset: 4096, bytes: { hiddenBytes: 4096 } });
  expect(json.passed).toBe(3);
});

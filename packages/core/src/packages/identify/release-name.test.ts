import { expect, it } from "vitest";
import { readReleaseName } from "./release-name.js";

it.each([
  ["espruino_2v09_esp8266.tgz", "ESP8266_BOARD", "2v09"],
  ["downloads/espruino_1v95.17_esp8266/blank.bin", "ESP8266_BOARD", "1v95"],
  ["espruino_2v28_esp8266_combined_512.bin", "ESP8266_BOARD", "2v28"],
  ["user@pc:~/espruino_2v09_esp8266_4mb$ esptool.py write_flash", "ESP8266_4MB", "2v09"],
  ["Espruino_2v28_ESP8266_4MB_combined_4096.bin", "ESP8266_4MB", "2v28"],
  ["espruino_esp8266_4mb.zip", "ESP8266_4MB", undefined],
])("%s names the build %s", (text, build, version) => {
  expect(readReleaseName(text)).toEqual({ build, version });
});

it.each([
  "espruino_esp8266_user1.bin",
  "espruino_2v28_esp8266_user2.bin",
  "espruino_2v28_esp32.bin",
  "esptool.py --chip esp8266 write_flash",
])("%s names none", (text) => {
  expect(readReleaseName(text)).toBeUndefined();
});

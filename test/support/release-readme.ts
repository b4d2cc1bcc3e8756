/** What the flashing instructions of Espruino's releases tell people to type, errors included. @module */
import { versionAtLeast } from "./made/espruino.js";

interface Instructions {
  readonly title: string;
  readonly baud: string;
  readonly freq: string;
  readonly size: string;
  readonly initData: string;
  readonly blank: string;
  /** The line of user1 lacks the backslash that joins it to the next. */
  readonly brokenAfterUser1?: boolean;
}

/** A `README_flash.txt` with the command lines of that release; the words around them are ours. */
export function flashingReadme(version: string): string {
  const lines = instructionsOf(version).map((one) => `${one.title}:\n\n${commandLine(one)}\n`);
  return `Espruino ${version} for the ESP8266: how to flash it.\n\n${lines.join("\n")}`;
}

function commandLine({ baud, freq, size, initData, blank, brokenAfterUser1 }: Instructions): string {
  return [
    `esptool.py --port /dev/ttyUSB0 --baud ${baud} \\`,
    `  write_flash --flash_freq ${freq} --flash_mode qio --flash_size ${size} \\`,
    '  0x0000 "boot_v1.6.bin" \\',
    `  0x1000 espruino_esp8266_user1.bin${brokenAfterUser1 ? "" : " \\"}`,
    `  ${initData} esp_init_data_default.bin \\`,
    `  ${blank} blank.bin`,
  ].join("\n");
}

/** All releases ship one text for both boards; 4MB-c1 is in it since 1v96. */
function instructionsOf(version: string): Instructions[] {
  const small: Instructions = {
    title: "A chip of 512 KB, esp8266",
    baud: "115200",
    freq: "40m",
    size: "4m",
    initData: "0x7C000",
    blank: "0x7E000",
    brokenAfterUser1: versionAtLeast(version, "1v88") && !versionAtLeast(version, "1v96"),
  };
  const large: Instructions = {
    title: "A chip of 4 MB, esp8266",
    baud: "115200",
    freq: "80m",
    size: "32m",
    initData: "0x3FC000",
    // A slip in the releases up to 1v89.
    blank: versionAtLeast(version, "1v90") ? "0x3FE000" : "0x37E000",
  };
  const c1: Instructions = { ...large, title: "A chip of 4 MB, esp8266_4mb", baud: "460800", size: "4MB-c1" };
  if (!versionAtLeast(version, "1v96")) return [small, large];
  return [small, large, c1];
}

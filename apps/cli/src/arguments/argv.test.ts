import { describe, expect, it } from "vitest";
import { normaliseArgv } from "./argv.js";

const takesValue = (option: string) =>
  ["--port", "-p", "--flash-size", "--flash-mode", "--baud", "--chip"].includes(option);
const normalise = (line: string) => normaliseArgv(line.split(" "), takesValue).join(" ");

describe("esptool's way of writing", () => {
  it.each([
    ["write_flash 0x0 a.bin", "flash 0x0 a.bin"],
    ["write-flash 0x0 a.bin", "flash 0x0 a.bin"],
    ["read_flash 0 ALL a.bin", "read 0 ALL a.bin"],
    ["erase_flash", "erase"],
    ["erase_region 0 4096", "erase 0 4096"],
    ["verify_flash 0 a.bin", "verify 0 a.bin"],
    ["flash_id", "info"],
    ["chip_id", "info"],
    ["read_mac", "info"],
    [
      "--port /dev/ttyUSB0 --baud 115200 write_flash -fs 4MB -fm dio 0 a",
      "flash --port /dev/ttyUSB0 --baud 115200 --flash-size 4MB --flash-mode dio 0 a",
    ],
    ["flash --flash_size=4MB 0 a", "flash --flash-size=4MB 0 a"],
    ["--chip esp8266 image_info a.bin", "image info --chip esp8266 a.bin"],
    ["merge_bin -o out.bin 0 a", "image merge -o out.bin 0 a"],
    ["--json image info a.bin", "image info --json a.bin"],
    ["image --json info image", "image info --json image"],
    ["image --help", "image --help"],
    ["--flash_size=a_b --no_stub info", "info --flash-size=a_b --no-stub"],
  ])("%s is %s", (typed, meant) => {
    expect(normalise(typed)).toBe(meant);
  });

  it("leaves alone what is no command's or option's name", () => {
    expect(normalise("flash 0 write_flash")).toBe("flash 0 write_flash");
    expect(normalise("read 0 4k my_file")).toBe("read 0 4k my_file");
    expect(normalise("--port")).toBe("--port");
    expect(normalise("--version")).toBe("--version");
    expect(normalise("-- write_flash")).toBe("-- write_flash");
  });
});

import { describe, expect, it } from "vitest";
import { isFlasherError } from "../../../errors.js";
import { readCommandLine } from "./read-command-line.js";

/** Pairs, header and the rest in short. */
function read(text: string) {
  const found = readCommandLine(text, "flash.bat");
  if (found === undefined) return undefined;
  const { files, header, erase, findings } = found;
  return {
    files: files.map(({ path, offset }) => `0x${offset.toString(16)} ${path}`),
    ...header,
    ...(erase === "none" ? {} : { erase }),
    ...(findings.length === 0 ? {} : { findings: findings.map(({ code, params }) => ({ code, ...params })) }),
  };
}

function refusal(text: string): object {
  try {
    read(text);
  } catch (error) {
    if (isFlasherError(error)) return { code: error.code, ...error.params };
    throw error;
  }
  throw new Error("was not refused");
}

const four = [
  "0x0 boot_v1.6.bin",
  "0x1000 espruino_esp8266_user1.bin",
  "0x3fc000 esp_init_data_default.bin",
  "0x3fe000 blank.bin",
];
const pairs =
  '0x0000 "boot_v1.6.bin" 0x1000 espruino_esp8266_user1.bin 0x3FC000 esp_init_data_default.bin 0x3FE000 blank.bin';

describe("a command line", () => {
  it.each([
    `esptool.py --port /dev/ttyUSB0 --baud 460800 write_flash --flash_freq 80m --flash_mode qio --flash_size 4MB-c1 ${pairs}`,
    `esptool --port COM3 --baud 460800 write-flash --flash-freq 80m --flash-mode qio --flash-size 4MB-c1 ${pairs}`,
    `python -m esptool -p COM3 -b 460800 write_flash -ff 80m -fm qio -fs 4MB-c1 ${pairs}`,
    `python3 ./esptool.py write_flash ${pairs} -ff 80m -fm qio -fs 4MB-c1`,
    `"C:\\Program Files\\esp\\esptool.exe" -p COM3 write_flash -fs=4MB-c1 -fm=qio --flash_freq=80m ${pairs}`,
    `esptool.py --chip esp8266 --before default_reset --after hard_reset write_flash -z -fm qio -ff 80m -fs 4MB-c1 ${pairs} --verify`,
    `esptool.py -fs 4MB-c1 -fm qio -ff 80m write_flash --compress --no-progress ${pairs}`,
    `sudo esptool.py write_flash -ff 80m -fm qio -fs 4MB-c1 ${pairs} && echo done`,
    `flashwright flash -p /dev/ttyUSB0 -fs 4MB-c1 -fm qio -ff 80m ${pairs}`,
    `> esptool.py write_flash -ff 80m -fm qio -fs 4MB-c1 ${pairs}`,
    `C:\\esp> esptool.py write_flash -ff 80m -fm qio -fs 4MB-c1 ${pairs}`,
    `esptool.py --port <PORT> write_flash -ff 80m -fm qio -fs 4MB-c1 ${pairs}`,
    `\`esptool.py write_flash -ff 80m -fm qio -fs 4MB-c1 ${pairs}\``,
  ])("is read: %s", (text) => {
    expect(read(text)).toEqual({ files: four, size: "4MB-c1", mode: "qio", freq: "80m" });
  });

  it.each([
    ["sh", "\\"],
    ["cmd.exe", "^"],
    ["PowerShell", "`"],
    ["sh with blanks behind the backslash, which no shell takes", "\\  "],
  ])("goes on over lines as in %s", (_, end) => {
    const text = `esptool.py write_flash ${end}\r\n  -fs 4MB-c1 ${end}\r\n\r\n  ${pairs.replace("0x3FC000", `${end}\n 0x3FC000`)}\r\n`;
    const joined = text.replace("\r\n\r\n", "\r\n");
    expect(read(joined)).toEqual({ files: four, size: "4MB-c1" });
  });

  it("lacks a continuation, as in the README of Espruino 1v88 to 1v95: the lines are taken, and named", () => {
    const text = `esptool.py --port /dev/ttyUSB0 --baud 115200 \\
  write_flash --flash_freq 40m --flash_mode qio --flash_size 4m \\
  0x0000 "boot_v1.6.bin" 0x1000 espruino_esp8266_user1.bin
  0x7C000 esp_init_data_default.bin 0x7E000 blank.bin

For a 4 MB chip:
`;
    expect(read(text)).toEqual({
      files: [
        "0x0 boot_v1.6.bin",
        "0x1000 espruino_esp8266_user1.bin",
        "0x7c000 esp_init_data_default.bin",
        "0x7e000 blank.bin",
      ],
      size: "4m",
      mode: "qio",
      freq: "40m",
      findings: [{ code: "command-continuation-lost", line: 4 }],
    });
  });

  it("takes options of a line without continuation while there is no pair", () => {
    expect(read("esptool.py write_flash\n  --flash_size 1MB\n 0 boot.bin\n4 files were written")).toEqual({
      files: ["0x0 boot.bin"],
      size: "1MB",
      findings: [{ code: "command-continuation-lost", line: 2 }],
    });
  });

  it("is the first that writes, where a text has several", () => {
    const text = `Erase it:\n  esptool.py erase_flash\nThen use write_flash so:\n  esptool.py write_flash 0 a.bin\nor\n  esptool.py write_flash 0 b.bin\n`;
    expect(read(text)).toEqual({
      files: ["0x0 a.bin"],
      erase: "all",
      findings: [{ code: "command-several", line: 4, count: 2 }],
    });
  });

  it("says whether it erases", () => {
    expect(read("esptool.py write_flash -e 0 a.bin")).toEqual({ files: ["0x0 a.bin"], erase: "all" });
    expect(read("esptool.py write_flash --erase-all 0 a.bin")).toEqual({
      files: ["0x0 a.bin"],
      erase: "all",
    });
    expect(read("esptool.py write_flash 0 a.bin\nesptool.py erase_flash")).toEqual({ files: ["0x0 a.bin"] });
  });

  it("is found past comments of shells, batch files and READMEs", () => {
    const text = `@echo off\nREM esptool write_flash 0 old.bin\n:: write_flash 0 older.bin\n# write_flash 0 oldest.bin\nesptool write_flash 0 new.bin # write_flash 0 x.bin\npause\n`;
    expect(read(text)).toEqual({ files: ["0x0 new.bin"] });
  });

  it.each([
    ["cmd.exe", 'set PORT=COM3\nset "FW=boot v1.6.bin"\nesptool -p %PORT% write_flash 0 "%FW%"'],
    ["sh", "FW='boot v1.6.bin'\nesptool.py -p $PORT write_flash 0 \"$FW\""],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
    ["sh with export and braces", 'export FW="boot v1.6.bin"\nesptool.py write_flash 0 "${FW}"'],
    ["make", 'FW := "boot v1.6.bin"\nflash:\n\t$(ESPTOOL) write_flash 0 "$(FW)"'],
    ["PowerShell", '$FW = "boot v1.6.bin"\nesptool.exe write_flash 0 "$FW"'],
    ["the script's own folder", 'esptool write_flash 0 "%~dp0boot v1.6.bin"'],
  ])("has variables as in %s", (_, text) => {
    expect(read(text)).toEqual({ files: ["0x0 boot v1.6.bin"] });
  });

  it("puts in a variable that holds several words", () => {
    expect(read("set FILES=0x0 boot.bin 0x1000 user1.bin\nesptool write_flash %FILES%")).toEqual({
      files: ["0x0 boot.bin", "0x1000 user1.bin"],
    });
  });

  it("does not grow by its own variables", () => {
    const doubling = Array.from({ length: 60 }, (_, index) => `set A${index + 1}=%A${index}%%A${index}%`);
    const text = ["set A0=aaaaaaaaaa", ...doubling, "esptool write_flash 0 %A60%"].join("\n");
    expect(refusal(text)).toMatchObject({ code: "command-variable", line: 62 });
  });

  it("keeps the backslashes of Windows' paths and drops those before blanks", () => {
    expect(read("esptool write_flash 0 bin\\boot_v1.6.bin 0x1000 my\\ user1.bin")).toEqual({
      files: ["0x0 bin/boot_v1.6.bin", "0x1000 my user1.bin"],
    });
  });

  it("survives the quotes, dashes and blanks of forums and word processors", () => {
    expect(read("esptool.py\u00a0write_flash \u2013flash_size 4MB-c1 0x0 \u201cboot_v1.6.bin\u201d")).toEqual(
      {
        files: ["0x0 boot_v1.6.bin"],
        size: "4MB-c1",
      },
    );
  });

  it("passes over an option that it does not know, with its value", () => {
    expect(
      read("esptool.py write_flash --spi-connection 6,17,8,11,16 --baud 460800 0x0 a.bin -b 9600"),
    ).toEqual({
      files: ["0x0 a.bin"],
    });
  });

  it("stops where prose goes on, and says so", () => {
    expect(read("Run esptool.py write_flash 0x0 a.bin and reset the board.")).toEqual({
      files: ["0x0 a.bin"],
      findings: [{ code: "command-rest-ignored", line: 1, word: "and" }],
    });
  });
});

describe("a table without a command", () => {
  it("is read as the vendor's window tool shows it", () => {
    const text = `SPI SPEED: 40MHz\nSPI MODE: QIO\nFLASH SIZE: 32Mbit-C1\n[x] boot_v1.6.bin  0x00000\n[x] "user 1.bin" @ 0x1000\n0x3fc000 -> esp_init_data_default.bin\n`;
    expect(read(text)).toEqual({
      files: ["0x0 boot_v1.6.bin", "0x1000 user 1.bin", "0x3fc000 esp_init_data_default.bin"],
      size: "32Mbit-C1",
      mode: "QIO",
      freq: "40",
    });
  });

  it("is read from Markdown; a row with a choice of addresses is left out", () => {
    expect(
      read("| File | Address |\n|---|---|\n| `boot.bin` | 0x0 |\n| a.bin | 0xFC000 or 0x3FC000 |\n"),
    ).toEqual({
      files: ["0x0 boot.bin"],
    });
  });

  it("is nothing where no line has a file and an address", () => {
    expect(read("This firmware is for the ESP8266.\nboot.bin goes first.\n")).toBeUndefined();
    expect(read("")).toBeUndefined();
  });
});

describe("what is refused, with its line", () => {
  it.each([
    [
      "an address without a file",
      "a\nesptool write_flash 0x0 a.bin 0x1000",
      { code: "command-file-missing", offset: 0x1000, line: 2 },
    ],
    [
      "a file without an address",
      "esptool write_flash boot.bin",
      { code: "command-word", word: "boot.bin", line: 1 },
    ],
    [
      "an address beyond 32 bits",
      "esptool write_flash 0x100000000 a.bin",
      { code: "command-word", word: "0x100000000", line: 1 },
    ],
    ["no files at all", "esptool write_flash -fs 4MB", { code: "command-no-files", line: 1 }],
    [
      "an unknown variable in a file's name",
      "esptool write_flash 0 %DIR%a.bin",
      { code: "command-variable", word: "%DIR%a.bin", line: 1 },
    ],
    [
      "an unknown variable as address",
      "esptool write_flash $OFF a.bin",
      { code: "command-variable", word: "$OFF", line: 1 },
    ],
    [
      "a path that goes up",
      "esptool write_flash 0 ../a.bin",
      { code: "package-path-unsafe", path: "../a.bin", line: 1 },
    ],
    [
      "a path with a drive",
      "esptool write_flash 0 C:\\a.bin",
      { code: "package-path-unsafe", path: "C:\\a.bin", line: 1 },
    ],
    [
      "an absolute path",
      "esptool write_flash 0 /tmp/a.bin",
      { code: "package-path-unsafe", path: "/tmp/a.bin", line: 1 },
    ],
    [
      "another chip",
      "esptool --chip esp32 write_flash 0 a.bin",
      { code: "package-other-chip", name: "flash.bat", chip: "esp32" },
    ],
    [
      "more than 256 files",
      `esptool write_flash ${"0 a.bin ".repeat(257)}`,
      { code: "package-too-many-parts", expected: 256, line: 1 },
    ],
  ])("%s", (_, text, expected) => {
    expect(refusal(text)).toEqual(expected);
  });
});

import { zipSync } from "fflate";
import { createTar } from "nanotar";
import { gzip } from "pako";
import { describe, expect, it } from "vitest";
import {
  madeArduinoImage,
  madeAtImage,
  madeAtNoBoot,
  madeMicroPython,
  madeNodeMcu,
  madeRboot,
  madeRtos,
  madeSdkBoot,
  madeUserImage,
  phyInit,
} from "../../../../test/support/made-firmware.js";
import { describeWith } from "../../../../test/support/requirements.js";
import { equalBytes } from "../bytes.js";
import { isFlasherError } from "../errors.js";
import { firmware } from "../image/sample-images.fixture.js";
import type { PackageFile } from "./firmware-package.js";
import { neededFiles, openPackage, resolveParts } from "./index.js";
import type { OpenPackageOptions } from "./open-package.js";
import { ascii, combinedImage, espruinoFiles, outline, userImage } from "./release.fixture.js";

const open = (files: readonly PackageFile[], options?: OpenPackageOptions) =>
  outline(openPackage(files, options));
const one = (path: string, bytes: Uint8Array, options?: OpenPackageOptions) =>
  open([{ path, bytes }], options);
const tarOf = (files: readonly PackageFile[]) =>
  createTar(files.map(({ path, bytes }) => ({ name: path, data: bytes })));
const zipOf = (files: readonly PackageFile[]) =>
  zipSync(Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])));

function refusal(files: readonly PackageFile[], options?: OpenPackageOptions): object {
  try {
    openPackage(files, options);
  } catch (error) {
    if (isFlasherError(error)) return { code: error.code, ...error.params };
    throw error;
  }
  throw new Error("was not refused");
}

/** A batch file or README with the files that it names. */
function commandWith(text: string, files: readonly PackageFile[]) {
  const script = { path: "flash.bat", bytes: ascii(text) };
  const needed = neededFiles(script).map((path) => files.find((file) => file.path === path)!);
  return openPackage([script, ...new Set(needed)]);
}

const board = {
  kind: "espruino-release",
  firmware: "espruino ESP8266_BOARD 2v09",
  linked: "512KB",
  parts: [
    "+0x0 boot 3856 boot_v1.6.bin",
    "+0x1000 user1 466260 espruino_esp8266_user1.bin",
    "+0x41000 user2 466260 spare espruino_esp8266_user2.bin",
    "-0x4000 phy-init 128 esp_init_data_default.bin",
    "-0x2000 blank 4096 blank.bin",
  ],
  findings: [],
};
const fourMb = {
  ...board,
  firmware: "espruino ESP8266_4MB 1v95",
  linked: "4MB-c1",
  parts: [
    "+0x0 boot 3856 boot_v1.6.bin",
    "+0x1000 user1 509332 espruino_esp8266_user1.bin",
    "+0x101000 user2 509332 spare espruino_esp8266_user2.bin",
    "-0x4000 phy-init 128 esp_init_data_default.bin",
    "-0x2000 blank 4096 blank.bin",
  ],
};

describe("an Espruino release", () => {
  const inFolder = espruinoFiles("ESP8266_BOARD", "espruino_2v09_esp8266");

  it.each([
    ["a folder", espruinoFiles("ESP8266_BOARD")],
    ["a tgz", [{ path: "espruino_2v09_esp8266.tgz", bytes: gzip(tarOf(inFolder)) }]],
    ["a tar", [{ path: "espruino_2v09_esp8266.tar", bytes: tarOf(inFolder) }]],
    ["a zip", [{ path: "espruino_2v09.zip", bytes: zipOf(inFolder) }]],
    ["a tgz in a zip", [{ path: "a.zip", bytes: zipOf([{ path: "a.tgz", bytes: gzip(tarOf(inFolder)) }]) }]],
    [
      "a folder with its files gzipped",
      espruinoFiles("ESP8266_BOARD").map(({ path, bytes }) => ({ path: `${path}.gz`, bytes: gzip(bytes) })),
    ],
  ])("is opened from %s", (_, files) => {
    expect(open(files)).toEqual(board);
  });

  it("names hash and bytes of every part, and what it was linked for", () => {
    const opened = openPackage(espruinoFiles("ESP8266_4MB"), { name: "espruino_1v95_esp8266_4mb" });
    expect(outline(opened)).toEqual(fourMb);
    expect(opened.name).toBe("espruino_1v95_esp8266_4mb");
    expect(opened.linkedParams).toMatchObject({ modeByte: 0, sizeFreqByte: 0x6f });
    expect(opened.parts[0].bytes).toEqual(madeSdkBoot("1.6"));
    expect(opened.parts[4].sha256).toBe("f47a8ec3e9aff2318d896942282ad4fe37d6391c82914f54a5da8a37de1300c6");
    expect([opened.instructed, opened.instructedErase]).toEqual([{}, "none"]);
  });

  it("of both builds gives the one for the chip, and the one for every chip where that is not known", () => {
    const both = [
      ...espruinoFiles("ESP8266_BOARD", "espruino_2v09_esp8266", "2v09"),
      ...espruinoFiles("ESP8266_4MB", "espruino_2v09_esp8266_4mb", "2v09"),
      { path: "espruino_2v09_esp8266_combined_512.bin", bytes: combinedImage("ESP8266_BOARD", 0x8_0000, 0) },
    ];
    const several = { findings: ["note package-several-builds"] };
    expect(open(both)).toEqual({ ...board, ...several });
    expect(open(both, { chipSize: 0x10_0000 })).toEqual({ ...board, ...several });
    expect(open(both, { chipSize: 0x40_0000 })).toEqual({
      ...fourMb,
      firmware: "espruino ESP8266_4MB 2v09",
      ...several,
    });
  });

  it("of several versions is refused, with what it holds", () => {
    const files = [
      ...espruinoFiles("ESP8266_BOARD", "a", "2v08"),
      ...espruinoFiles("ESP8266_BOARD", "b", "2v09"),
    ];
    expect(refusal(files, { name: "downloads" })).toEqual({
      code: "package-several-firmwares",
      name: "downloads",
      firmwares: ["espruino 2v08", "espruino 2v09"],
    });
  });

  it("says what is missing, and what was left out", () => {
    const files = espruinoFiles("ESP8266_BOARD").filter(({ path }) => !/^(boot|blank|esp_init)/.test(path));
    expect(open([...files, { path: "holiday.jpg", bytes: ascii("jpeg") }]).findings).toEqual([
      "error package-part-missing",
      "warning package-part-missing",
      "warning package-part-missing",
      "note package-files-ignored",
    ]);
  });

  it("takes roles from the bytes and not from the names", () => {
    const renamed = espruinoFiles("ESP8266_BOARD").map(({ bytes }, index) => ({
      path: `${index}.bin`,
      bytes,
    }));
    expect(open(renamed).parts).toEqual([
      "+0x0 boot 3856 2.bin",
      "+0x1000 user1 466260 4.bin",
      "+0x41000 user2 466260 spare 5.bin",
      "-0x4000 phy-init 128 3.bin",
      "-0x2000 blank 4096 1.bin",
    ]);
  });

  it("names an archive and a build that contradict each other", () => {
    const named = open(espruinoFiles("ESP8266_BOARD"), { name: "espruino_2v09_esp8266_4mb.tgz" });
    expect(named.findings).toEqual(["warning package-name-contradicts"]);
    expect(open(espruinoFiles("ESP8266_4MB"), { name: "espruino_1v95_esp8266_4mb.tgz" }).findings).toEqual(
      [],
    );
  });
});

describe("a combined image", () => {
  const board512 = {
    kind: "combined",
    firmware: "espruino ESP8266_BOARD 2v09",
    linked: "512KB",
    parts: [
      "+0x0 boot 3856 a.bin (boot)",
      "+0x1000 user1 466260 a.bin (user1)",
      "-0x4000 phy-init 128 a.bin (phy-init)",
      "-0x2000 blank 4096 a.bin (blank)",
    ],
    findings: [],
  };

  it.each([
    ["0xFF", 0xff],
    ["0x00", 0x00],
  ] as const)("filled with %s is taken apart, and its filling is no content", (_, fill) => {
    expect(one("a.bin", combinedImage("ESP8266_BOARD", 0x8_0000, fill))).toEqual(board512);
    expect(one("a.bin", combinedImage("ESP8266_4MB", 0x40_0000, fill))).toEqual({
      ...board512,
      firmware: "espruino ESP8266_4MB 1v95",
      linked: "4MB-c1",
      parts: [
        "+0x0 boot 3856 a.bin (boot)",
        "+0x1000 user1 509332 a.bin (user1)",
        "-0x4000 phy-init 128 a.bin (phy-init)",
        "-0x2000 blank 4096 a.bin (blank)",
      ],
      // Its header still says 512KB, as its makers left it.
      findings: ["note package-combined-header"],
    });
  });

  it("is opened from gzip", () => {
    expect(one("a.bin.gz", gzip(combinedImage("ESP8266_BOARD", 0x8_0000, 0)))).toEqual(board512);
  });

  it("keeps what else is in it, stretch by stretch", () => {
    const bytes = combinedImage("ESP8266_4MB", 0x40_0000, 0);
    bytes.fill(0x5a, 0xcb123, 0xcd001);
    bytes[0x3fd000] = 1;
    expect(one("a.bin", bytes).parts.filter((part) => part.includes("data"))).toEqual([
      "+0xcb000 data 12288 a.bin (0xcb000)",
      "+0x3fd000 data 4096 a.bin (0x3fd000)",
    ]);
  });

  it("has no blank part where that sector is filled with zeros", () => {
    const bytes = combinedImage("ESP8266_BOARD", 0x8_0000, 0);
    bytes.fill(0, 0x7_e000, 0x7_f000);
    expect(one("a.bin", bytes).parts.filter((part) => part.includes("blank"))).toEqual([]);
  });

  it("puts the SDK's sectors at the end of the map in force, not of the file", () => {
    const opened = openPackage([{ path: "a.bin", bytes: combinedImage("ESP8266_BOARD", 0x8_0000, 0xff) }]);
    const offsets = (mapSize: number) => resolveParts(opened, mapSize).map(({ offset }) => offset);
    expect(offsets(0x8_0000)).toEqual([0, 0x1000, 0x7_c000, 0x7_e000]);
    expect(offsets(0x40_0000)).toEqual([0, 0x1000, 0x3f_c000, 0x3f_e000]);
  });

  it("of another size than its firmware was linked for is named", () => {
    expect(one("a.bin", combinedImage("ESP8266_4MB", 0x10_0000, 0xff)).findings).toEqual([
      "warning package-combined-size",
      "note package-combined-header",
    ]);
  });
});

describe("Espressif's AT firmware", () => {
  const sdk = [
    { path: "bin/boot_v1.2.bin", bytes: madeSdkBoot("1.2") },
    { path: "bin/boot_v1.6.bin", bytes: madeSdkBoot("1.6") },
    { path: "bin/boot_v1.7.bin", bytes: madeSdkBoot("1.7(5d6f877)") },
    { path: "bin/esp_init_data_default_v05.bin", bytes: phyInit(5) },
    { path: "bin/esp_init_data_default_v08.bin", bytes: phyInit(8) },
    { path: "bin/blank.bin", bytes: new Uint8Array(0x1000).fill(0xff) },
  ];
  const large = [1, 2].map((slot) => ({
    path: `bin/at/1024+1024/user${slot}.2048.new.5.bin`,
    bytes: madeAtImage({ slot: slot as 1 | 2 }),
  }));
  const small = [
    { path: "bin/at/512+512/user1.1024.new.2.bin", bytes: madeAtImage({ sizeFreq: 0x20, version: "1.7.6" }) },
  ];

  it("gets the newest of its companions, and the blank for its own parameters", () => {
    const opened = open([...sdk, ...large]);
    expect(opened).toMatchObject({ kind: "sdk-folder", firmware: "at 1.7.6", linked: "2MB-c1" });
    expect(opened.parts).toEqual([
      "+0x0 boot 4080 boot_v1.7.bin",
      "+0x1000 user1 446196 user1.2048.new.5.bin",
      "+0xfe000 blank 4096 blank.bin",
      "+0x101000 user2 446196 spare user2.2048.new.5.bin",
      "-0x4000 phy-init 128 esp_init_data_default_v08.bin",
      "-0x2000 blank 4096 blank.bin",
    ]);
  });

  it("of several maps is chosen by the chip", () => {
    const linked = (chipSize?: number) => open([...sdk, ...small, ...large], { chipSize }).linked;
    expect([linked(), linked(0x10_0000), linked(0x20_0000), linked(0x40_0000)]).toEqual([
      "1MB",
      "1MB",
      "2MB-c1",
      "2MB-c1",
    ]);
  });

  it("for 512+512 maps has that blank at 0x7e000", () => {
    const opened = openPackage([...sdk, ...small]);
    expect(resolveParts(opened, 0x10_0000).map(({ offset, role }) => [offset, role])).toEqual([
      [0, "boot"],
      [0x1000, "user1"],
      [0x7_e000, "blank"],
      [0xf_c000, "phy-init"],
      [0xf_e000, "blank"],
    ]);
  });

  it("without second boot has its code at 0x10000", () => {
    expect(open(madeAtNoBoot().map(({ name, bytes }) => ({ path: name, bytes })))).toMatchObject({
      kind: "sdk-folder",
      firmware: "at 1.7.6",
      parts: ["+0x0 app 35488 eagle.flash.bin", "+0x10000 irom 367168 eagle.irom0text.bin"].map((part) =>
        expect.stringMatching(part.replace(/[+]/g, "\\+").replace(/ \d+ /, " \\d+ ")),
      ),
    });
  });

  it("named for another map than it was linked for is named", () => {
    const files = [...sdk, { path: "user1.4096.new.6.bin", bytes: madeAtImage() }];
    expect(open(files).findings).toContain("warning package-name-contradicts");
  });
});

describe("a single image", () => {
  it.each([
    ["Arduino", madeArduinoImage(), "arduino 3.0.2", "4MB"],
    ["Tasmota", madeArduinoImage({ family: "tasmota", version: "13.1.0", sizeFreq: 0x20 }), "tasmota", "1MB"],
    ["ESPHome", madeArduinoImage({ family: "esphome", version: "2023.12.9" }), "esphome 2023.12.9", "4MB"],
    ["MicroPython", madeMicroPython(), "micropython v1.19.1", undefined],
  ])("of %s goes to 0", (_, bytes, name, linked) => {
    const opened = one("firmware.bin", bytes);
    expect(opened).toMatchObject({
      kind: "image",
      linked,
      parts: [`+0x0 app ${bytes.length} firmware.bin`],
      findings: [],
    });
    expect(opened.firmware.replace(" v", " ")).toContain(name.replace(" v", " "));
  });

  it("of NodeMCU is two files by their names", () => {
    expect(open(madeNodeMcu().map(({ name, bytes }) => ({ path: name, bytes })))).toMatchObject({
      kind: "sdk-folder",
      firmware: "nodemcu 2.2.0.0",
      parts: [expect.stringMatching(/^\+0x0 app/), expect.stringMatching(/^\+0x10000 irom/)],
    });
  });

  it("that needs a boot loader says so", () => {
    expect(one("user1.bin", userImage("ESP8266_4MB"))).toEqual({
      kind: "image",
      firmware: "espruino ESP8266_4MB 1v95",
      linked: "4MB-c1",
      parts: ["+0x1000 user1 509332 user1.bin"],
      findings: ["warning package-needs-boot"],
    });
    expect(one("user2.bin", userImage("ESP8266_4MB", 1))).toMatchObject({
      parts: ["+0x101000 user2 509332 user2.bin"],
      findings: ["error package-user2-alone", "warning package-needs-boot"],
    });
  });

  it("that was cut off, or whose bytes were changed, is still opened, and says so", () => {
    const bytes = userImage("ESP8266_BOARD");
    expect(one("user1.bin", bytes.subarray(0, 300_000)).findings).toContain("error package-image-damaged");
    const changed = bytes.slice();
    changed[0x1234] ^= 0xff;
    expect(one("user1.bin", changed).findings).toEqual([
      "warning package-needs-boot",
      "warning package-image-odd",
    ]);
    const inRam = bytes.slice();
    inRam[bytes.length - 100] ^= 0xff;
    expect(one("user1.bin", inRam).findings).toEqual([
      "error package-image-damaged",
      "warning package-needs-boot",
      "warning package-image-odd",
    ]);
  });

  it("for the middle of flash goes there, and says that something has to start it", () => {
    const app = madeRtos().find(({ name }) => name === "app.bin")!;
    expect(one("app.bin", app.bytes)).toMatchObject({
      parts: [`+0x10000 app ${app.bytes.length} app.bin`],
      findings: ["warning package-needs-loader"],
    });
  });

  it("larger than its slot is named, with the limit", () => {
    const bytes = madeUserImage({ build: "ESP8266_BOARD", version: "2v09", size: 0x7_d004 });
    const opened = openPackage([{ path: "a.bin", bytes }]);
    expect(opened.findings).toContainEqual({
      code: "package-image-too-large",
      severity: "error",
      params: expect.objectContaining({ map: "512KB", end: 0x7_e004 }),
    });
  });
});

describe("places", () => {
  it("of two equal parts at one offset give one, and none on a flash that is too small", () => {
    const opened = openPackage(espruinoFiles("ESP8266_BOARD").filter(({ path }) => !path.includes("user2")));
    expect(resolveParts(opened, 0x8_0000)).toHaveLength(4);
    const doubled = { ...opened, parts: [...opened.parts, opened.parts[3]] };
    expect(resolveParts(doubled, 0x8_0000)).toHaveLength(4);
    expect(() => resolveParts(opened, 0x3000)).toThrow("has no place on a flash of 12 KB");
  });
});

describe("what is not recognised", () => {
  it.each([
    ["nothing", []],
    ["no bytes", [{ path: "a.bin", bytes: new Uint8Array() }]],
    ["a text", [{ path: "a.txt", bytes: ascii("hello") }]],
    ["a boot loader alone", [{ path: "boot_v1.6.bin", bytes: madeSdkBoot() }]],
    [
      "rBoot, whose places are in its configuration",
      madeRboot().map(({ name, bytes }) => ({ path: name, bytes })),
    ],
    [
      "an ESP-IDF build without its list of places",
      madeRtos().map(({ name, bytes }) => ({ path: name, bytes })),
    ],
  ])("%s is refused", (_, files: PackageFile[]) => {
    expect(refusal(files, { name: "it" })).toEqual({ code: "package-not-recognised", name: "it" });
  });

  it("an image for the ESP32 is refused, with the chip's name", () => {
    const image = new Uint8Array(0x1000);
    image.set([0xe9, 1, 2, 0x20, 0x40, 0x10, 0x08, 0x40]);
    image.set([0, 0, 0x3f, 0x40], 24);
    expect(refusal([{ path: "a.bin", bytes: image }])).toMatchObject({
      code: "image-other-chip",
      chip: "ESP32",
    });
  });

  it("an archive in an archive in an archive is refused", () => {
    const inner = zipOf([{ path: "a.zip", bytes: zipOf([{ path: "b.zip", bytes: zipOf([]) }]) }]);
    expect(refusal([{ path: "c.zip", bytes: inner }])).toEqual({ code: "archive-nested", path: "b.zip" });
  });

  it("more bytes than allowed are refused, packed or not", () => {
    const files = espruinoFiles("ESP8266_BOARD");
    for (const some of [files, [{ path: "a.zip", bytes: zipOf(files) }]])
      expect(refusal(some, { maxBytes: 500_000 })).toMatchObject({
        code: "archive-too-large",
        expected: 500_000,
      });
  });
});

describe("a command line with its files", () => {
  const small = espruinoFiles("ESP8266_BOARD");
  const large = espruinoFiles("ESP8266_4MB");
  const command = (size: string, phy: string, blank: string) =>
    `esptool.py write_flash ${size} 0 boot_v1.6.bin 0x1000 espruino_esp8266_user1.bin ${phy} esp_init_data_default.bin ${blank} blank.bin`;

  it("that is right has no findings", () => {
    const opened = commandWith(command("-fm dio -ff 80m -fs 4MB-c1", "0x3FC000", "0x3FE000"), large);
    expect(outline(opened)).toEqual({
      kind: "command-line",
      firmware: "espruino ESP8266_4MB 1v95",
      linked: "4MB-c1",
      parts: [
        "+0x0 boot 3856 boot_v1.6.bin",
        "+0x1000 user1 509332 espruino_esp8266_user1.bin",
        "+0x3fc000 phy-init 128 esp_init_data_default.bin",
        "+0x3fe000 blank 4096 blank.bin",
      ],
      findings: [],
    });
    const { mode, freq, size } = opened.instructed;
    expect([mode?.name, freq?.name, size?.name]).toEqual(["dio", "80m", "4MB-c1"]);
  });

  it("takes the 512 KB build on a 4 MB chip as Espruino's own instructions do", () => {
    expect(commandWith(command("-fs 32m", "0x3FC000", "0x3FE000"), small).findings).toEqual([]);
    expect(commandWith(command("-fs 512KB", "0x7C000", "0x7E000"), small).findings).toEqual([]);
  });

  it.each([
    [
      "4MB for a 4MB-c1 build: the batch file after which wifi.save() destroys code",
      large,
      "-fs 4MB",
      "0x3FC000",
      "0x3FE000",
      ["error package-map-contradicts"],
    ],
    ["no size for a 4MB-c1 build", large, "", "0x3FC000", "0x3FE000", ["error package-size-missing"]],
    [
      "detection for a 4MB-c1 build",
      large,
      "-fs detect",
      "0x3FC000",
      "0x3FE000",
      ["error package-size-detected"],
    ],
    [
      "megabits where megabytes were meant",
      large,
      "-fs 4m",
      "0x3FC000",
      "0x3FE000",
      ["error package-size-units", "error package-phy-init-misplaced", "warning package-blank-misplaced"],
    ],
    [
      "a size in megabits that is too small in megabytes as well",
      large,
      "-fs 2m",
      "0x3FC000",
      "0x3FE000",
      ["error package-beyond-size", "error package-phy-init-misplaced", "warning package-blank-misplaced"],
    ],
    ["a size in both units", large, "-fs 4M", "0x3FC000", "0x3FE000", ["error flash-size-ambiguous"]],
    ["a size that there is not", large, "-fs 32MB", "0x3FC000", "0x3FE000", ["error flash-size-unknown"]],
    [
      "files behind the size",
      small,
      "-fs 1MB",
      "0x1FC000",
      "0xFE000",
      ["error package-beyond-size", "error package-phy-init-misplaced"],
    ],
    [
      "init data at the end of 512 KB under 4MB-c1",
      large,
      "-fs 4MB-c1",
      "0x7C000",
      "0x3FE000",
      ["error package-phy-init-misplaced"],
    ],
    [
      "blank at the end of 1 MB under 4MB-c1",
      large,
      "-fs 4MB-c1",
      "0x3FC000",
      "0xFE000",
      ["warning package-blank-misplaced"],
    ],
    [
      "the slip 0x37E000 of old instructions",
      large,
      "-fs 4MB-c1",
      "0x3FC000",
      "0x37E000",
      ["error package-blank-typo"],
    ],
    ["blank on another sector, to clear it", large, "-fs 4MB-c1", "0x3FC000", "0xFB000", []],
    [
      "a mode that there is not",
      large,
      "-fm fast -fs 4MB-c1",
      "0x3FC000",
      "0x3FE000",
      ["error flash-mode-unknown"],
    ],
  ])("names %s", (_, files, size, phy, blank, expected) => {
    const found = commandWith(command(size, phy, blank), files).findings;
    expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });

  it("says what the wrong map would destroy", () => {
    const [finding] = commandWith(command("-fs 4MB", "0x3FC000", "0x3FE000"), large).findings;
    expect(finding.params).toMatchObject({ instructed: "4MB", linked: "4MB-c1" });
    expect(String(finding.params.reason).length).toBeGreaterThan(20);
  });

  it("names an update image at 0", () => {
    const text = "esptool.py write_flash 0 espruino_esp8266_user1.bin";
    expect(commandWith(text, large).findings).toContainEqual({
      code: "update-image-at-start",
      severity: "error",
      params: { name: "espruino_esp8266_user1.bin" },
    });
  });

  it("names the image of the second slot in the first", () => {
    const text = "esptool.py write_flash -fs 4MB-c1 0 boot_v1.6.bin 0x1000 espruino_esp8266_user2.bin";
    expect(commandWith(text, large).findings).toContainEqual({
      code: "package-slot-differs",
      severity: "warning",
      params: { name: "espruino_esp8266_user2.bin", said: "user2", place: "user1" },
    });
  });

  it("names what a lost continuation left out", () => {
    const text = "esptool.py write_flash -fs 4MB-c1 0 boot_v1.6.bin 0x1000 espruino_esp8266_user1.bin";
    expect(outline(commandWith(text, large)).findings).toEqual([
      "warning package-part-missing",
      "note package-part-missing",
    ]);
    const lost = `${text}\n0x3FC000 esp_init_data_default.bin 0x3FE000 blank.bin`;
    expect(outline(commandWith(lost, large)).findings).toEqual(["warning command-continuation-lost"]);
  });

  it("writes a combined image in its parts", () => {
    const combined = [{ path: "a.bin", bytes: combinedImage("ESP8266_4MB", 0x40_0000, 0) }];
    const opened = outline(commandWith("esptool.py write_flash 0 a.bin", combined));
    expect(opened.parts.map((part) => part.split(" ").slice(0, 2).join(" "))).toEqual([
      "+0x0 boot",
      "+0x1000 user1",
      "-0x4000 phy-init",
      "-0x2000 blank",
    ]);
    expect(opened.findings).toEqual(["error package-size-missing"]);
  });

  it("without a file that it names is refused", () => {
    const script = {
      path: "flash.sh",
      bytes: ascii("esptool.py write_flash 0 boot_v1.6.bin 0x1000 user1.bin"),
    };
    expect(refusal([script, { path: "boot_v1.6.bin", bytes: madeSdkBoot() }])).toEqual({
      code: "package-file-missing",
      name: "flash.sh",
      path: "user1.bin",
    });
  });

  it("in a folder with a release does not replace what the release says of itself", () => {
    const script = { path: "AAA.bat", bytes: ascii(command("-fs 4MB", "0x7C000", "0x7E000")) };
    expect(open([script, ...large])).toEqual(fourMb);
  });
});

describe("other instructions", () => {
  const combined = {
    path: "espruino_2v28_esp8266_combined_512.bin",
    bytes: combinedImage("ESP8266_BOARD", 0x8_0000, 0),
  };

  it("a manifest of ESP Web Tools is opened with its files, also from a zip", () => {
    const json = JSON.stringify({
      name: "Espruino",
      version: "2v28",
      new_install_prompt_erase: true,
      builds: [{ chipFamily: "ESP8266", parts: [{ path: combined.path, offset: 0 }] }],
    });
    const manifest = { path: "manifest.json", bytes: ascii(json) };
    const opened = openPackage([manifest, combined]);
    expect(outline(opened)).toMatchObject({ kind: "manifest", linked: "512KB", findings: [] });
    expect(opened.instructedErase).toBe("ask");
    const inZip = [manifest, combined].map(({ path, bytes }) => ({ path: `site/${path}`, bytes }));
    expect(one("site.zip", zipOf(inZip))).toEqual(outline(opened));
  });

  it("flasher_args.json of an ESP-IDF build is opened with its files", () => {
    const files = madeRtos().map(({ name, bytes }) => ({ path: `build/${name}`, bytes }));
    const json = JSON.stringify({
      flash_settings: { flash_mode: "dio", flash_size: "1MB", flash_freq: "40m" },
      flash_files: { "0x8000": "partitions.bin", "0x0": "bootloader.bin", "0x10000": "app.bin" },
    });
    const opened = openPackage([...files, { path: "build/flasher_args.json", bytes: ascii(json) }]);
    expect(outline(opened)).toMatchObject({
      kind: "flasher-args",
      parts: [
        expect.stringMatching(/^\+0x0 app \d+ bootloader.bin$/),
        expect.stringMatching(/^\+0x8000 data \d+ partitions.bin$/),
        expect.stringMatching(/^\+0x10000 app \d+ app.bin$/),
      ],
    });
    expect(opened.instructed.size?.name).toBe("1MB");
  });

  it.each([
    ["flash offsets", 0, []],
    ["CPU addresses", 0x4020_0000, ["note hex-cpu-addresses"]],
  ])("Intel HEX that counts %s gives parts by their content", (_, base, expected) => {
    const parts = [
      { offset: 0, bytes: madeSdkBoot("1.6") },
      { offset: 0x1000, bytes: userImage("ESP8266_BOARD") },
      { offset: 0x7_c000, bytes: phyInit() },
      { offset: 0x7_e000, bytes: new Uint8Array(0x1000).fill(0xff) },
    ];
    const opened = one(
      "a.hex",
      ascii(intelHex(parts.map((part) => ({ ...part, offset: base + part.offset })))),
    );
    expect(opened).toMatchObject({
      kind: "intel-hex",
      firmware: "espruino ESP8266_BOARD 2v09",
      linked: "512KB",
      parts: [
        // The gap behind the boot loader is less than a page, and so a part of one stretch.
        expect.stringMatching(/^\+0x0 boot 3856/),
        expect.stringMatching(/^\+0x1000 user1 466260/),
        expect.stringMatching(/^\+0x7c000 phy-init 128/),
        expect.stringMatching(/^\+0x7e000 blank 4096/),
      ],
      findings: expected,
    });
  });
});

function intelHex(parts: readonly { readonly offset: number; readonly bytes: Uint8Array }[]): string {
  const record = (address: number, type: number, data: ArrayLike<number>) => {
    const bytes = [data.length, address >>> 8, address & 0xff, type, ...Array.from(data)];
    const sum = -bytes.reduce((total, byte) => total + byte, 0) & 0xff;
    return `:${[...bytes, sum].map((byte) => byte.toString(16).padStart(2, "0")).join("")}\n`;
  };
  const lines: string[] = [];
  for (const { offset, bytes } of parts) {
    for (let at = 0; at < bytes.length; at += 32) {
      const address = offset + at;
      lines.push(record(0, 4, [address >>> 24, (address >>> 16) & 0xff]));
      lines.push(record(address & 0xffff, 0, bytes.subarray(at, Math.min(at + 32, bytes.length))));
    }
  }
  return `${lines.join("")}:00000001FF\n`;
}

describeWith(["firmware"], "real files", () => {
  const espruino = () =>
    ["blank.bin", "boot_v1.6.bin", "esp_init_data_default.bin", "espruino_esp8266_user1.bin"].map((name) => ({
      path: `espruino_2v09_esp8266/${name}`,
      bytes: firmware(`espruino-2v09-esp8266/${name}`),
    }));
  const parts = [
    "+0x0 boot 3856 boot_v1.6.bin",
    "+0x1000 user1 466260 espruino_esp8266_user1.bin",
    "-0x4000 phy-init 128 esp_init_data_default.bin",
    "-0x2000 blank 4096 blank.bin",
  ];
  const expected = { ...board, parts };

  it("of Espruino 2v09 are opened as folder, tgz and zip", () => {
    const files = espruino();
    expect(open(files)).toEqual(expected);
    expect(one("espruino_2v09_esp8266.tgz", gzip(tarOf(files)))).toEqual(expected);
    expect(one("espruino_2v09.zip", zipOf(files))).toEqual(expected);
  });

  it.each([0xff, 0x00])("of Espruino 2v09 are opened as combined image filled with %i", (fill) => {
    const [blank, boot, phy, user1] = espruino();
    const bytes = new Uint8Array(0x8_0000).fill(fill);
    bytes.set(boot.bytes, 0);
    bytes.set(user1.bytes, 0x1000);
    bytes.set(phy.bytes, 0x7_c000);
    bytes.set(blank.bytes, 0x7_e000);
    for (const file of [bytes, gzip(bytes)]) {
      const opened = openPackage([{ path: "espruino_2v09_esp8266_combined_512.bin", bytes: file }]);
      const originals = [boot, user1, phy, blank];
      const placed = resolveParts(opened, 0x8_0000);
      expect(placed.map(({ offset, role }) => [offset, role])).toEqual([
        [0, "boot"],
        [0x1000, "user1"],
        [0x7_c000, "phy-init"],
        [0x7_e000, "blank"],
      ]);
      expect(placed.every((part, index) => equalBytes(part.bytes, originals[index].bytes))).toBe(true);
      expect(outline(opened)).toMatchObject({ kind: "combined", linked: "512KB", findings: [] });
    }
  });

  it("of the SDK and AT are one set", () => {
    const sdk = [
      "blank.bin",
      "boot_v1.6.bin",
      "boot_v1.7.bin",
      "esp_init_data_default_v05.bin",
      "esp_init_data_default_v08.bin",
    ];
    const files = [
      ...[1, 2].map((slot) => `esp8266-at-1024+1024/user${slot}.2048.new.5.bin`),
      ...sdk.map((name) => `esp8266-sdk/${name}`),
    ].map((path) => ({ path, bytes: firmware(path) }));
    expect(open(files)).toEqual({
      kind: "sdk-folder",
      firmware: "at 1.7.6",
      linked: "2MB-c1",
      parts: [
        "+0x0 boot 4080 boot_v1.7.bin",
        "+0x1000 user1 446196 user1.2048.new.5.bin",
        "+0xfe000 blank 4096 blank.bin",
        "+0x101000 user2 446196 spare user2.2048.new.5.bin",
        "-0x4000 phy-init 128 esp_init_data_default_v08.bin",
        "-0x2000 blank 4096 blank.bin",
      ],
      findings: ["note package-files-ignored"],
    });
  });

  it("are all found by the link address of their code to be for the first slot", () => {
    const script = ascii("esptool.py write_flash -fs 1MB 0x81000 espruino_esp8266_user1.bin");
    const user1 = espruino()[3].bytes;
    const opened = openPackage([
      { path: "a.bat", bytes: script },
      { path: "espruino_esp8266_user1.bin", bytes: user1 },
    ]);
    expect(opened.findings).toContainEqual({
      code: "package-slot-linked",
      severity: "error",
      params: { name: "espruino_esp8266_user1.bin", offset: 0x8_1000, linked: 0x1000, wanted: "user2" },
    });
  });
});

import { expect, it } from "vitest";
import { realFirmware } from "../../../../../test/support/real-firmware.js";
import { describeWith } from "../../../../../test/support/requirements.js";
import { lineBench } from "../../testing/line-host.js";
import { personaBench } from "../../testing/persona-bench.js";

const ESP8266_4MB = { build: "ESP8266_4MB" } as const;
const WARNING = "WARNING: *** Your flash chip does not match your flash map ***\r\n";

/** What came at the console's rate. */
const consoleText = (log: string) => log.slice(log.lastIndexOf("[115299 baud]\n") + "[115299 baud]\n".length);

describeWith(["firmware"], "the banner", () => {
  it("of the real 2v09 is the image's own, then map and chip", () => {
    const bench = personaBench({ map: 0, image: realFirmware("espruinoUser1") });
    expect(consoleText(bench.board.uartLog)).toBe(
      [
        "\\x1b[?7l",
        " ____                 _ ",
        "|  __|___ ___ ___ _ _|_|___ ___ ",
        "|  __|_ -| . |  _| | | |   | . |",
        "|____|___|  _|_| |___|_|_|_|___|",
        "         |_| espruino.com",
        " 2v09 (c) 2021 G.Williams",
        "",
        "Espruino is Open Source. Our work is supported",
        "only by sales of official boards and donations:",
        "http://espruino.com/Donate",
        "Flash map 512KB:256/256, manuf 0xe0 chip 0x4016",
        "WARNING: *** Your flash chip does not match your flash map ***",
        "",
        ">",
      ].join("\r\n"),
    );
  });

  it("of 1v95 has the longer address under its logo", () => {
    const bench = personaBench({ map: 6, version: "1v95", ...ESP8266_4MB });
    expect(consoleText(bench.board.uartLog)).toContain(
      "          |_| http://espruino.com\r\n 1v95 Copyright 2017 G.Williams\r\n\r\nEspruino is Open Source.",
    );
    expect(consoleText(bench.board.uartLog)).toContain(
      "Flash map 4MB:1024/1024, manuf 0xe0 chip 0x4016\r\n\r\n>",
    );
  });

  it.each([
    ["esp-12f", "1v91", 4, "4MB:512/512", false],
    ["esp-12f", "1v91", 6, "4MB:1024/1024", true],
    ["esp-12f", "1v92", 6, "4MB:1024/1024", false],
    ["esp-12f", "2v09", 0, "512KB:256/256", true],
    ["esp-12f", "2v09", 2, "1MB:512/512", true],
    ["esp-12f", "2v09", 3, "2MB:512/512", true],
    ["esp-12f", "2v09", 5, "2MB:1024/1024", true],
    ["esp-01", "1v95", 0, "512KB:256/256", false],
    ["esp-01s", "2v09", 0, "512KB:256/256", false],
    ["d1-mini-pro", "2v09", 0, "512KB:256/256", false],
  ] as const)("on %s, %s, map %i says %s, and warns: %s", (board, version, map, name, warns) => {
    const { uartLog } = personaBench({ board, version, map }).board;
    expect(uartLog).toContain(`\r\nFlash map ${name}, manuf `);
    expect(uartLog.includes(WARNING)).toBe(warns);
  });

  it.each([
    ["2v04", "1MB:512/512"],
    ["2v05", "1MB:1024"],
  ])("of %s for 4 MB calls the map of 1 MB %s", (version, name) => {
    const bench = personaBench({ version, map: 2, ...ESP8266_4MB });
    expect(bench.board.uartLog).toContain(`Flash map ${name}, `);
  });

  it("prints what a map of 16 MB was seen to make of the name", () => {
    const bench = personaBench({ board: "d1-mini-pro", bootLoader: "1.7", version: "1v97", map: 9 });
    expect(bench.board.uartLog).toContain("Flash map exception, manuf 0xef chip 0x4018");
  });
});

describeWith(["firmware"], "Espruino answers", () => {
  it("process.env with the fields of its time", () => {
    const names = (version: string) =>
      personaBench({ version, map: 4 })
        .type("print(JSON.stringify(process.env))")
        .match(/"[A-Z_]+":/g);
    expect(names("1v95")?.join("")).toBe(
      '"VERSION":"BOARD":"CHIP":"CHIP_FAMILY":"FLASH":"RAM":"SERIAL":"CONSOLE":',
    );
    expect(names("2v04")?.join("")).toBe('"VERSION":"BOARD":"FLASH":"RAM":"SERIAL":"CONSOLE":"MODULES":');
    expect(names("2v09")?.join("")).toBe(
      '"VERSION":"BOARD":"FLASH":"STORAGE":"RAM":"SERIAL":"CONSOLE":"MODULES":',
    );
  });

  it("process.env of the real 2v09", () => {
    const bench = personaBench({ map: 4, image: realFirmware("espruinoUser1") });
    expect(bench.type("process.env")).toBe(
      [
        "={",
        '  "VERSION": "2v09",',
        '  "GIT_COMMIT": "7247a2c4",',
        '  "BOARD": "ESP8266_BOARD",',
        '  "FLASH": 0, "STORAGE": 16384, "RAM": 81920,',
        '  "SERIAL": "5ccf7f02-9ab7",',
        '  "CONSOLE": "Serial1",',
        '  "MODULES": "Flash,Storage,hea" ... "r,crypto,neopixel"',
        " }",
        "",
      ].join("\r\n"),
    );
  });

  it.each([
    ["ESP8266_BOARD", 1700, 16384],
    ["ESP8266_4MB", 1600, 196608],
  ] as const)("%s with its count of variables and bytes of Storage", (build, total, storage) => {
    const bench = personaBench({ version: "2v29", map: 6, build });
    expect(bench.type("process.memory().total")).toBe(`=${total}\r\n`);
    expect(bench.type("process.env.STORAGE")).toBe(`=${storage}\r\n`);
  });

  it("getState() with map and chip", () => {
    const bench = personaBench({ map: 4, image: realFirmware("espruinoUser1") });
    expect(bench.type('require("ESP8266").getState()')).toBe(
      '={\r\n  "sdkVersion": "2.2.1(6ab97e9)",\r\n  "cpuFrequency": 160, "freeHeap": 54720, "maxCon": 10,\r\n' +
        '  "flashMap": "4MB:512/512",\r\n  "flashKB": 4096,\r\n  "flashChip": "0xe0 0x4016"\r\n }\r\n',
    );
  });

  const upper = [2097152, 1048576, 3145728, 262144, 3407872, 262144, 3670016, 262144];
  it.each([
    ["1v85", 0, {}, [487424, 4096]],
    ["1v85", 4, {}, [487424, 4096, 524288, 4096, 1011712, 36864]],
    ["1v97", 0, {}, [487424, 4096]],
    ["1v97", 2, {}, [487424, 4096, 524288, 4096, 1011712, 20480]],
    ["1v97", 3, {}, [487424, 4096, 524288, 4096, 1011712, 36864, 1048576, 1032192]],
    ["1v95", 4, ESP8266_4MB, [487424, 4096, 524288, 4096, 1011712, 36864, 1048576, 3129344]],
    ["1v91", 6, {}, [487424, 4096, 524288, 4096, 1011712, 36864, 1048576, 3129344]],
    ["1v92", 6, ESP8266_4MB, [...upper, 3932160, 176128]],
    ["1v95", 6, ESP8266_4MB, [...upper, 3932160, 262144]],
    ["2v09", 0, {}, []],
    ["2v09", 2, {}, [524288, 4096, 1011712, 20480]],
    ["2v09", 2, ESP8266_4MB, []],
    ["2v09", 5, {}, [524288, 4096, 1011712, 36864, 1048576, 1028096]],
    ["2v09", 4, {}, [524288, 4096, 1011712, 36864, 1048576, 3125248]],
    ["2v29", 6, ESP8266_4MB, [...upper, 3932160, 241664]],
  ] as const)("getFreeFlash() of %s on map %i, %j: %j", (version, map, build, expected) => {
    const bench = personaBench({ version, map, ...build });
    const answer = bench.type('print(JSON.stringify(require("Flash").getFree()))').split("\r\n")[0]!;
    const areas = JSON.parse(answer) as { addr: number; length: number }[];
    expect(areas.flatMap(({ addr, length }) => [addr, length])).toEqual(expected);
    expect(bench.type("print(JSON.stringify(ESP8266.getFreeFlash()))")).toBe(`${answer}\r\n=undefined\r\n`);
  });

  it("Flash.read, write, getPage and erasePage, without asking to whom a page belongs", () => {
    const bench = personaBench({ map: 4 });
    bench.changedSectors();
    expect(bench.type('require("Flash").read(4,0)')).toBe("=new Uint8Array([233, 3, 2, 64])\r\n");
    bench.type('require("Flash").write([1,2,3,4],0x200000)');
    expect(bench.type('require("Flash").read(5,0x200000)')).toBe("=new Uint8Array([1, 2, 3, 4, 255])\r\n");
    expect(bench.type('require("Flash").getPage(0x200123)')).toBe('={ "addr": 2097152, "length": 4096 }\r\n');
    expect(bench.type('require("Flash").getPage(0x400000)')).toBe("=undefined\r\n");
    expect(bench.type('require("Flash").write([1,2],0x200000)')).toMatch(/^Uncaught Error/);
    bench.type('require("Flash").erasePage(0x10000)');
    expect(bench.changedSectors()).toEqual(["0x10000", "0x200000"]);
  });

  it("E.reboot() since 1v99, and ESP8266.reboot() always, with a software reset", () => {
    expect(personaBench({ version: "1v98", map: 4 }).type("E.reboot()")).toMatch(/^Uncaught Error/);
    const bench = personaBench({ version: "1v99", map: 4 });
    for (const call of ["E.reboot()", "ESP8266.reboot()"]) {
      const answer = bench.send(`${call}\n`);
      expect(answer).toContain(
        "=undefined\r\n\n[74928 baud]\n\r\n ets Jan  8 2013,rst cause:2, boot mode:(3,6)",
      );
      expect(answer.endsWith("chip 0x4016\r\n\r\n>")).toBe(true);
    }
  });
});

describeWith(["firmware"], "in the time of a real board", () => {
  it("what comes while the chip erases waits, and what is too much is lost", async () => {
    const { flash } = personaBench({ map: 4 }).board;
    const bench = lineBench({ flash });
    await bench.wait(2000);
    const { board } = bench;
    const type = async (text: string) => {
      await board.transport.write(new TextEncoder().encode(text));
      await bench.wait(500);
    };
    await type(`require("Flash").erasePage(0x200000)\nprint("a","b")\n`);
    expect(board.uartLog.endsWith('print("a","b")\r\na b\r\n=undefined\r\n>')).toBe(true);
    expect(board.statistics.receiveOverflows).toBe(0);
    await board.transport.setBaudRate(115_200);
    await type(`for_a_while=1;${'require("Flash").erasePage(0x200000);'.repeat(6)}\n${"x".repeat(2000)}\n`);
    expect(board.statistics.receiveOverflows).toBeGreaterThan(0);
  });
});

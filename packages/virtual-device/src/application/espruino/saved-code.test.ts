import { expect, it } from "vitest";
import { saveArea } from "../../../../../test/support/made-firmware.js";
import { describeWith } from "../../../../../test/support/requirements.js";
import { readU32 } from "../../bytes.js";
import { personaBench } from "../../testing/persona-bench.js";

const ESP8266_4MB = { build: "ESP8266_4MB" } as const;
const MAGIC = 0xdeadbeef;

describeWith(["firmware"], "save()", () => {
  it("up to 1v95 erases and writes the whole save area, and says so", () => {
    const bench = personaBench({ version: "1v95", map: 4 });
    bench.type("x=5");
    bench.changedSectors();
    expect(bench.type("save()")).toMatch(
      /^=undefined\r\nErasing Flash\.\.\.\.\r\nWriting\.\.\.\r\nCompressed 27200 bytes to \d+\r\nChecking\.\.\.\r\nDone!\r\n$/,
    );
    expect(bench.changedSectors()).toEqual(["0x78000", "0x7a000"]);
    const { flash } = bench.board;
    expect([readU32(flash, 0x78000), readU32(flash, 0x7affc)]).toEqual([0, MAGIC]);
    expect(readU32(flash, 0x78004)).toBe(0x78008 + 'VCHIPVAR{"x":5}'.length);
  });

  it.each([
    ["1v92", 6, ESP8266_4MB, 0x3eb000, 0x3fa000],
    ["1v95", 6, ESP8266_4MB, 0x0eb000, 0x0fa000],
    ["1v87", 0, {}, 0x78000, 0x7a000],
  ] as const)(
    "of %s on map %i, %j: first and last sector of the area",
    (version, map, build, first, last) => {
      const bench = personaBench({ version, map, ...build });
      bench.changedSectors();
      bench.type("save()");
      expect(bench.changedSectors()).toEqual([`0x${first.toString(16)}`, `0x${last.toString(16)}`]);
      expect(readU32(bench.board.flash, last + 0xffc)).toBe(MAGIC);
    },
  );

  it.each([
    ["1v96", 4, {}, "0x78000"],
    ["1v98", 4, {}, "0x77000"],
    ["2v29", 6, ESP8266_4MB, "0xcb000"],
  ] as const)("of %s on map %i, %j, is a file in Storage", (version, map, build, sector) => {
    const bench = personaBench({ version, map, ...build });
    bench.type("x=5");
    bench.changedSectors();
    expect(bench.type("save()")).toContain("Compacting Flash...\r\nCalculating Size...\r\nWriting..\r\n");
    expect(bench.changedSectors()).toEqual([sector]);
    expect(bench.type('require("Storage").list()')).toBe('=[\r\n  ".varimg"\r\n ]\r\n');
    bench.board.powerCycle();
    expect(bench.type("x")).toBe("=5\r\n");
  });

  it("beyond the end of the map is refused by the SDK, and does not verify", () => {
    const bench = personaBench({ version: "1v92", map: 2, ...ESP8266_4MB });
    bench.changedSectors();
    expect(bench.type("save()")).toContain("Checking...\r\nThere were errors!\r\n");
    expect(bench.changedSectors()).toEqual([]);
  });

  it("says how much is too much", () => {
    const bench = personaBench({ version: "1v95", map: 4 });
    for (const name of ["a", "b", "c"]) bench.type(`${name}="${"x".repeat(5000)}"`);
    bench.changedSectors();
    expect(bench.type("save()")).toBe(
      "=undefined\r\nERROR: Too big to save to flash (15030 vs 12284 bytes)\r\n",
    );
    expect(bench.changedSectors()).toEqual([]);
  });
});

describeWith(["firmware"], "saved code", () => {
  it.each(["1v95", "2v09"])("of %s is loaded at start, without a banner", (version) => {
    const bench = personaBench({ version, map: 4 });
    bench.type("x=[1,2];save()");
    const before = bench.board.uartLog.length;
    bench.board.powerCycle();
    const log = bench.board.uartLog.slice(before);
    expect(log).toMatch(/\n\[115299 baud\]\nLoading \d+ bytes from flash\.\.\.\r\n>$/);
    expect(bench.type("x")).toBe("=[ 1, 2 ]\r\n");
  });

  it("that another device saved is loaded too, though its variables cannot be read", () => {
    const parts = { 491520: saveArea({ size: 0x3000, address: 0x78000, bootCode: "x()" }) };
    const bench = personaBench({ version: "1v95", map: 4, parts });
    expect(bench.board.uartLog).toMatch(/Loading 15\d\d bytes from flash\.\.\.\r\n>$/);
  });

  it.each([
    ["1v95", []],
    ["2v09", ["notes"]],
  ])("of %s is removed by reset(true), other files stay", (version, files) => {
    const bench = personaBench({ version, map: 4 });
    for (const name of files) bench.type(`require("Storage").write("${name}","1")`);
    bench.type("x=1;save()");
    expect(bench.type("reset(true)")).toMatch(
      /^=undefined\r\nErasing saved code\.\r\nDone!\r\n\\x1b\[\?7l\r\n/,
    );
    bench.board.powerCycle();
    expect(bench.type("x")).toBe('Uncaught ReferenceError: "x" is not defined\r\n');
    if (files.length > 0) expect(bench.type('require("Storage").list()')).toBe('=[\r\n  "notes"\r\n ]\r\n');
  });

  it("comes back with load(), and reset() forgets without touching the flash", () => {
    const bench = personaBench({ version: "2v09", map: 4 });
    bench.type("x=1;save()");
    bench.type("x=2");
    expect(bench.type("load()")).toMatch(/^=undefined\r\nLoading \d+ bytes from flash\.\.\.\r\n$/);
    expect(bench.type("x")).toBe("=1\r\n");
    bench.changedSectors();
    expect(bench.type("reset()")).toContain("Flash map 4MB:512/512, manuf 0xe0 chip 0x4016\r\n\r\n");
    expect(bench.type("x")).toContain("ReferenceError");
    expect(bench.changedSectors()).toEqual([]);
  });
});

describeWith(["firmware"], "E.setBootCode", () => {
  it("up to 1v95 keeps the text at the start of the save area", () => {
    const bench = personaBench({ version: "1v95", map: 4 });
    bench.type('E.setBootCode("hello()",true)');
    const { flash } = bench.board;
    expect(readU32(flash, 0x78000)).toBe(0x80000007);
    expect(String.fromCharCode(...flash.subarray(0x78008, 0x7800f))).toBe("hello()");
    expect(readU32(flash, 0x7affc)).toBe(MAGIC);
  });

  it("since 1v96 writes .bootcde, or .bootrst for always, and removes both", () => {
    const bench = personaBench({ version: "2v09", map: 4 });
    bench.type('E.setBootCode("hello()")');
    expect(bench.type('require("Storage").read(".bootcde")')).toBe('="hello()"\r\n');
    bench.type('E.setBootCode("hello()",true)');
    expect(bench.type('require("Storage").list()')).toBe('=[\r\n  ".bootrst"\r\n ]\r\n');
    bench.type("E.setBootCode()");
    expect(bench.type('require("Storage").list()')).toBe("=[  ]\r\n");
  });

  it("stands in the way of save() since 2v29", () => {
    const bench = personaBench({ version: "2v29", map: 4 });
    bench.type('E.setBootCode("hello()")');
    bench.type("save()");
    expect(bench.type('require("Storage").list()')).toBe('=[\r\n  ".bootcde"\r\n ]\r\n');
  });
});

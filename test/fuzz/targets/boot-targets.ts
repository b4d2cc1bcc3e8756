/** Text from a board: boot logs, consoles, what people paste. @module */
import { BootLogParser, esp8266BootDialect, readableText } from "@flashwright/core";
import { diagnoseText } from "@flashwright/core/diagnose";
import { text } from "../samples.js";
import { checkStatement, type FuzzTarget, must } from "../target.js";

const bootLog = `\r\n ets Jan  8 2013,rst cause:1, boot mode:(3,6)\r\n\r\nload 0x40100000, len 2408, room 16 \r\ntail 8\r\nchksum 0xe5
load 0x3ffe8000, len 776, room 0 \r\ncsum 0x84\r\n\r\n2nd boot version : 1.6\r\n  SPI Speed      : 40MHz\r\n  SPI Mode       : QIO
  SPI Flash Size & Map: 32Mbit(512KB+512KB)\r\njump to run user1 @ 1000\r\n\r\nFatal exception (3): \r
epc1=0x401000b8, epc2=0x00000000, epc3=0x00000000, excvaddr=0x401000df, depc=0x00000000\r\nwdt reset\r\n`;
const console = `|_| http://espruino.com\r\n 1v95 Copyright 2017 G.Williams\r\nFlash map 4MB:512/512, manuf 0xe0 chip 0x4016
>process.env\r\n={ "VERSION": "1v95", "BOARD": "ESP8266_4MB", "FLASH": 0, "SERIAL": "6001943c-9f1e" }
>require("ESP8266").getFreeFlash()\n=[{ "addr": 487424, "length": 4096 }]\n`;

const samples = () => [text(bootLog), text(console), text(bootLog + console)];

/** All targets of text from a board. */
export const bootTargets: readonly FuzzTarget[] = [
  {
    name: "BootLogParser",
    samples,
    run: (bytes) => {
      const whole = new BootLogParser(esp8266BootDialect);
      const lines = [...whole.push(bytes), ...whole.flush()];
      const bytewise = new BootLogParser(esp8266BootDialect);
      const same = [
        ...Array.from(bytes, (byte) => bytewise.push(Uint8Array.of(byte))).flat(),
        ...bytewise.flush(),
      ];
      must(JSON.stringify(lines) === JSON.stringify(same), "the same events however the bytes come");
    },
  },
  { name: "readableText", samples, run: (bytes) => readableText(bytes) },
  {
    name: "diagnoseText",
    samples,
    run: (bytes) => {
      const { findings } = diagnoseText(Buffer.from(bytes).toString("latin1"));
      for (const { code, params, evidence } of findings) {
        checkStatement({ code, params });
        for (const statement of evidence) checkStatement(statement);
      }
    },
  },
];

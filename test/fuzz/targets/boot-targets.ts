/** Text from a board: boot logs, consoles, what people paste. @module */
import { BootLogParser, esp8266BootDialect, readableText } from "@flashwright/core";
import { ConsoleStream, splitStatements } from "@flashwright/core/console";
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

const script = `// blink\nvar on = false;\nsetInterval(() => {\n  on = !on;\n  D2.write(on); /* \`\${on}\` */\n}, 500);
if (on) {\n  print("a\\n", /[/"]/g.exec('x'));\n}\nelse save();\n`;

/** All targets of text from a board, and to it. */
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
  {
    name: "ConsoleStream",
    samples,
    run: (bytes) => {
      const stream = new ConsoleStream({ dialect: esp8266BootDialect });
      const half = bytes.length >> 1;
      const pieces = [
        ...stream.push(bytes.subarray(0, half)),
        ...stream.push(bytes.subarray(half)),
        ...stream.flush(),
      ];
      for (const piece of pieces) {
        const shown = piece.type === "text" ? piece.text : piece.type === "line" ? piece.line : "";
        must(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(shown), "no character that steers a terminal");
      }
    },
  },
  {
    name: "splitStatements",
    samples: () => [text(script)],
    run: (bytes) => {
      const statements = splitStatements(Buffer.from(bytes).toString("latin1"), "script.js");
      const lines = statements.map(({ line }) => line);
      must(
        lines.every((line, index) => index === 0 || line >= lines[index - 1]),
        "lines rise",
      );
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

import { expect, it } from "vitest";
import { textBytes } from "../bytes.js";
import { UartLog } from "./uart-log.js";

it("shows text as it is, other bytes in hexadecimal, and each change of rate", () => {
  const log = new UartLog();
  log.add(textBytes("ets\r\n"), 74927.9);
  log.add(textBytes("more"), 74928.1);
  log.add(Uint8Array.of(0xc0, 0x4f, 0x7f), 115299);
  expect(log.toString()).toBe("[74928 baud]\nets\r\nmore\n[115299 baud]\n\\xc0O\\x7f");
});

it("forgets what is older than the newest 256 KiB, and keeps them also behind many small pieces", () => {
  const log = new UartLog();
  log.add(textBytes("old"), 115200);
  for (let i = 0; i < 0x40000 / 64; i++) log.add(textBytes("x".repeat(64)), 115200);
  const text = log.toString();
  expect([text.includes("old"), text.length]).toEqual([false, "[115200 baud]\n".length + 0x40000]);
});

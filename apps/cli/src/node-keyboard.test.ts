import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { type KeySource, openKeyboard } from "./node-keyboard.js";

/** A standard input that notes what is done to it. */
class Input extends EventEmitter implements KeySource {
  readonly done: string[] = [];
  constructor(readonly isTTY: boolean) {
    super();
  }
  setRawMode(raw: boolean): void {
    this.done.push(raw ? "raw" : "cooked");
  }
  pause(): this {
    this.done.push("pause");
    return this;
  }
}

const press = (input: Input, text: string) => input.emit("data", Uint8Array.from(Buffer.from(text)));

describe("a keyboard", () => {
  it("takes every key of a terminal, and leaves the terminal as it was", async () => {
    const input = new Input(true);
    const keyboard = openKeyboard(input);
    const first = keyboard.read();
    press(input, "\x03");
    press(input, "ab");
    expect([await first, await keyboard.read()]).toEqual([Uint8Array.of(3), Uint8Array.of(0x61, 0x62)]);
    const waiting = keyboard.read();
    keyboard.close();
    expect(await waiting).toBeUndefined();
    expect(input.done).toEqual(["raw", "cooked", "pause"]);
    expect(input.eventNames()).toEqual([]);
  });

  it("of a pipe ends with it, and is asked for no mode", async () => {
    const input = new Input(false);
    const keyboard = openKeyboard(input);
    press(input, "7\n");
    input.emit("end");
    expect([await keyboard.read(), await keyboard.read()]).toEqual([Uint8Array.of(0x37, 0x0a), undefined]);
    keyboard.close();
    expect(input.done).toEqual(["pause"]);
  });
});

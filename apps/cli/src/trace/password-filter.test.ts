import { describe, expect, it } from "vitest";
import { PasswordFilter } from "./password-filter.js";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

/** What is recorded of a text, with `[n]` in place of n bytes that are not. */
function recorded(text: string, size = text.length): string {
  const filter = new PasswordFilter();
  const runs = [];
  for (let at = 0; at < text.length; at += size)
    runs.push(...filter.received(bytes(text.slice(at, at + size))));
  return runs
    .map(({ bytes, hidden }) => (hidden ? `[${bytes.length}]` : Buffer.from(bytes).toString("latin1")))
    .join("")
    .replace(/(?:\[1\])+/g, (ones) => `[${ones.length / 3}]`);
}

describe("a trace of a console", () => {
  it.each([
    ['wifi.connect("home", {password:"s3cret"}, f)\r\n', 'wifi.connect("home", {password:"[6]"}, f)\r\n'],
    ['{"ssid":"home","password":"s3\\"cret","mode":1}', '{"ssid":"home","password":"[8]","mode":1}'],
    ["passwordAP : 's3cret' ", "passwordAP : '[6]' "],
    ['WiFi.begin("home", "s3cret");', 'WiFi.begin("home", "[6]");'],
    ["nic.connect('home','s3cret')", "nic.connect('home','[6]')"],
    ['AT+CWJAP_CUR="home","s3cret"\r\nOK\r\n', 'AT+CWJAP_CUR="home","[6]"\r\nOK\r\n'],
    ['psk="s3cret\r\n>next', 'psk="[6]\r\n>next'],
    ['print("bypass") ; pass = 1; x="shown"', 'print("bypass") ; pass = 1; x="shown"'],
  ])("has of %s all but the password", (text, shown) => {
    expect(recorded(text)).toBe(shown);
    expect(recorded(text, 1)).toBe(shown);
  });

  it("has nothing of what is typed where a console asks for its password", () => {
    const filter = new PasswordFilter();
    filter.received(bytes("\r\npassword>"));
    const typed = (keys: string) => [...keys].flatMap((key) => filter.sent(bytes(key)));
    const runs = typed("s3cret\n");
    filter.received(bytes("\r\n>"));
    runs.push(...typed("1\n"));
    expect(runs.map(({ hidden }) => (hidden ? "*" : "-")).join("")).toBe("******---");
  });
});

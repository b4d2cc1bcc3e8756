import { describe, expect, it } from "vitest";
import { TelnetOptions } from "./telnet-options.js";

const [WILL, WONT, DO, DONT] = [251, 252, 253, 254] as const;
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");

describe("the telnet options of the access server", () => {
  it("open with BINARY both ways, no go-ahead, and a request for COM-PORT-OPTION", () => {
    expect(new TelnetOptions().open().map(hex)).toEqual(["fffb00", "fffd00", "fffb03", "fffd2c"]);
  });

  it("take WILL COM-PORT as the answer to their own request, without another one", () => {
    const options = new TelnetOptions();
    options.open();
    expect(options.comPortIsAgreed).toBe(false);
    expect(options.answer(WILL, 44)).toBeUndefined();
    expect(options.comPortIsAgreed).toBe(true);
    expect(options.answer(WILL, 44)).toBeUndefined();
  });

  it("accept what a client proposes first, once", () => {
    const options = new TelnetOptions();
    expect(hex(options.answer(WILL, 44))).toBe("fffd2c");
    expect(hex(options.answer(DO, 0))).toBe("fffb00");
    expect(options.answer(DO, 0)).toBeUndefined();
  });

  it("refuse to echo and every unknown option", () => {
    const options = new TelnetOptions();
    expect(hex(options.answer(DO, 1))).toBe("fffc01");
    expect(hex(options.answer(WILL, 24))).toBe("fffe18");
  });

  it("confirm a withdrawal once, and leave a refusal of what was never agreed unanswered", () => {
    const options = new TelnetOptions();
    options.open();
    expect(options.answer(WONT, 44)).toBeUndefined();
    options.answer(WILL, 44);
    expect(hex(options.answer(WONT, 44))).toBe("fffe2c");
    expect(options.answer(WONT, 44)).toBeUndefined();
    expect(options.comPortIsAgreed).toBe(false);
    options.answer(DO, 3);
    expect(hex(options.answer(DONT, 3))).toBe("fffc03");
  });
});

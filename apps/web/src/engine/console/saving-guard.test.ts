import { describe, expect, it } from "vitest";
import { SavingGuard } from "./saving-guard.js";

const params = { offset: 0x7b000, size: 0x1000 };
const dangers = { wifi: { code: "hazard-wifi-in-image", params } } as const;
const said = "Saving Wi-Fi settings erases 4 KB (4096 bytes) of the firmware's own code at 0x0007b000.";

describe("a guard of saving", () => {
  it("holds the key that ends a dangerous line, as typed or as the board shows it", () => {
    const guard = new SavingGuard(dangers);
    for (const key of "wifi.save()x\x7f") {
      expect(guard.dangerOfTyping(key, "")).toBeUndefined();
      guard.typed(key);
    }
    expect(guard.dangerOfTyping("\r", "")).toBe(said);
    // Recalled from the board's own history by an arrow key: only its echo tells.
    expect(new SavingGuard(dangers).dangerOfTyping("\r", '>require("Wifi").save()')).toBe(said);
  });

  it("forgets the line with its end and with Ctrl-C", () => {
    const guard = new SavingGuard(dangers);
    guard.typed("wifi.save()\x03");
    expect(guard.dangerOfTyping("\r", ">")).toBeUndefined();
    guard.typed("wifi.save()\r");
    expect(guard.dangerOfTyping("1\r", ">")).toBeUndefined();
  });

  it("lets go what does no harm", () => {
    const guard = new SavingGuard(dangers);
    expect([guard.dangerOf("save()"), guard.dangerOf("x();\nwifi.save()")]).toEqual([undefined, said]);
    expect(new SavingGuard({}).dangerOf("wifi.save()")).toBeUndefined();
  });
});

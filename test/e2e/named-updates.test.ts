import { diagnose, dumpSource, surveyFlash } from "@flashwright/core/diagnose";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { expect, it } from "vitest";
import { describeWith } from "../support/requirements.js";
import { namedUpdates, owner, ownerFile, storyChip } from "./support/named-updates.js";

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

async function findingsOf(flash: Uint8Array): Promise<string[]> {
  const survey = await surveyFlash(dumpSource(flash), { depth: "deep" });
  return diagnose({ survey }).findings.map(({ code, severity }) => `${severity} ${code}`);
}

describeWith(["firmware"], "the chips of the named updates", () => {
  it.each(namedUpdates)(
    "$name: starts before, and holds what its owner stored where it is said to be",
    ({ before, belongings }) => {
      const flash = before();
      const board = createVirtualBoard({ flash });
      expect(board.uartLog).toContain("jump to run user1 @ 1000");
      expect(board.state.mode).toBe("application");
      const held = belongings
        .map(({ offset, size }) => textOf(flash.subarray(offset, offset + size)))
        .join("");
      expect(held).toContain(owner.ssid);
      expect(held).toContain(owner.password);
      const isStorage = belongings.some(({ what }) => what.startsWith("Storage"));
      expect(held.includes(ownerFile.name)).toBe(isStorage);
    },
  );

  it.each(namedUpdates)("$name: nothing is wrong with the chip before", async ({ before }) => {
    const findings = await findingsOf(before());
    expect(findings.filter((finding) => !finding.startsWith("note"))).toEqual([]);
  });

  it("the story's chip starts until settings are saved, and the doctor knows both", async () => {
    const before = storyChip({ wifiSaved: false });
    expect(createVirtualBoard({ flash: before }).state.mode).toBe("application");
    expect((await findingsOf(before))[0]).toBe("danger finding-map-destroys-at-wifi-save");
    const after = storyChip({ wifiSaved: true });
    expect(createVirtualBoard({ flash: after }).state.mode).not.toBe("application");
    expect((await findingsOf(after))[0]).toBe("fatal finding-settings-in-code");
  });
});

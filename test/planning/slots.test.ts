/** Done means that the boot log shows the slot that was written: on a virtual board, from the plan to the log. @module */
import {
  checkBoot,
  connect,
  esp8266,
  gatherContents,
  planFlash,
  runPlan,
  watchBoot,
} from "@flashwright/core";
import { sessionSource, surveyFlash } from "@flashwright/core/diagnose";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { expect, it } from "vitest";
import { madeAtImage, startSlot } from "../support/made-firmware.js";
import { realBoot, realFirmware } from "../support/real-firmware.js";
import { describeWith } from "../support/requirements.js";
import { atChip } from "./support/made-chip.js";
import { madeAt } from "./support/made-package.js";

/** A board with AT of which user2 starts. The virtual board knows second boots by their real bytes. */
function boardOnUser2() {
  const flash = atChip();
  flash.set(realBoot("1.7", 2, 0x50));
  flash.set(madeAtImage({ slot: 2 }), 0x101000);
  startSlot(flash, 0x200000, 2);
  const clock = createVirtualClock();
  return { clock, board: createVirtualBoard({ flash, clock, pace: "line" }) };
}

/** Plans and runs an update of AT with whichever slot, then starts the board. */
async function update(slot: "user1" | "user2") {
  const { clock, board } = boardOnUser2();
  board.flash[0x1100]! ^= 0x55;
  board.flash[0x101100]! ^= 0x55;
  const session = await connect(board.transport, { target: esp8266, clock });
  const source = sessionSource(session);
  const survey = await surveyFlash(source, { depth: "quick" });
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  const request = {
    intent: "update",
    target: esp8266,
    chip,
    survey,
    package: madeAt(realFirmware("boot17")),
    slot,
  } as const;
  const made = planFlash({ ...request, contents: await gatherContents(source, request) });
  await runPlan(session, made.plan, made.data, { contentsFresh: true, lossesAccepted: "backed-up" });
  const verdict = await watchBoot(session, { limits: { silenceMs: 400, settleMs: 200, recoveryMs: 300 } });
  return { board, plan: made.plan, verdict };
}

describeWith(["firmware"], "a board whose user2 starts", () => {
  it("starts user1 when user1 was written, for two bytes were changed before the SDK's own", async () => {
    const before = boardOnUser2().board.flash.slice(0x1fd000, 0x200000);
    const { board, plan, verdict } = await update("user1");
    before.set([0xfc, 0xe7]);
    expect(board.flash.slice(0x1fd000, 0x1fd000 + 0x4a0)).toEqual(before.slice(0, 0x4a0));
    expect(checkBoot(plan, verdict)).toEqual({
      outcome: "confirmed",
      statement: { code: "boot-slot-confirmed", params: { slot: "user1", offset: 0x1000 } },
    });
    expect(board.flash.slice(0x1000, 0x1000 + 446_196)).toEqual(madeAtImage());
  });

  it("starts user2 when user2 was written, and user1 is as it was", async () => {
    const { board, plan, verdict } = await update("user2");
    expect(checkBoot(plan, verdict).outcome).toBe("confirmed");
    expect(board.flash.slice(0x101000, 0x101000 + 446_196)).toEqual(madeAtImage({ slot: 2 }));
    expect(board.flash[0x1100]).toBe(madeAtImage()[0x100]! ^ 0x55);
  });

  it("is not done when the log shows the other slot, or none", async () => {
    const { plan } = await update("user1");
    expect(checkBoot(plan, { jump: { slot: 2, offset: 0x101000 } })).toEqual({
      outcome: "other-slot",
      statement: {
        code: "boot-other-slot",
        params: { slot: "user1", offset: 0x1000, actual: 2, actualOffset: 0x101000 },
      },
    });
    expect(checkBoot(plan, {}).outcome).toBe("unseen");
  });
});

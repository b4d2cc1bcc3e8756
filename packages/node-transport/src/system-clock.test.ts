import { expect, it } from "vitest";
import { systemClock } from "./system-clock.js";

it("fires a timer once, not before its time, and not at all when it was cancelled", async () => {
  const fired: string[] = [];
  const start = systemClock.now();
  systemClock.setTimer(1, () => fired.push("cancelled"))();
  await new Promise<void>((resolve) =>
    systemClock.setTimer(20, () => {
      fired.push("due");
      resolve();
    }),
  );
  expect(fired).toEqual(["due"]);
  // Node may fire up to a millisecond early.
  expect(systemClock.now() - start).toBeGreaterThanOrEqual(19);
});

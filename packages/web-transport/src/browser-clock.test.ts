import { expect, it } from "vitest";
import { browserClock } from "./browser-clock.js";

it("fires a timer once, not before its time, and not at all when it was cancelled", async () => {
  const fired: string[] = [];
  const start = browserClock.now();
  browserClock.setTimer(1, () => fired.push("cancelled"))();
  await new Promise<void>((resolve) =>
    browserClock.setTimer(20, () => {
      fired.push("due");
      resolve();
    }),
  );
  expect(fired).toEqual(["due"]);
  // A timer may fire up to a millisecond early.
  expect(browserClock.now() - start).toBeGreaterThanOrEqual(19);
});

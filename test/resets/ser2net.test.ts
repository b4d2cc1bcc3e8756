/** Every reset strategy through ser2net, to a serial port with the real calls for its lines. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { connectToSer2net, startSer2net } from "../conformance/ends/ser2net-end.js";
import { buildLineLibrary } from "../support/line-library.js";
import { describeWith } from "../support/requirements.js";
import { inTwoCalls } from "./circuits.js";
import { describeResets } from "./over-wires.js";

const expected = {
  ...inTwoCalls,
  swapped: {
    ...inTwoCalls.swapped!,
    // A port is opened with both lines asserted; where DTR is released first, that leads into the loader already.
    reached: ["rts-only"],
  },
};

describeWith(["linux", "python3", "cc", "ser2net"], "resets over RFC 2217, at ser2net", () => {
  let folder: string;
  let env: ReturnType<typeof buildLineLibrary>;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "lines-")));
    env = buildLineLibrary(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describeResets(
    { serve: (open) => startSer2net(open, env), connect: connectToSer2net, servesOnce: true },
    expected,
  );
});

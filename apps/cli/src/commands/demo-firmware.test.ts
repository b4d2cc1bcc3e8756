import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith, firmwareFolder } from "../../../../test/support/requirements.js";
import { createDesk } from "../cli.fixture.js";

describeWith(["firmware"], "the demonstration with real firmware", () => {
  it("plays the first act with Espruino 2v09, and says that it is real", async () => {
    const folder = join(firmwareFolder(), "espruino-2v09-esp8266");
    const run = await createDesk().run("demo", "--json", "--act", "1", "--firmware", folder);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("(Its files are real, from espruino-2v09-esp8266.)");
    const banners = run
      .events()
      .flatMap(({ type, typed, lines }) =>
        type === "dialogue" && typed === "reset()" ? [(lines as string[]).slice(-2)] : [],
      );
    expect(banners).toMatchObject([
      [expect.anything(), "WARNING: *** Your flash chip does not match your flash map ***"],
      [expect.anything(), "Flash map 4MB:512/512, manuf 0xe0 chip 0x4016"],
    ]);
  });

  it("has no part for other firmware", async () => {
    const folder = join(firmwareFolder(), "esp8266-at-1024+1024");
    const run = await createDesk().run("demo", "--json", "--firmware", folder);
    expect([run.code, run.events().at(-1)]).toMatchObject([1, { error: { code: "demo-not-espruino" } }]);
  });
});

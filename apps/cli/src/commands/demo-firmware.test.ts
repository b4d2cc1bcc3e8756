import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith, firmwareFolder } from "../../../../test/support/requirements.js";
import { createDesk } from "../cli.fixture.js";

describeWith(["firmware"], "the demonstration with real firmware", () => {
  it.each([
    {
      folder: "espruino-2v09-esp8266",
      map: "32Mbit(512KB+512KB)",
      images: [
        { name: "boot_v1.6.bin", offset: 0 },
        { name: "espruino_esp8266_user1.bin", offset: 0x1000 },
        { name: "esp_init_data_default.bin", offset: 0x3fc000 },
        { name: "blank.bin", offset: 0x3fe000 },
      ],
    },
    {
      // Boot loader, init data and blank come from the folder of the SDK beside it.
      folder: "esp8266-at-1024+1024",
      map: "16Mbit(1024KB+1024KB)",
      images: [
        { name: "boot_v1.7.bin", offset: 0 },
        { name: "user1.2048.new.5.bin", offset: 0x1000 },
        { name: "blank.bin", offset: 0xfe000 },
        { name: "esp_init_data_default_v08.bin", offset: 0x1fc000 },
        { name: "blank.bin", offset: 0x1fe000 },
      ],
    },
  ])("boots $folder with the map that it was built for", async ({ folder, map, images }) => {
    const run = await createDesk().run("demo", "--json", "--firmware", join(firmwareFolder(), folder));
    expect(run.code).toBe(0);
    const planned = run.events().find(({ type }) => type === "planned") as { plan: { images: object[] } };
    expect(planned.plan.images).toMatchObject(images);
    const lines = run.events().flatMap(({ type, line }) => (type === "boot" ? [line] : []));
    expect(lines).toContain(`SPI Flash Size & Map: ${map}`);
    expect(lines.at(-1)).toBe("jump to run user1 @ 1000");
    expect(run.events().at(-1)).toMatchObject({ result: { code: "flash-written-verified" } });
  });
});

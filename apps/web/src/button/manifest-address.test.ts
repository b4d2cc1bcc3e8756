import { describe, expect, it } from "vitest";
import { manifestAddress } from "./manifest-address.js";

const BASE = "https://author.example/install/index.html";
const manifest = {
  name: "Example",
  builds: [
    {
      chipFamily: "ESP8266",
      parts: [{ path: "../fw.bin", offset: 0 }, { path: "https://b.example/fs.bin" }],
    },
    { chipFamily: "ESP32" },
    null,
  ],
};
const whole = {
  name: "Example",
  builds: [
    {
      chipFamily: "ESP8266",
      parts: [{ path: "https://author.example/fw.bin", offset: 0 }, { path: "https://b.example/fs.bin" }],
    },
    { chipFamily: "ESP32" },
    null,
  ],
};

describe("the address of a manifest", () => {
  it("counts from the page", async () => {
    expect((await manifestAddress("firmware/manifest.json", BASE)).address).toBe(
      "https://author.example/install/firmware/manifest.json",
    );
    await expect(manifestAddress("https://", BASE)).rejects.toThrow(TypeError);
  });

  it.each([
    ["an object", manifest],
    ["a data: address", `data:application/json,${encodeURIComponent(JSON.stringify(manifest))}`],
    ["a blob: address", URL.createObjectURL(new Blob([JSON.stringify(manifest)]))],
  ])("is made for %s, whose paths count from the page", async (_, source) => {
    const { address, release } = await manifestAddress(source, BASE);
    expect(await (await fetch(address)).json()).toEqual(whole);
    release();
    await expect(fetch(address)).rejects.toThrow();
  });

  it("leaves a text that is no JSON to whoever reads it", async () => {
    const { address } = await manifestAddress("data:text/plain,{nothing", BASE);
    expect(await (await fetch(address)).text()).toBe("{nothing");
  });
});

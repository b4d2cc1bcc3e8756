import { describe, expect, it } from "vitest";
import { HeldClock } from "../../../../../test/support/held-clock.js";
import type { DownloadParts, DownloadProgress } from "./fetch-file.js";
import { fetchFirmware } from "./fetch-firmware.js";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const manifest = JSON.stringify({
  name: "Example",
  builds: [
    {
      chipFamily: "ESP8266",
      parts: [
        { path: "boot.bin", offset: 0 },
        { path: "sub/user1.bin", offset: 4096 },
      ],
    },
  ],
});

type Answers = Readonly<Record<string, () => Response | Promise<Response>>>;

/** A web with these files in it, and what was asked of it. */
function web(answers: Answers) {
  const asked: string[] = [];
  const progress: DownloadProgress[] = [];
  const clock = new HeldClock();
  const parts: DownloadParts = {
    clock,
    onProgress: (one) => progress.push(one),
    fetch: (address, { mode, credentials, referrerPolicy, redirect }) => {
      expect({ mode, credentials, referrerPolicy, redirect }).toEqual({
        mode: "cors",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        redirect: "follow",
      });
      asked.push(address);
      const answer = answers[address];
      // What a browser says of a server that is away, and of one that sends no CORS header.
      return answer === undefined
        ? Promise.reject(new TypeError("Failed to fetch"))
        : (async () => answer())();
    },
  };
  return { asked, progress, clock, parts };
}

/** A response that was redirected to `url`. */
function redirected(url: string, body: string): Response {
  return Object.defineProperty(new Response(body), "url", { value: url });
}

const base = "https://example.org/fw";

describe("firmware from an address", () => {
  it("is one file, named as the address has it", async () => {
    const { asked, progress, parts } = web({
      [`${base}/a%20b.bin?v=1`]: () => new Response(bytesOf("1234"), { headers: { "Content-Length": "4" } }),
    });
    const { name, files } = await fetchFirmware(`  ${base}/a%20b.bin?v=1#top `, parts);
    expect({ name, files }).toEqual({
      name: "a b.bin",
      files: [{ path: "a b.bin", bytes: bytesOf("1234") }],
    });
    expect(asked).toEqual([`${base}/a%20b.bin?v=1`]);
    expect(progress).toEqual([{ name: "a b.bin", doneBytes: 4, totalBytes: 4 }]);
  });

  it("is a manifest and its parts, relative to where it was in the end", async () => {
    const { asked, parts } = web({
      [`${base}/manifest.json`]: () => redirected("https://cdn.example/9/manifest.json", manifest),
      "https://cdn.example/9/boot.bin": () => new Response(bytesOf("boot")),
      "https://cdn.example/9/sub/user1.bin": () => new Response(bytesOf("user")),
    });
    const { files } = await fetchFirmware(`${base}/manifest.json`, parts);
    expect(files.slice(1)).toEqual([
      { path: "boot.bin", bytes: bytesOf("boot") },
      { path: "sub/user1.bin", bytes: bytesOf("user") },
    ]);
    expect(asked).toHaveLength(3);
  });

  it("may be a manifest whose parts lie anywhere, and one that the page made itself", async () => {
    const parts = [
      { path: "../tasmota/tasmota.bin?v=9", offset: 0 },
      { path: "https://cdn.example/fs.bin", offset: 0x10_0000 },
    ];
    const anywhere = JSON.stringify({ builds: [{ chipFamily: "ESP8266", parts }] });
    const { parts: of } = web({
      [`${base}/manifest.json`]: () => new Response(anywhere),
      "https://example.org/tasmota/tasmota.bin?v=9": () => new Response(bytesOf("app")),
      "https://cdn.example/fs.bin": () => new Response(bytesOf("fs")),
      "blob:https://example.org/1": () => new Response(anywhere.replace("../", `${base}/../`)),
    });
    const files = [
      { path: "tasmota.bin", bytes: bytesOf("app") },
      { path: "fs.bin", bytes: bytesOf("fs") },
    ];
    expect((await fetchFirmware(`${base}/manifest.json`, of)).files.slice(1)).toEqual(files);
    const made = await fetchFirmware("blob:https://example.org/1", of);
    expect({ name: made.name, files: made.files.slice(1) }).toEqual({ name: "manifest", files });
  });

  it.each(["http://example.org/a.bin", "file:///etc/passwd", "http:"])(
    "is a manifest whose part %s is not asked for",
    async (path) => {
      const away = JSON.stringify({ builds: [{ chipFamily: "ESP8266", parts: [{ path, offset: 0 }] }] });
      const { asked, parts } = web({ [`${base}/manifest.json`]: () => new Response(away) });
      await expect(fetchFirmware(`${base}/manifest.json`, parts)).rejects.toMatchObject({
        code: expect.stringMatching(/^download-(?:insecure|address)$/),
      });
      expect(asked).toHaveLength(1);
    },
  );

  it("of another chip has no part downloaded", async () => {
    const other = manifest.replace("ESP8266", "ESP32");
    const { asked, parts } = web({ [`${base}/manifest.json`]: () => new Response(other) });
    await expect(fetchFirmware(`${base}/manifest.json`, parts)).rejects.toMatchObject({
      code: "manifest-other-chips",
    });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["firmware.bin", "download-address"],
    ["ftp://example.org/a.bin", "download-address"],
    ["http://example.org/a.bin", "download-insecure"],
    ["http://127.0.0.1.example.org/a.bin", "download-insecure"],
  ])("asks nobody for %s", async (address, code) => {
    const { asked, parts } = web({});
    await expect(fetchFirmware(address, parts)).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  });

  it("may be on this computer without HTTPS", async () => {
    const { parts } = web({ "http://127.0.0.1:8000/a.bin": () => new Response(bytesOf("x")) });
    expect((await fetchFirmware("http://127.0.0.1:8000/a.bin", parts)).name).toBe("a.bin");
  });

  const github = "https://github.com/o/r";
  it.each([
    [`${base}/a.bin`, "download-blocked", "Download a.bin with the browser and drop it here."],
    [
      `${github}/releases/download/v1/fw.zip`,
      "download-github-release",
      "Download fw.zip with the browser and drop it here.",
    ],
    [
      `${github}/blob/main/bin/fw.bin`,
      "download-github-page",
      "Use the address of the file itself: https://raw.githubusercontent.com/o/r/main/bin/fw.bin",
    ],
  ])("says of %s what to do where the browser says nothing", async (address, code, hint) => {
    await expect(fetchFirmware(address, web({}).parts)).rejects.toMatchObject({ code, hint });
  });

  it.each([
    [
      "a status",
      () => new Response("", { status: 404 }),
      { code: "download-status", params: { status: 404 } },
    ],
    [
      "a page by its type",
      () => new Response("<p>", { headers: { "Content-Type": "text/html; charset=utf-8" } }),
      { code: "download-page" },
    ],
    ["a page by its start", () => new Response("\n<!DOCTYPE html><p>"), { code: "download-page" }],
    [
      "a length that is too much",
      () => new Response("x", { headers: { "Content-Length": String(0x400_0001) } }),
      { code: "download-too-large", params: { expected: 0x400_0000 } },
    ],
    [
      "a redirection that can be listened to",
      () => redirected("http://example.org/a.bin", "x"),
      { code: "download-insecure", params: { address: "http://example.org/a.bin" } },
    ],
  ])("refuses %s", async (_, answer, error) => {
    await expect(fetchFirmware(`${base}/a`, web({ [`${base}/a`]: answer }).parts)).rejects.toMatchObject(
      error,
    );
  });

  it("stops reading what is larger than it may be, whatever its length says", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 0x10_0000;
        controller.enqueue(new Uint8Array(0x10_0000));
      },
    });
    const { parts } = web({ [`${base}/a`]: () => new Response(endless) });
    await expect(fetchFirmware(`${base}/a`, parts)).rejects.toMatchObject({ code: "download-too-large" });
    expect(sent).toBeLessThan(70 * 0x10_0000);
  });

  it("says how much had come when it broke off", async () => {
    let pulls = 0;
    const broken = new ReadableStream({
      pull(controller) {
        if (pulls++ === 0) controller.enqueue(bytesOf("12345"));
        else controller.error(new TypeError("network error"));
      },
    });
    const { parts } = web({ [`${base}/a.bin`]: () => new Response(broken) });
    await expect(fetchFirmware(`${base}/a.bin`, parts)).rejects.toMatchObject({
      code: "download-broken",
      params: { address: `${base}/a.bin`, name: "a.bin", doneBytes: 5 },
    });
  });

  it("gives up a server that says nothing for half a minute, and leaves no timer", async () => {
    const { parts, clock } = web({ [`${base}/a`]: () => new Promise(() => {}) });
    const ended = fetchFirmware(`${base}/a`, parts).catch((error) => error);
    clock.advance(30_000);
    expect(await ended).toMatchObject({ code: "download-stalled", params: { seconds: 30, doneBytes: 0 } });
    expect(clock.pendingTimers).toBe(0);
  });

  it("ends with the signal, with its reason", async () => {
    const controller = new AbortController();
    const { parts } = web({ [`${base}/a`]: () => new Promise(() => {}) });
    const ended = fetchFirmware(`${base}/a`, { ...parts, signal: controller.signal }).catch((error) => error);
    const reason = new Error("stopped");
    controller.abort(reason);
    expect(await ended).toBe(reason);
  });
});

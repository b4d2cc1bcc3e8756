import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { startTestAgent, testFolder } from "../agent.fixture.js";
import { readPageFiles } from "./page-files.js";

/** A page of these files. */
function pageOf(files: Readonly<Record<string, string | Uint8Array>>): URL {
  const folder = testFolder();
  mkdirSync(join(folder, "assets"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return pathToFileURL(`${folder}/`);
}

describe("the files of the page", () => {
  it("are served as they are, each with its type", async () => {
    const font = Uint8Array.from({ length: 256 }, (_, index) => index);
    const page = await readPageFiles(
      pageOf({
        "index.html": "<p>ä</p>",
        "icon.svg": "<svg/>",
        "licences.txt": "free",
        "assets/a.js": "1",
        "assets/b.woff2": font,
        "assets/c.map": "{}",
      }),
    );
    const { ask } = await startTestAgent({ page });
    const got = await Promise.all(
      ["/", "/icon.svg", "/licences.txt", "/assets/a.js", "/assets/b.woff2", "/assets/c.map"].map(
        async (path) => {
          const answer = await ask(path);
          return [answer.headers.get("content-type"), new Uint8Array(await answer.arrayBuffer())];
        },
      ),
    );
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(got).toEqual([
      ["text/html; charset=UTF-8", bytes("<p>ä</p>")],
      ["image/svg+xml", bytes("<svg/>")],
      ["text/plain; charset=UTF-8", bytes("free")],
      ["text/javascript; charset=UTF-8", bytes("1")],
      ["font/woff2", font],
      ["application/octet-stream", bytes("{}")],
    ]);
    expect((await ask("/index.html")).status).toBe(404);
    expect((await ask("/assets")).status).toBe(404);
  });
});

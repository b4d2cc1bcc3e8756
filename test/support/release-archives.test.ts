import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ArchiveFile } from "./archives/zip.js";
import { makeZip } from "./archives/zip.js";
import {
  combinedImage,
  combinedName,
  madeRelease,
  releaseFiles,
  releaseName,
  releaseTgz,
  releaseZip,
  writeFiles,
} from "./release-archives.js";
import { flashingReadme } from "./release-readme.js";
import { describeWith } from "./requirements.js";
import { mustRun } from "./run.js";

const release = madeRelease("ESP8266_4MB", "1v95");

describe("a release put together", () => {
  it("has the files and names of Espruino's", () => {
    expect(releaseFiles(release).map(({ path, bytes }) => [path, bytes.length])).toEqual([
      ["espruino_1v95_esp8266_4mb/README_flash.txt", expect.any(Number)],
      ["espruino_1v95_esp8266_4mb/blank.bin", 4096],
      ["espruino_1v95_esp8266_4mb/boot_v1.6.bin", 3856],
      ["espruino_1v95_esp8266_4mb/esp_init_data_default.bin", 128],
      ["espruino_1v95_esp8266_4mb/espruino_esp8266_user1.bin", 509_332],
      ["espruino_1v95_esp8266_4mb/espruino_esp8266_user2.bin", 509_332],
      ["espruino_1v95_esp8266_4mb/wiflash.sh", expect.any(Number)],
    ]);
  });

  it("is combined as the makers do: parts in place, zeros between, the header as shipped", () => {
    const image = combinedImage(release);
    expect(combinedName(release)).toBe("espruino_1v95_esp8266_4mb_combined_4096.bin");
    expect(image.length).toBe(0x400000);
    expect([...image.subarray(0, 4)]).toEqual([0xe9, 3, 0, 0]);
    expect([...image.subarray(0x1000, 0x1004)]).toEqual([0xea, 4, 0, 0]);
    expect([image[0x3fc000], image[0x3fc080], image[0x3fe000], image[0x3fd000]]).toEqual([5, 0, 0xff, 0]);
    const old = combinedImage(madeRelease("ESP8266_BOARD", "1v91"));
    expect([old.length, old[0x7c080], old[0x7d000]]).toEqual([0x80000, 0xff, 0xff]);
  });

  it("tells people what the real instructions told them", () => {
    expect(flashingReadme("1v95")).not.toContain("4MB-c1");
    expect(flashingReadme("1v95")).toContain("0x1000 espruino_esp8266_user1.bin\n");
    expect(flashingReadme("1v89")).toContain("0x37E000 blank.bin");
    expect(flashingReadme("2v09")).toContain("--flash_size 4MB-c1");
    expect(flashingReadme("2v09")).not.toContain("user1.bin\n");
  });
});

describeWith(["python3"], "archives, opened by others", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "flashwright-archives-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const unpack = async (name: string, bytes: Uint8Array, script: string) => {
    writeFiles(folder, [{ path: name, bytes }]);
    const target = join(folder, `${name}.unpacked`);
    await mustRun("python3", ["-c", script, join(folder, name), target]);
    return (path: string) => new Uint8Array(readFileSync(join(target, path)));
  };
  const expectSame = (read: (path: string) => Uint8Array, files: readonly ArchiveFile[]) => {
    for (const { path, bytes } of files) expect(Buffer.compare(read(path), bytes)).toBe(0);
  };

  it("a .tgz gives every file back", async () => {
    const script = "import sys, tarfile; tarfile.open(sys.argv[1], 'r:gz').extractall(sys.argv[2])";
    expectSame(
      await unpack(`${releaseName(release)}.tgz`, releaseTgz(release), script),
      releaseFiles(release),
    );
  });

  it("a .zip gives every file back, deflated and stored", async () => {
    const script =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])";
    const releases = [madeRelease("ESP8266_BOARD", "1v95"), release];
    const read = await unpack("espruino_1v95.zip", releaseZip(releases), script);
    expectSame(read, releases.flatMap(releaseFiles));
    expectSame(read, [{ path: combinedName(release), bytes: combinedImage(release) }]);
    const stored = makeZip(releaseFiles(release), { store: true });
    expectSame(await unpack("stored.zip", stored, script), releaseFiles(release));
  });
});

import { describe, expect, it } from "vitest";
import { latin1 } from "../latin1.js";
import { openPackage } from "../packages/open-package.js";
import { madeBoot, madeFiles, madeUser1, release1v95, release2v09 } from "./made-espruino.js";

const open = (release: typeof release1v95) =>
  openPackage(madeFiles(release).map(({ name, bytes }) => ({ path: name, bytes })));

describe("the made Espruino", () => {
  it("has the form, the size and the map of 1v95 for 4 MB", () => {
    const user1 = madeUser1(release1v95);
    const codeLength = new DataView(user1.buffer).getUint32(12, true);
    expect([user1.length, ...user1.slice(0, 4)]).toEqual([509_332, 0xea, 4, 0, 0]);
    expect([...user1.slice(16 + codeLength, 20 + codeLength)]).toEqual([0xe9, 3, 0x00, 0x6f]);
    expect(open(release1v95)).toMatchObject({
      firmware: { family: "espruino", build: "ESP8266_4MB", version: "1v95" },
      linkedMap: { name: "4MB-c1" },
      findings: [],
    });
  });

  it("has those of 2v09 for 512 KB", () => {
    expect(madeUser1(release2v09).length).toBe(466_260);
    expect(open(release2v09)).toMatchObject({
      firmware: { family: "espruino", build: "ESP8266_BOARD", version: "2v09" },
      findings: [],
    });
  });

  it("says in clear that it is made, in every file that could be taken for a program", () => {
    for (const bytes of [madeBoot(), madeUser1(release1v95), madeUser1(release2v09)]) {
      expect(latin1(bytes)).toContain("made for a demonstration, no program");
    }
  });

  it("has a boot loader as large as 1.6, with the header of a downloaded one", () => {
    expect([madeBoot().length, ...madeBoot().slice(0, 4)]).toEqual([3856, 0xe9, 3, 0, 0]);
  });
});

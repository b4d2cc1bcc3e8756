import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FlasherError } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import { describe, expect, it } from "vitest";
import type { World } from "../world.js";
import { identifyPort, whereNow } from "./port-identity.js";

const ours: ListedPort = { path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60", serialNumber: "0001" };
const other: ListedPort = { ...ours, path: "/dev/ttyUSB1", serialNumber: "0002" };
const nameless = (path: string): ListedPort => ({ path, vendorId: "1a86", productId: "7523" });

/** Lists these now, and those later. */
async function later(address: string, now: readonly ListedPort[], then: readonly ListedPort[] | Error) {
  let isLater = false;
  const listPorts = async () => {
    if (!isLater) return now;
    if (then instanceof Error) throw then;
    return then;
  };
  const world = { listPorts } as unknown as World;
  const identity = await identifyPort(world, address);
  isLater = true;
  return whereNow(world, identity);
}

describe("a port that may have moved", () => {
  it("is where its adapter is listed, and else at its old name", async () => {
    expect(await later("/dev/ttyUSB0", [ours], [ours, other])).toEqual(["/dev/ttyUSB0"]);
    const moved = { ...ours, path: "/dev/ttyUSB7" };
    expect(await later("/dev/ttyUSB0", [ours], [moved])).toEqual(["/dev/ttyUSB7", "/dev/ttyUSB0"]);
    expect(await later("/dev/ttyUSB0", [ours], [])).toEqual(["/dev/ttyUSB0"]);
  });

  it("is not at its old name while another adapter has it", async () => {
    const taken = { ...other, path: "/dev/ttyUSB0" };
    expect(await later("/dev/ttyUSB0", [ours], [taken])).toEqual([]);
    const swapped = { ...ours, path: "/dev/ttyUSB1" };
    expect(await later("/dev/ttyUSB0", [ours, other], [taken, swapped])).toEqual(["/dev/ttyUSB1"]);
  });

  it("is not where a twin without a serial number was before", async () => {
    const [one, twin] = [nameless("/dev/ttyUSB0"), nameless("/dev/ttyUSB1")];
    expect(await later("/dev/ttyUSB0", [one, twin], [twin])).toEqual(["/dev/ttyUSB0"]);
    const moved = nameless("/dev/ttyUSB2");
    expect(await later("/dev/ttyUSB0", [one, twin], [twin, moved])).toEqual(["/dev/ttyUSB2", "/dev/ttyUSB0"]);
  });

  it("is looked for at its address alone where nothing is known of it or nothing can be listed", async () => {
    expect(await later("/dev/ttyS0", [{ path: "/dev/ttyS0" }], [ours])).toEqual(["/dev/ttyS0"]);
    expect(await later("rfc2217://host:1", [ours], [ours])).toEqual(["rfc2217://host:1"]);
    const broken = new FlasherError("port-list-unavailable", { detail: "no udevadm." });
    expect(await later("/dev/ttyUSB0", [ours], broken)).toEqual(["/dev/ttyUSB0"]);
  });

  it("that was named by a link is first looked for behind that", async () => {
    const folder = mkdtempSync(join(tmpdir(), "by-id-"));
    try {
      const [device, link] = [join(folder, "ttyUSB0"), join(folder, "by-id")];
      writeFileSync(device, "");
      symlinkSync(device, link);
      const moved = { ...ours, path: "/dev/ttyUSB7" };
      expect(await later(link, [{ ...ours, path: device }], [moved])).toEqual([link, "/dev/ttyUSB7"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

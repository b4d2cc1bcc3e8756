import { describe, expect, it } from "vitest";
import { loopbackPermission } from "./loopback-permission.js";

/** A browser that knows these permissions. */
function browser(states: Readonly<Record<string, string>>, hostname = "flash.example") {
  const asked: string[] = [];
  const query = async (name: string) => {
    asked.push(name);
    const state = states[name];
    if (state === undefined) throw new TypeError(`${name} is no permission`);
    return { state };
  };
  return { asked, parts: { hostname, query } };
}

describe("the permission to reach this computer", () => {
  it("is that for loopback addresses, whatever the older name says", async () => {
    const { parts } = browser({ "loopback-network": "prompt", "local-network-access": "granted" });
    expect(await loopbackPermission(parts)).toBe("prompt");
  });

  it("is that of the older name where the browser has no other", async () => {
    expect(await loopbackPermission(browser({ "local-network-access": "denied" }).parts)).toBe("denied");
  });

  it("is not known of a browser without one", async () => {
    expect(await loopbackPermission(browser({}).parts)).toBe("unknown");
  });

  it("is not needed by a page of this computer, which is not even asked", async () => {
    for (const hostname of ["localhost", "127.0.0.1", "[::1]"]) {
      const { asked, parts } = browser({ "loopback-network": "denied" }, hostname);
      expect([await loopbackPermission(parts), asked]).toEqual(["none-needed", []]);
    }
  });
});

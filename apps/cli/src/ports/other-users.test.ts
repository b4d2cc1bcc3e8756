import type { Transport } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";

const minicom = async (paths: readonly string[]) =>
  new Map(paths.map((path) => [path, [{ pid: 7, command: "minicom" }]]));
const warnings = (events: Record<string, unknown>[]) => events.filter(({ type }) => type === "warning");

describe("another program that has the port open", () => {
  it("is named when something has failed", async () => {
    const desk = createDesk({ faults: [] });
    desk.board.hold("reset");
    const openTransport = async () => {
      const transport = desk.board.reconnect();
      return transportAt("/dev/ttyUSB0", transport);
    };
    const world = { portUsers: minicom, openTransport };
    const run = await desk.runIn(world, "info", "--json", "--connect-attempts", "1");
    expect(run.code).toBe(1);
    expect(warnings(run.events())).toEqual([
      {
        type: "warning",
        code: "port-shared",
        params: { label: "/dev/ttyUSB0", by: ["minicom (process 7)"] },
      },
    ]);
  });

  it("is not asked for when all went well", async () => {
    const portUsers = async () => Promise.reject(new Error("nobody asked"));
    expect((await createDesk().runIn({ portUsers }, "info")).code).toBe(0);
  });
});

/** The same transport under the name of a device. */
function transportAt(label: string, transport: Transport) {
  return new Proxy(transport, {
    get(target, name) {
      if (name === "label") return label;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

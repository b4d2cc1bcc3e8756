/** Two clients want one port, and ports that the list does not have. @module */
import { describe, expect, it } from "vitest";
import { closeCode, mustOpen, nextMessage, startTestAgent } from "../agent.fixture.js";

const path = "/api/ports/esp-12f?baud=115200";

describe("a port", () => {
  it("has one owner; the next hears that it is in use, and gets it afterwards", async () => {
    const { port, terminalToken } = await startTestAgent({ virtualBoards: ["esp-12f"] });
    const token = await terminalToken();
    const first = await mustOpen(port, { path, token });
    await nextMessage(first, "open");
    const second = await mustOpen(port, { path, token });
    expect(await nextMessage(second, "refused")).toMatchObject({
      error: { code: "port-in-use", params: { by: ["another client of this agent"] } },
    });
    const closed = closeCode(first);
    first.close();
    await closed;
    const third = await mustOpen(port, { path, token });
    expect(await nextMessage(third, "open")).toMatchObject({ label: expect.any(String) });
  });

  it.each([
    "/dev/ttyS0",
    "../../dev/ttyS0",
    "ttyS0",
    "virtual:esp-12f",
    "socket://127.0.0.1:22",
    "__proto__",
  ])("is not opened that the list does not have: %s", async (id) => {
    const opened: string[] = [];
    const { port, terminalToken } = await startTestAgent({
      listPorts: async () => [{ path: "/dev/ttyS0" }],
      openPort: async (address) => {
        opened.push(address);
        throw new Error("must not be opened");
      },
    });
    const address = `/api/ports/${encodeURIComponent(id)}?baud=115200`;
    const socket = await mustOpen(port, { path: address, token: await terminalToken() });
    expect(await nextMessage(socket, "refused")).toMatchObject({ error: { code: "agent-no-ports" } });
    expect(opened).toEqual([]);
  });
});

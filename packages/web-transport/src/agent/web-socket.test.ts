import { expect, it } from "vitest";
import type { WebSocketClass } from "./web-socket.js";

it("a browser's class is one that may be given; that `ws` has one shows in the tests of all packages", () => {
  const give = (_class: WebSocketClass) => "given";
  expect(give(globalThis.WebSocket)).toBe("given");
});

/** Two programs at one port, with the native binding and the kernel's own locks. @module */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { FlasherError } from "@flashwright/core";
import { openTransport } from "@flashwright/node-transport";
import { servePty } from "@flashwright/virtual-device/node";
import { afterEach, expect, it } from "vitest";
import { createMemoryPair } from "./conformance/ends/memory-pair.js";
import { describeWith } from "./support/requirements.js";

const CLIENT = fileURLToPath(new URL("./support/serial-client.mjs", import.meta.url));

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Another program, with the port open. */
async function openElsewhere(path: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CLIENT, path, JSON.stringify([["open"], ["read", 1]])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [first] = await once(child.stdout!, "data");
  expect(String(first)).toBe('"ok"\n');
  return child;
}

const open = (path: string) => openTransport(path, { baudRate: 115200 });

describeWith(["linux", "python3"], "a port that another program has open", () => {
  it("is refused with that program's name and number, and free as soon as it was killed", async () => {
    const server = await servePty(() => createMemoryPair().transport);
    const { path } = server;
    try {
      const other = await openElsewhere(path);
      const error = await open(path).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(FlasherError);
      expect((error as FlasherError).toJSON()).toMatchObject({
        code: "port-in-use",
        params: { label: path, by: [`node serial-client.mjs (process ${other.pid})`] },
        message: `${path} is in use by node serial-client.mjs (process ${other.pid}).`,
      });
      // No chance to tidy up: what is left must be the kernel's alone, which lets go of it.
      other.kill("SIGKILL");
      await once(other, "exit");
      const transport = await open(path);
      await transport.close();
    } finally {
      await server.close();
    }
  });
});

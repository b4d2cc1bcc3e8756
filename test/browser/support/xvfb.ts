/** A display that nobody looks at, for a browser with a window. @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { findProgram } from "../../support/requirements.js";

/** A running display server. */
export interface Display {
  /** What `DISPLAY` is to say: ":3". */
  readonly name: string;
  close(): Promise<void>;
}

/** Starts a display server on a number that is free. */
export async function startDisplay(): Promise<Display> {
  const args = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
  const server = spawn(findProgram("Xvfb")!, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await Promise.race([
    once(server.stdio[3]!, "data"),
    once(server, "exit").then(() => {
      throw new Error("the display server ended at once");
    }),
  ]);
  return {
    name: `:${String(number).trim()}`,
    async close() {
      const ended = once(server, "exit");
      server.kill();
      await ended;
    },
  };
}

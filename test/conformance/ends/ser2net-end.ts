/** ser2net, a serial server that is not ours, in front of a pseudo terminal with modem lines. @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isFlasherError, type Transport } from "@flashwright/core";
import { openTransport } from "@flashwright/node-transport";
import { type BoardServer, type OpenTransport, servePty } from "@flashwright/virtual-device/node";

/** How long it may take to start on a busy machine. */
const START_MS = 10_000;

/** A running ser2net. */
export interface Ser2net extends BoardServer {
  /** Where it listens. */
  readonly port: number;
  /** Everything that it has said. */
  readonly said: () => string;
}

/**
 * Starts ser2net on a pseudo terminal behind which there is what `open` opens.
 * @param env with the line library, as `buildLineLibrary` gives it
 */
export async function startSer2net(
  open: OpenTransport,
  env: { readonly LD_PRELOAD: string; readonly TTYMODEM_DIR: string },
): Promise<Ser2net> {
  const terminal = await servePty(open, { modemDirectory: env.TTYMODEM_DIR });
  const folder = mkdtempSync(join(tmpdir(), "ser2net-"));
  const port = await freePort();
  const config = join(folder, "ser2net.yaml");
  writeFileSync(
    config,
    `connection: &board
  accepter: telnet(rfc2217),tcp,127.0.0.1,${port}
  connector: serialdev,${terminal.path},115200n81,local
`,
  );
  const args = ["-n", "-d", "-u", "-c", config];
  const child = spawn("ser2net", args, {
    env: { ...process.env, ...env, PATH: `${process.env.PATH}:/usr/sbin` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  return {
    address: `rfc2217://127.0.0.1:${port}`,
    port,
    said: () => said,
    closed: terminal.closed,
    async close() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      await terminal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens it as soon as it listens. */
export async function connectToSer2net(server: Ser2net): Promise<Transport> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      return await openTransport(server.address, { baudRate: 115200 });
    } catch (error) {
      const isTooEarly = isFlasherError(error, "network-unreachable") && Date.now() < deadline;
      if (!isTooEarly) throw new Error(`no ser2net: ${server.said()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** A TCP port that nobody uses now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A minute of real time in which a client reads nothing and its board says 400 kB a second, as 4 Mbaud carry. @module */
import { once } from "node:events";
import { createServer } from "node:net";
import { systemClock } from "@flashwright/node-transport";
import { openAgentPort } from "@flashwright/web-transport/agent";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { WebSocket } from "ws";
import { startProcess } from "./agent.mjs";
import { MIB, report } from "./support.mjs";

const STALL_MS = 60_000;
const STEP_MS = 100;
const STEP_BYTES = 40_000;

export async function measureStall() {
  console.log("A client of an agent that reads nothing for 60 s, at 4 Mbaud");
  const board = createServer();
  const connected = once(board, "connection");
  board.listen(0, "127.0.0.1");
  await once(board, "listening");
  const { port } = board.address();
  const agent = await startProcess("agent.mjs", `socket://127.0.0.1:${port}`);
  let lost = 0;
  const access = { ...JSON.parse(agent.said), clock: systemClock, WebSocket };
  const transport = await openAgentPort(access, `socket-127.0.0.1-${port}`, {
    baudRate: 4_000_000,
    onOverrun: (droppedBytes) => {
      lost += droppedBytes;
    },
  });
  const [socket] = await connected;
  const before = Number(await agent.ask());
  let said = 0;
  let peak = before;
  for (const end = performance.now() + STALL_MS; performance.now() < end; ) {
    socket.write(new Uint8Array(STEP_BYTES));
    said += STEP_BYTES;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    if (said % (50 * STEP_BYTES) === 0) peak = Math.max(peak, Number(await agent.ask()));
  }
  const kept = agentLimits.untakenBytes + agentLimits.bufferBytes;
  let read = 0;
  while (read < kept) read += (await transport.read()).length;
  socket.write(new Uint8Array(1));
  while (read < kept + 1) read += (await transport.read()).length;
  report("the agent's memory has grown by", `${((peak - before) / MIB).toFixed(1)} MiB`, "aim 16 MB");
  report(
    `of ${said} bytes ${kept} were kept, and told as lost`,
    `${lost}`,
    lost === said - kept ? "exact" : `WRONG, it is ${said - kept}`,
  );
  await transport.close();
  await agent.end();
  socket.destroy();
  board.close();
}

/** `agent` and what is asked of one that runs. @module */
import type { Command as Program } from "commander";
import { parseTcpPort } from "../arguments/numbers.js";
import type { Context } from "../context.js";
import { type ResultTaker, withOutput } from "./options.js";

const EPILOGUE = `
Other machines: ssh -L 8266:127.0.0.1:8266 this-machine, with the same number on
both sides, and open the link there. It is good once, for a minute; the command
agent link prints a new one. A browser with Web Serial needs no agent.`;

/** Adds the group `agent`. */
export function addAgent(program: Program, context: Context, take: ResultTaker): void {
  const agent = program
    .command("agent")
    .description("lend this computer's serial ports to a browser: link, pair, pairings")
    .option("--no-open", "print the link and start no browser; so with --json")
    .option("--pair", "also let one other page in, with a code, as agent pair does")
    .option("--all-ports", "lend ports that are not behind USB too")
    .option("-p, --port <address>", "lend this port whatever it is; may be repeated", collect)
    .option("--virtual <board>", "lend a virtual board; may be repeated", collect)
    .option("--listen-port <port>", "TCP port (default: the first free one of 8266 to 8268)", parseTcpPort)
    .addHelpText("after", EPILOGUE);
  withOutput(agent, "also tell of each request and port, one line each").action(async (options) => {
    take(await (await import("../commands/agent.js")).agent(context, options));
  });
  addLink(agent, context, take);
  addPair(agent, context, take);
  addPairings(agent, context, take);
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function addLink(agent: Program, context: Context, take: ResultTaker): void {
  const command = agent
    .command("link")
    .description("a new link to the agent that runs, good once, for a minute");
  withOutput(command).action(async () => {
    take(await (await import("../commands/agent-link.js")).agentLink(context));
  });
}

function addPair(agent: Program, context: Context, take: ResultTaker): void {
  const command = agent
    .command("pair")
    .description("let a page of another site in: a code to type there, good for two minutes");
  withOutput(command).action(async () => {
    take(await (await import("../commands/agent-pair.js")).agentPair(context));
  });
}

function addPairings(agent: Program, context: Context, take: ResultTaker): void {
  const command = agent
    .command("pairings")
    .description("the pages that may come again, for thirty days each")
    .option("--revoke <id>", "forget one, or all; a page that is connected is cut off");
  withOutput(command).action(async (options) => {
    take(await (await import("../commands/agent-pairings.js")).agentPairings(context, options));
  });
}

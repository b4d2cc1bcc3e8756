/** Commands of the AT firmware that identify it or touch its flash. @module */
import { textBytes } from "../../bytes.js";
import type { Routine } from "../../chip/cpu.js";
import { type Machine, SOFTWARE_RESET } from "../../chip/machine.js";
import { DEFAULT_PARAMETERS, readParameters, writeParameters } from "../sdk/system-parameters.js";
import type { AtBuild } from "./recognise.js";

/** A running AT firmware. */
export interface AtContext {
  readonly machine: Machine;
  readonly mapSize: number;
  readonly build: AtBuild;
  echo: boolean;
}

/** Lines of an answer, and its last word. */
interface Answer {
  readonly lines: readonly string[];
  readonly end: "OK" | "ERROR" | "FAIL";
}
type Command = (context: AtContext, match: RegExpExecArray) => Routine<Answer>;

const STATION = 1;
const REBOOT_MS = 100;

const commands: readonly (readonly [RegExp, Command])[] = [
  [/^AT$/, agree],
  [/^ATE([01])$/, setEcho],
  [/^AT\+GMR$/, versions],
  [/^AT\+RST$/, restart],
  [/^AT\+RESTORE$/, restore],
  [/^AT\+CWMODE_DEF\?$/, showMode],
  [/^AT\+CWMODE_DEF=([123])$/, setMode],
  [/^AT\+CWJAP_DEF\?$/, showNetwork],
  [/^AT\+CWJAP_DEF="((?:[^"\\]|\\.)*)","((?:[^"\\]|\\.)*)"$/, joinNetwork],
];

/** Runs one command and answers it. */
export function* execute(context: AtContext, line: string): Routine<void> {
  for (const [pattern, command] of commands) {
    const match = pattern.exec(line);
    if (match === null) continue;
    yield* answer(context, yield* command(context, match));
    return;
  }
  yield* answer(context, { lines: [], end: "ERROR" });
}

function* answer({ machine }: AtContext, { lines, end }: Answer): Routine<void> {
  const text = lines.map((line) => `${line}\r\n`).join("");
  yield* machine.uart.transmit(textBytes(`${text}\r\n${end}\r\n`));
}

const ok = (...lines: readonly string[]): Answer => ({ lines, end: "OK" });

// biome-ignore lint/correctness/useYield: a command that takes no time is called as all others are
function* agree(): Routine<Answer> {
  return ok();
}

// biome-ignore lint/correctness/useYield: see above
function* setEcho(context: AtContext, match: RegExpExecArray): Routine<Answer> {
  context.echo = match[1] === "1";
  return ok();
}

/** The image keeps the parts of its first line apart; of them the version alone is read here. */
// biome-ignore lint/correctness/useYield: see above
function* versions({ build }: AtContext): Routine<Answer> {
  const { version, sdkVersion, compileTime, binLabel } = build;
  const lines = [
    `AT version:${version}.0`,
    `SDK version:${sdkVersion}`,
    `compile time:${compileTime}`,
    ...(binLabel === "" ? [] : [binLabel]),
  ];
  return ok(...lines);
}

/** Says OK, then resets. Nothing of this program goes on. */
function* restart(context: AtContext): Routine<Answer> {
  yield* answer(context, ok());
  return yield* reboot(context);
}

function* restore(context: AtContext): Routine<Answer> {
  yield* writeParameters(context.machine, context.mapSize, DEFAULT_PARAMETERS);
  yield* answer(context, ok());
  return yield* reboot(context);
}

function* reboot({ machine }: AtContext): Routine<never> {
  yield REBOOT_MS;
  machine.memory.write32(SOFTWARE_RESET, 0x80000000);
  for (;;) yield undefined;
}

// biome-ignore lint/correctness/useYield: see above
function* showMode({ machine, mapSize }: AtContext): Routine<Answer> {
  return ok(`+CWMODE_DEF:${readParameters(machine, mapSize).wifiMode}`);
}

function* setMode({ machine, mapSize }: AtContext, match: RegExpExecArray): Routine<Answer> {
  const wifiMode = Number(match[1]);
  yield* writeParameters(machine, mapSize, { ...readParameters(machine, mapSize), wifiMode });
  return ok();
}

/** The SDK's own network. On a real board this line needs a connection, whose address, channel and strength it gives. */
// biome-ignore lint/correctness/useYield: see above
function* showNetwork({ machine, mapSize }: AtContext): Routine<Answer> {
  const { ssid } = readParameters(machine, mapSize);
  return ssid === "" ? ok("No AP") : ok(`+CWJAP_DEF:"${ssid}","00:00:00:00:00:00",0,0`);
}

function* joinNetwork({ machine, mapSize }: AtContext, match: RegExpExecArray): Routine<Answer> {
  const [ssid, password] = [match[1]!, match[2]!].map((text) => text.replace(/\\(.)/g, "$1"));
  const { wifiMode } = readParameters(machine, mapSize);
  if ((wifiMode & STATION) === 0 || ssid!.length > 32 || password!.length > 64)
    return { lines: [], end: "ERROR" };
  yield* writeParameters(machine, mapSize, { wifiMode, ssid: ssid!, password: password! });
  return { lines: ["+CWJAP:3"], end: "FAIL" };
}

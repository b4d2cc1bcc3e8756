/** The console on the UART: lines in, results out. @module */
import type { Program, Routine } from "../../../chip/cpu.js";
import { SerialInput } from "../../serial-input.js";
import type { Context } from "../context.js";
import { doIdleWork, type Print } from "../idle-work.js";
import { builtIns, printedLine } from "../library/globals.js";
import { run, type Scope } from "../script/evaluate.js";
import { parse } from "../script/parse.js";
import { shown } from "../script/print-value.js";
import { ScriptError } from "../script/values.js";
import { type Edit, LineEditor, PROMPT } from "./line-editor.js";

/** Milliseconds that a line takes to be understood, about. */
const LINE_MS = 1;
/** Since this release ENQ on an empty line is answered. */
const FIRST_WITH_ENQUIRY = 225;

/** One console. */
export class EspruinoConsole {
  readonly input: SerialInput;
  readonly #context: Context;
  readonly #print: Print;
  readonly #editor = new LineEditor();
  readonly #scope: Scope;

  constructor(context: Context, print: Print) {
    this.input = new SerialInput(context.machine);
    this.#context = context;
    this.#print = print;
    const builtIn = builtIns(context, {
      *print(...args) {
        yield* print(`${printedLine(args)}\n`);
        return undefined;
      },
      setEcho: (on) => {
        this.#editor.echo = on;
      },
    });
    this.#scope = { builtIn, variables: context.variables };
  }

  /** Shows the prompt and listens for ever. */
  *listen(): Program {
    yield* this.#print(PROMPT);
    for (;;) {
      const byte = this.input.take();
      if (byte === undefined) yield undefined;
      else yield* this.#react(this.#editor.put(byte));
    }
  }

  *#react({ echo, line, quiet = false, enquiry = false }: Edit): Routine<void> {
    if (echo !== "") yield* this.#print(echo);
    if (enquiry) yield* this.#introduce();
    if (line === undefined) return;
    yield LINE_MS;
    yield* this.#execute(line, quiet);
    yield* doIdleWork(this.#context, this.#print);
    if (this.#editor.echo && !quiet) yield* this.#print(PROMPT);
  }

  *#execute(line: string, quiet: boolean): Routine<void> {
    const showsResult = this.#editor.echo && !quiet;
    try {
      const result = yield* run(parse(line), this.#scope);
      if (showsResult && this.#editor.echo) yield* this.#print(`=${shown(result)}\n`);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      yield* this.#print(`Uncaught ${error.kind}: ${error.message}\n`);
    }
  }

  *#introduce(): Routine<void> {
    const { release, version, board } = this.#context.build;
    if (release >= FIRST_WITH_ENQUIRY) yield* this.#print(`Espruino ${version} ${board}\n`);
  }
}

/** Where the demonstration takes place: one virtual board on a desk, with files beside it. @module */
import { join } from "node:path";
import { type OperationResult, sleep } from "@flashwright/core";
import type { DemoFile } from "@flashwright/core/demo";
import type { CliEvent } from "../cli-event.js";
import type { Context } from "../context.js";
import { writeBytes } from "../files.js";
import type { World } from "../world.js";
import { SerialConsole } from "./console.js";
import { pacedClock } from "./paced-clock.js";

const BOARD = "esp-12f";
/** The board's seconds in each one of the person who watches. */
export const SPEED = 5;
/** So that a person can follow, where one sits at a terminal: milliseconds of theirs. */
const READING_MS_PER_CHARACTER = 17;
const AFTER_COMMAND_MS = 1200;
const AFTER_ANSWER_MS = 250;

/** One act's board, and what can be done with it. */
export class Stage {
  readonly #context: Context;
  readonly #folder: string;
  readonly #files = new Map<string, string>();
  #proposed: readonly string[] | undefined;

  private constructor(
    context: Context,
    folder: string,
    readonly world: World,
  ) {
    this.#context = {
      ...context,
      world,
      emit: (event) => {
        this.#notice(event);
        context.emit(event);
      },
    };
    this.#folder = folder;
  }

  /**
   * A desk with a board whose flash is blank.
   * @param folder for the files beside it, and for backups
   */
  static async setUp(context: Context, folder: string): Promise<Stage> {
    const { world } = context;
    const clock = pacedClock(world.clock, SPEED);
    const { createVirtualBoard } = await import("@flashwright/virtual-device");
    const board = createVirtualBoard({ board: BOARD, clock, pace: "line" });
    return new Stage(context, folder, {
      ...world,
      clock,
      // Neither the settings of the person's own boards nor those of the folder where they sit are for this one.
      env: {},
      currentFolder: folder,
      prompts: undefined,
      dataFolder: folder,
      listPorts: async () => [{ path: "the virtual board", vendorId: "10c4", productId: "ea60" }],
      openTransport: async () => board.reconnect(),
    });
  }

  /** Lays a file beside the board; commands find it by its name. */
  async lay({ name, bytes }: DemoFile): Promise<void> {
    const path = join(this.#folder, name);
    await writeBytes(path, bytes);
    this.#files.set(name, path);
  }

  /** Says what happens, and gives time to read it. */
  async tell(text: string): Promise<void> {
    this.#context.emit({ type: "told", text });
    await this.#pause(text.length * READING_MS_PER_CHARACTER);
  }

  /**
   * Does a command, shown as a person would type it.
   * @returns its result, and the command that it proposed
   * @throws FlasherError the command's own
   */
  async run(
    ...command: readonly string[]
  ): Promise<{ result: OperationResult; proposed: readonly string[] | undefined }> {
    this.#proposed = undefined;
    this.#context.emit({ type: "typed", command });
    // The person stands in the folder with the files; this program stands elsewhere.
    const argv = command.map((argument) => this.#files.get(argument) ?? argument);
    const result = await this.#context.run(argv, this.#context);
    this.#context.emit({ type: "ended", result });
    await this.#pause(AFTER_COMMAND_MS);
    return { result, proposed: this.#proposed };
  }

  /** Opens a terminal window, types these lines one after the other, and closes it. @returns the answers */
  async type(...lines: readonly string[]): Promise<string[][]> {
    const console = new SerialConsole(await this.world.openTransport(""), this.world.clock);
    await console.open();
    const answers: string[][] = [];
    try {
      for (const line of lines) {
        const answer = await console.type(line);
        this.#context.emit({ type: "dialogue", typed: line, lines: answer });
        answers.push(answer);
        await this.#pause(AFTER_ANSWER_MS * (1 + answer.length));
      }
    } finally {
      await console.close();
    }
    return answers;
  }

  #notice(event: CliEvent): void {
    if (event.type === "diagnosis") this.#proposed = event.command ?? event.offered;
  }

  async #pause(milliseconds: number): Promise<void> {
    const { world, output, signal } = this.#context;
    if (world.stdout.isTTY !== true || output.json) return;
    await sleep(world.clock, milliseconds * SPEED, signal);
  }
}

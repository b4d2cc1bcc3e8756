/**
 * Everything outside of the program that a command touches, so that a test can be its world.
 *
 * @module
 */
import type { Clock, Transport } from "@flashwright/core";
import type { ListedPort, PortUser } from "@flashwright/node-transport";

/** Where text goes. `isTTY` decides on bars and colour, `columns` on their width. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Questions to a person at a terminal. */
export interface Prompts {
  /** One of several; `undefined` when the person gave up. */
  choose(question: string, choices: readonly Choice[]): Promise<string | undefined>;
  /** A line of text; `undefined` when the person gave up. */
  type(question: string): Promise<string | undefined>;
}

/** One answer to choose from. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Standard input as keys, as they are pressed; nothing is echoed. */
export interface Keyboard {
  /** Whether somebody sits there; otherwise it is a file or a pipe. */
  readonly isTTY: boolean;
  /** What was pressed, at least one byte; `undefined` once the input has ended or the keyboard was closed. */
  read(): Promise<Uint8Array | undefined>;
  /** Leaves the terminal as it was found. */
  close(): void;
}

/** The world of one run of the program. */
export interface World {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Versions for reports: this program, Node, the operating system. */
  readonly system: string;
  /** The operating system as Node names it: "linux", "win32". */
  readonly platform: string;
  /** `undefined` where nobody sits at a terminal to be asked. */
  readonly prompts: Prompts | undefined;
  /** Where the program keeps what it saves unasked, as backups before something is erased; may not be there yet. */
  readonly dataFolder: string;
  /** Where the program was started; the configuration is searched from there upwards. */
  readonly currentFolder: string;
  /** Whether every device and file is open to this program: root on a Unix. */
  readonly isRoot: boolean;
  /** The date and time of the day. */
  now(): Date;
  /** All of standard input. */
  readStdin(): Promise<Uint8Array>;
  /** Every key goes to the reader from here on, Ctrl-C too. */
  openKeyboard(): Keyboard;
  listPorts(): Promise<ListedPort[]>;
  /** The other programs that have these serial ports open, as far as the system tells; by path. */
  portUsers(paths: readonly string[]): Promise<ReadonlyMap<string, readonly PortUser[]>>;
  /**
   * Opens a port of any kind but a virtual one; at 115200 baud until told otherwise.
   * @param onOverrun told of bytes of the board that an agent could not keep, since nobody read them
   */
  openTransport(address: string, onOverrun?: (droppedBytes: number) => void): Promise<Transport>;
  /** Opens an address in the user's browser. @throws Error why not, in a few words */
  openLink(address: string): Promise<void>;
  /** Calls `listener` on Ctrl-C and on a request to end; the returned function stops that. */
  onInterrupt(listener: () => void): () => void;
}

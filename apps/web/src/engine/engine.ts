/**
 * What the page asks of the part that talks to boards. It lives in a worker; everything here is plain data, with the words
 * for people already in it, so that the page itself needs neither core nor its catalogue.
 *
 * @module
 */
import type { FirmwareReport } from "../report/firmware.js";
import type { ConsoleEntry } from "../report/journal.js";
import type {
  BackupContents,
  BackupReport,
  BoardReport,
  DoneReport,
  PlanReport,
  TextReport,
} from "../report/reports.js";

/** A file as it was dropped or chosen, with its path below what was dropped. */
export interface NamedFile {
  readonly path: string;
  readonly file: Blob;
}

/** Bytes of flash: `size` from `offset` on. */
export interface Stretch {
  readonly offset: number;
  readonly size: number;
}

/** A board that exists only in this page. */
export interface VirtualWay {
  readonly kind: "virtual";
  /** What is on it: nothing, or a firmware whose map is wrong for it, as the doctor likes it. */
  readonly holds: "nothing" | "espruino";
  /** `line`: everything takes the time that it takes on a real board. */
  readonly pace: "line" | "unlimited";
}

/** A port of the browser that the person has granted to this page, by its name among those that are there. */
export interface SerialWay {
  readonly kind: "serial";
  readonly label: string;
}

/** A port that the page has opened and lends over a channel, also again when it was unplugged. */
export interface PortWay {
  readonly kind: "port";
  readonly port: MessagePort;
  /** The bridge behind it, where it is known. */
  readonly adapter?: { readonly vendorId: string; readonly productId: string; readonly platform?: string };
}

/** A port of the agent that serves this page. */
export interface AgentWay {
  readonly kind: "agent";
  /** "http://127.0.0.1:8266" */
  readonly url: string;
  /** Secret: it goes to the agent alone. */
  readonly token: string;
  readonly id: string;
  readonly label: string;
  readonly adapter: PortWay["adapter"] | undefined;
}

/** How to reach a board. */
export type Way = VirtualWay | SerialWay | PortWay | AgentWay;

/** What somebody may want of a plan for a firmware. */
export interface PlanWish {
  /** Without it an update where the same firmware is there, and an installation elsewhere. */
  readonly intent?: "install" | "update";
  readonly eraseAll: boolean;
  /** Names as the parsers take them: `dio`, `40m`, `4MB-c1`; `detect` is the plain map of the chip's size; what is left out is left to the plan. */
  readonly header: { readonly mode?: string; readonly freq?: string; readonly size?: string };
  readonly force: boolean;
}

/** What of a backup is to come back. */
export interface RestoreChoice {
  /** Ids of regions; all that is in it without them. */
  readonly regions?: readonly string[];
  /** Another chip's radio calibration too. */
  readonly force: boolean;
}

/** How what is lost was agreed to. */
export type Consent = "nothing-lost" | "backed-up" | "yes";

/** What is to be drawn. */
export interface DrawRequest {
  /** The chip as it is, as it will be when the plan has run, or both. */
  readonly show: "now" | "planned" | "both";
  /** For a narrow screen: less words beside each region. */
  readonly compact: boolean;
  /** Two columns as two drawings, one below the other. */
  readonly stacked: boolean;
  /** Whether titles are part of the drawing. */
  readonly titled: boolean;
  /** Only this stretch of the chip. */
  readonly window?: Stretch;
  readonly theme: "auto" | "light" | "dark";
}

/** A drawing. */
export interface Drawing {
  /** SVG document. */
  readonly svg: string;
  /** What its columns show, in their order. */
  readonly titles: readonly string[];
}

/** The engine. One operation at a time; all but `cancel` reject with a `Problem`. */
export interface Engine {
  /** Whether this side has the browser's serial ports; where not, the page opens them and lends them. */
  hasSerial(): Promise<boolean>;
  /** The rate to work at, in bit/s, from the next connection on; as fast as link and adapter can without one. */
  setRate(rate: number | undefined): Promise<void>;
  /** Opens the way and examines the board behind it. */
  connect(way: Way): Promise<BoardReport>;
  /** Examines the board once more. */
  examine(): Promise<BoardReport>;
  /** Examines a file that was read from a chip. */
  examineDump(file: NamedFile): Promise<BoardReport>;
  /** Reads what somebody pasted: boot messages, answers of the console, a flasher's output. */
  examineText(text: string): Promise<TextReport>;
  /** Opens firmware: files, folders, archives, manifests, and a command line that names files among them. */
  openFirmware(files: readonly NamedFile[], commandLine: string): Promise<FirmwareReport>;
  /** Downloads firmware, and for a manifest the files that it names. */
  openFirmwareAt(address: string): Promise<FirmwareReport>;
  /** A firmware that is made here, in form like a real one, to try everything on a virtual board. */
  openSample(): Promise<FirmwareReport>;
  /** Connects and plans the firmware that was opened. */
  plan(wish: PlanWish): Promise<PlanReport>;
  /** Connects and plans what puts these findings right. */
  planRepair(codes: readonly string[]): Promise<PlanReport>;
  /** Opens a backup and says what is in it. */
  openBackup(file: NamedFile): Promise<BackupContents>;
  /** Connects and plans to bring a backup back, or parts of it. */
  planRestore(file: NamedFile, choice: RestoreChoice): Promise<PlanReport>;
  /** Connects and plans to erase regions of the layout, by id. */
  planErase(ids: readonly string[]): Promise<PlanReport>;
  /** Saves what the plan would lose or change. */
  backUpForPlan(): Promise<BackupReport>;
  /** Saves the whole chip, or some of it. */
  backUp(stretch?: Stretch): Promise<BackupReport>;
  /** Runs the plan, and watches the board start. */
  run(consent: Consent): Promise<DoneReport>;
  /** Goes on with the plan whose run changed the flash and did not come to its end: writes what is missing, verifies all. */
  goOn(): Promise<DoneReport>;
  /** Forgets the plan, and lets the board run again. */
  dropPlan(): Promise<void>;
  /** Bytes of the chip or the dump. */
  read(stretch: Stretch): Promise<Uint8Array>;
  /** The map in one drawing, or in two that are stacked. */
  draw(request: DrawRequest): Promise<readonly Drawing[]>;
  /** Listens to the board that runs, until anything else is asked for. */
  openConsole(wish: ConsoleWish): Promise<ConsoleReport>;
  /** Changes how an open console shows and follows; its rate stays. */
  changeConsole(wish: ConsoleWish): Promise<void>;
  /**
   * Types at the console, as it is, unless that would destroy something.
   * @param isSure goes all the same
   * @returns what the line that is held back would destroy
   */
  typeAtConsole(text: string, isSure?: boolean): Promise<string | undefined>;
  /** What a text would destroy if the board ran it. */
  dangerOf(text: string): Promise<string | undefined>;
  /** Types a whole text, waiting for the board behind each piece of it. */
  sendToConsole(request: SendRequest): Promise<SentReport>;
  /** Ends the sending that runs. */
  stopSending(): Promise<void>;
  /** Starts the board again; the console stays. @param readsBoot reads the boot ROM's rate until the firmware begins */
  resetBoard(readsBoot: boolean): Promise<void>;
  /** Opens the port anew where it is there again. @returns whether it is */
  reopenPort(): Promise<boolean>;
  /** Stops listening. */
  closeConsole(): Promise<void>;
  /** Ends the operation that runs. */
  cancel(): Promise<void>;
  /** Lets the board run, and lets go of the port. */
  disconnect(): Promise<void>;
}

/** The names of all methods, which a remote engine is made of. */
export const engineMethods = [
  "hasSerial",
  "setRate",
  "connect",
  "examine",
  "examineDump",
  "examineText",
  "openFirmware",
  "openFirmwareAt",
  "openSample",
  "plan",
  "planRepair",
  "openBackup",
  "planRestore",
  "planErase",
  "backUpForPlan",
  "backUp",
  "run",
  "goOn",
  "dropPlan",
  "read",
  "draw",
  "openConsole",
  "changeConsole",
  "typeAtConsole",
  "dangerOf",
  "sendToConsole",
  "stopSending",
  "resetBoard",
  "reopenPort",
  "closeConsole",
  "cancel",
  "disconnect",
] as const satisfies readonly (keyof Engine)[];

/** What the engine tells while it works, with words for people where there are any. */
export type EngineEvent =
  | {
      readonly type: "connecting";
      readonly attempt: number;
      readonly baudRate: number;
      readonly reset: string;
    }
  /** A file comes from an address; `totalBytes` where its server says how long it is. */
  | {
      readonly type: "downloading";
      readonly name: string;
      readonly doneBytes: number;
      readonly totalBytes?: number;
    }
  | {
      readonly type: "buttons-needed";
      readonly hands: Hands;
      readonly title: string;
      readonly text: string;
    }
  /** The board or the way to it is gone; it is waited for. */
  | { readonly type: "away"; readonly title: string; readonly text: string }
  | { readonly type: "connected" }
  | { readonly type: "looking"; readonly depth: "quick" | "deep" | "compare" }
  | { readonly type: "planned"; readonly writes: readonly Stretch[]; readonly erases: readonly Stretch[] }
  | { readonly type: "started" | "finished"; readonly operation: Operation; readonly region: Stretch }
  | {
      readonly type: "progress";
      readonly operation: Operation;
      readonly region: Stretch;
      readonly doneBytes: number;
    }
  | { readonly type: "warning" | "note"; readonly text: string }
  | { readonly type: "boot"; readonly line: string }
  | { readonly type: "starting" }
  | ConsoleEvent
  | { readonly type: "console-sent"; readonly done: number; readonly count: number }
  /** The console is over: lost with its port, or closed here. */
  | { readonly type: "console-closed"; readonly isLost: boolean };

/** What came from the board's console. */
export interface ConsoleEvent {
  readonly type: "console";
  /** Safe to write to a terminal. */
  readonly text: string;
  /** Lines that ended in it. */
  readonly lines: readonly LoggedLine[];
  /** What happened, new or grown. */
  readonly entries: readonly ConsoleEntry[];
  /** Whose console it turned out to be. */
  readonly kind?: ConsoleKind;
  /** bit/s at which the port is read from now on. */
  readonly baudRate?: number;
}

/** A line for a log. */
export interface LoggedLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** Consoles that the page has shortcuts for. */
export type ConsoleKind = "espruino" | "micropython" | "nodemcu" | "at";

/** How a console is read and shown. */
export interface ConsoleWish {
  /** bit/s of the firmware's console. */
  readonly baudRate: number;
  /** When the board restarts by itself, its boot messages are read at their own rate. */
  readonly followsStarts: boolean;
  readonly view: { readonly timestamps: boolean; readonly hex: boolean };
}

/** What is known of a console when it opens. */
export interface ConsoleReport {
  readonly kind?: ConsoleKind;
  /** Whether the port can reset the board. */
  readonly canReset: boolean;
}

/** A text to be typed. */
export interface SendRequest {
  readonly text: string;
  /** For messages: a file's name. */
  readonly name: string;
  /** `statements`: JavaScript for Espruino. */
  readonly how: "statements" | "lines";
  /** What ends a line where lines are sent. */
  readonly ending: "\r" | "\n" | "\r\n";
}

/** What became of it. */
export interface SentReport {
  /** Statements or lines that the board has taken. */
  readonly done: number;
  readonly count: number;
  readonly errors: readonly { readonly line: number; readonly text: string }[];
  readonly wasStopped: boolean;
}

/** Kinds of work on a region. */
export type Operation = "check" | "erase" | "write" | "verify" | "read";

/** An event and when it happened, in milliseconds since any fixed moment. */
export interface Told {
  readonly at: number;
  readonly event: EngineEvent;
}

/** What to do at the board: hold FLASH while RESET is pressed, or, where it is reset from here, hold FLASH alone. */
export type Hands = "flash-and-reset" | "hold-flash";

/** A failure, in words: what happened, the one thing to do, and details to copy. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** What is on the chip now, where the operation could have changed it. */
  readonly left?: string;
  /** Whether the flash may be another than before. */
  readonly isFlashChanged?: true;
  /** Set where somebody's hands on the board bring it into its loader. */
  readonly hands?: Hands;
  readonly details: string;
  /** Whether somebody stopped it. */
  readonly isCancelled: boolean;
}

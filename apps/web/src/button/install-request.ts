/** What an element asks of the dialog. @module */

/** A manifest by its address, or itself. */
export type ManifestSource = string | object;

/** What happens, as ESP Web Tools names it. */
export type InstallStage = "initializing" | "preparing" | "erasing" | "writing" | "finished" | "error";

/** The detail of the event `state-changed`. */
export interface InstallState {
  readonly state: InstallStage;
  /** For people. */
  readonly message: string;
  readonly details?: {
    /** Bytes of flash. */
    readonly bytesTotal: number;
    readonly bytesWritten: number;
    readonly percentage: number;
  };
}

/** One press of a button. */
export interface InstallRequest {
  readonly manifest: ManifestSource | undefined;
  readonly eraseFirst: boolean;
  readonly hideProgress: boolean;
  readonly showLog: boolean;
  /** The port that the browser asks for just now. */
  readonly port: Promise<unknown>;
  /** Has the browser ask once more: while a press counts. */
  readonly askForPort: (all: boolean) => Promise<unknown>;
  readonly onState: (state: InstallState) => void;
}

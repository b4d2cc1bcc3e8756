/** Looks at what is typed before the board does: saving must not destroy the firmware that runs. @module */
import { formatStatement } from "@flashwright/core";
import { type SavingDangers, savingsIn } from "@flashwright/core/console";

/** Characters of one line that are remembered. */
const LONGEST = 4096;

/** Knows the line that is being typed, also where the board does not echo it. */
export class SavingGuard {
  #typed = "";

  constructor(readonly dangers: SavingDangers) {}

  /** What a text would destroy, in words; `undefined` where nothing. */
  dangerOf(text: string): string | undefined {
    const saving = savingsIn(text).find((saving) => this.dangers[saving] !== undefined);
    const danger = saving && this.dangers[saving];
    return danger && formatStatement(danger);
  }

  /** The same of a line that keys would end. @param openLine the line as the board shows it */
  dangerOfTyping(keys: string, openLine: string): string | undefined {
    if (!/[\r\n]/.test(keys)) return undefined;
    return this.dangerOf(`${this.#typed}${keys}`) ?? this.dangerOf(`${openLine}${keys}`);
  }

  /** These keys went to the board. */
  typed(keys: string): void {
    for (const key of keys) {
      if (key === "\r" || key === "\n" || key === "\x03" || key === "\x15") this.#typed = "";
      else if (key === "\b" || key === "\x7f") this.#typed = this.#typed.slice(0, -1);
      else this.#typed = (this.#typed + key).slice(-LONGEST);
    }
  }
}

/** Who has a port: browsers do not say that another tab has it, but tabs of one page can tell each other. @module */
import { words } from "../words/words.js";

/** Says to other tabs that this one has the port. @param until when it has it no more */
export function holdForTab(label: string, until: Promise<unknown>): void {
  void locks()?.request(nameOf(label), { ifAvailable: true }, (lock) => (lock === null ? undefined : until));
}

/** Who has the port, in words; `undefined` where it is no tab of this page. */
export async function holderOf(label: string): Promise<string | undefined> {
  const held = (await locks()?.query())?.held ?? [];
  return held.some(({ name }) => name === nameOf(label)) ? words.otherTab : undefined;
}

/** Missing on pages that are not secure, which have no ports either. */
function locks(): LockManager | undefined {
  return (globalThis as { readonly navigator?: { readonly locks?: LockManager } }).navigator?.locks;
}

function nameOf(label: string): string {
  return `flashwright port ${label}`;
}

/** Short names of ports, for addresses. @module */

const LONGEST = 60;

/** Gives every path an id for as long as the agent runs: "ttyUSB0", "COM3", "pts-3". No two paths have the same. */
export class PortIds {
  readonly #ids = new Map<string, string>();
  readonly #taken = new Set<string>();

  idOf(path: string): string {
    const known = this.#ids.get(path);
    if (known !== undefined) return known;
    const id = this.#free(readable(path));
    this.#ids.set(path, id);
    this.#taken.add(id);
    return id;
  }

  #free(wish: string): string {
    for (let number = 1; ; number++) {
      const id = number === 1 ? wish : `${wish}-${number}`;
      if (!this.#taken.has(id)) return id;
    }
  }
}

/** The path without its usual beginning, in characters that need no escape anywhere. */
function readable(path: string): string {
  const name = path.replace(/^(\/dev\/|\\\\\.\\|virtual:)/, "").replace(/[^A-Za-z0-9._-]+/g, "-");
  return name.replace(/^[-.]+|-+$/g, "").slice(0, LONGEST) || "port";
}

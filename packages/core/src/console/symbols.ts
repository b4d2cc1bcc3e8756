/**
 * Names for addresses.
 *
 * @module
 */

/** A name in a program, from its symbol table. */
export interface ProgramSymbol {
  readonly name: string;
  /** CPU address of its first byte. */
  readonly address: number;
  /** Bytes; 0 where the table does not say, as of what is written in assembly or lies in the mask ROM. */
  readonly size: number;
}

/** Where an address lies. */
export interface SymbolPlace {
  readonly name: string;
  /** Bytes from the start of what has the name. */
  readonly offset: number;
}

/** Finds the name of what lies at an address; `undefined` where nothing with a name does. */
export type FindSymbol = (address: number) => SymbolPlace | undefined;

/** A symbol without a size is taken to reach to the next one, but no further than this many bytes. */
const FARTHEST = 0x1000;

/** A search over symbols in any order; of several at one address the one with a size, then the first. */
export function symbolSearch(symbols: readonly ProgramSymbol[]): FindSymbol {
  const sorted = symbols
    .map((symbol, index) => ({ symbol, index }))
    .sort((a, b) => a.symbol.address - b.symbol.address || preference(b) - preference(a) || a.index - b.index)
    .map(({ symbol }) => symbol)
    .filter(({ address }, index, all) => index === 0 || all[index - 1].address !== address);
  return (address) => {
    const symbol = sorted[lastAtOrBelow(sorted, address)];
    if (symbol === undefined) return undefined;
    const offset = address - symbol.address;
    return offset < (symbol.size || FARTHEST) ? { name: symbol.name, offset } : undefined;
  };

  function preference({ symbol }: { readonly symbol: ProgramSymbol }): number {
    return symbol.size > 0 ? 1 : 0;
  }
}

/** Index of the last symbol that begins at or before an address; -1 where all begin behind it. */
function lastAtOrBelow(sorted: readonly ProgramSymbol[], address: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].address <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

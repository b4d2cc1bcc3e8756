/**
 * Names for addresses out of the firmware's ELF file.
 *
 * The library reads sections and symbols and no DWARF lines, so no place has a file and line here. What it believes of a
 * file's own sizes is bounded by the reader below.
 *
 * @module
 */
import { FlasherError } from "@flashwright/core";
import { type FindSymbol, type ProgramSymbol, symbolSearch } from "@flashwright/core/console";
import { readBytes } from "../files.js";

/** Larger than any build for this chip with all that debuggers want. */
const LARGEST = 128 * 0x10_0000;
/** Symbol types of ELF: none, as of names in assembly and in linker scripts, and functions. */
const CODE_TYPES: ReadonlySet<number> = new Set([0, 2]);
/** CPU addresses at which code can lie: mask ROM, RAM for instructions, flash. */
const CODE = { start: 0x4000_0000, end: 0x4030_0000 };

/**
 * Reads the symbol table.
 * @throws FlasherError `file-missing`, `file-unreadable`, `elf-unreadable`
 */
export async function readElfSymbols(path: string): Promise<FindSymbol> {
  const file = await readBytes(path);
  const refuse = (detail: string) => new FlasherError("elf-unreadable", { name: path, detail });
  if (file.length > LARGEST) throw refuse("it is too large");
  const { open } = await import("elfinfo");
  const { success, errors, warnings, elf } = await open(boundedReader(file));
  if (!success || elf === undefined || warnings.length > 0) throw refuse([...errors, ...warnings].join(" "));
  const code = elf.sections.flatMap((section) =>
    hasSymbols(section) ? section.symbols.flatMap(codeSymbol) : [],
  );
  if (code.length === 0) throw refuse("it names no code of this chip; a stripped file has no names");
  return symbolSearch(code);
}

/** What is used of the library's symbols. */
interface ElfSymbol {
  readonly name: string;
  readonly type: number;
  readonly value: number | bigint;
  readonly size: number;
}

function hasSymbols(section: object): section is { readonly symbols: readonly ElfSymbol[] } {
  return "symbols" in section && Array.isArray(section.symbols);
}

function codeSymbol(symbol: ElfSymbol): ProgramSymbol[] {
  const address = Number(symbol.value);
  if (symbol.name === "" || !CODE_TYPES.has(symbol.type)) return [];
  return address >= CODE.start && address < CODE.end
    ? [{ name: symbol.name, address, size: symbol.size }]
    : [];
}

/** The library believes what a file says of its own sizes; this reader gives it no more than there is. */
function boundedReader(file: Uint8Array) {
  let at = 0;
  const take = async (length: number, position?: number): Promise<Uint8Array> => {
    const from = position ?? at;
    if (!(length > 0 && from >= 0 && from + length <= file.length)) throw new Error("it is cut off");
    at = from + length;
    return file.subarray(from, from + length);
  };
  return {
    open: async () => {},
    close: async () => {},
    size: () => file.length,
    read: take,
    async view(length: number, position?: number) {
      const bytes = await take(length, position);
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
  };
}

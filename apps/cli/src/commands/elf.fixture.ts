/** ELF files for tests of commands, made from the format's description. @module */

/** A 32-bit little-endian executable for Xtensa that holds a symbol table of functions and nothing else. */
export function sampleElf(
  symbols: readonly (readonly [name: string, address: number, size: number])[],
): Uint8Array {
  const encoder = new TextEncoder();
  const names = ["", ...symbols.map(([name]) => name)];
  const offsets = names.map((_, i) => names.slice(0, i).reduce((sum, name) => sum + name.length + 1, 0));
  const strings = encoder.encode(`${names.join("\0")}\0`);
  const symbolTable = new Uint8Array(16 * names.length);
  symbols.forEach(([, address, size], i) => {
    const view = new DataView(symbolTable.buffer, 16 * (i + 1), 16);
    view.setUint32(0, offsets[i + 1]!, true);
    view.setUint32(4, address, true);
    view.setUint32(8, size, true);
    view.setUint8(12, 0x12); // global, function
    view.setUint16(14, 1, true);
  });
  const sectionNames = encoder.encode("\0.symtab\0.strtab\0.shstrtab\0");
  const parts = [symbolTable, strings, sectionNames];
  const starts = parts.map((_, i) => 52 + parts.slice(0, i).reduce((sum, part) => sum + part.length, 0));
  const headersAt = (starts[2]! + sectionNames.length + 3) & ~3;
  const file = new Uint8Array(headersAt + 4 * 40);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
  view.setUint16(16, 2, true); // executable
  view.setUint16(18, 94, true); // Xtensa
  view.setUint32(20, 1, true);
  view.setUint32(32, headersAt, true);
  view.setUint16(40, 52, true);
  view.setUint16(46, 40, true);
  view.setUint16(48, 4, true);
  view.setUint16(50, 3, true);
  const header = (index: number, name: number, type: number, link: number, entry: number) => {
    const at = headersAt + index * 40;
    const words = [name, type, 0, 0, starts[index - 1]!, parts[index - 1]!.length, link, 1, 1, entry];
    for (const [i, word] of words.entries()) view.setUint32(at + 4 * i, word, true);
  };
  header(1, 1, 2, 2, 16);
  header(2, 9, 3, 0, 0);
  header(3, 17, 3, 0, 0);
  for (const [i, part] of parts.entries()) file.set(part, starts[i]!);
  return file;
}

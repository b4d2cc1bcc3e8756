/** Erasing and flashing as people do it with another tool: esptool-js, on a virtual board. @module */
import type { Transport } from "@flashwright/core";
import { ESPLoader, type FlashSizeValues } from "esptool-js";
import { QuietEsptoolTransport, Terminal, WebSerialPort } from "./esptool-js-adapter.js";

/** Bytes and their offset. */
export interface OtherToolsFile {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * Erases the whole chip, then writes files as they are but for the flash size of the first header.
 * @param size as that tool names it: `512KB`, `4MB`, `keep`
 */
export async function flashWithEsptool(
  connect: () => Transport,
  files: readonly OtherToolsFile[],
  size: FlashSizeValues,
): Promise<void> {
  const transport = new QuietEsptoolTransport(new WebSerialPort(connect) as never);
  const terminal = new Terminal();
  const loader = new ESPLoader({ transport, baudrate: 460_800, romBaudrate: 115_200, terminal });
  await loader.main();
  await loader.eraseFlash();
  await loader.writeFlash({
    fileArray: files.map(({ offset, bytes }) => ({ data: bytes, address: offset })),
    flashMode: "keep",
    flashFreq: "keep",
    flashSize: size,
    eraseAll: false,
    compress: true,
  });
  await loader.after("hard_reset");
  await transport.disconnect();
}

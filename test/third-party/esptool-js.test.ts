import { createHash } from "node:crypto";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { decodeBase64Data, ESPLoader } from "esptool-js";
import stubJson from "esptool-js/lib/targets/stub_flasher/esp8266.json" with { type: "json" };
import { beforeAll, describe, expect, it } from "vitest";
import { mixedContent, noise } from "../support/content.js";
import { QuietEsptoolTransport, Terminal, WebSerialPort } from "./esptool-js-adapter.js";
import { bytesOf, type Request, registerTrace, requestsIn } from "./wire-trace.js";

const MEM_BEGIN = 0x05;
const MEM_DATA = 0x07;
const MEM_END = 0x06;
const CHANGE_BAUD_RATE = 0x0f;
const FLASH_DEFL_BEGIN = 0x10;

const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

/** One esptool-js at work on one virtual board. */
function esptoolAtWork() {
  const before = noise(0x400000, 1);
  const board = createVirtualBoard({ flash: before });
  const port = new WebSerialPort(() => board.reconnect());
  const transport = new QuietEsptoolTransport(port as never);
  const terminal = new Terminal();
  const loader = new ESPLoader({ transport, baudrate: 460_800, romBaudrate: 115_200, terminal });
  /** The requests that `work` sends. */
  const requestsOf = async (work: () => Promise<unknown>): Promise<Request[]> => {
    const start = port.written.length;
    await work();
    return requestsIn(port.written.slice(start));
  };
  return { before, board, port, terminal, loader, requestsOf };
}

describe("esptool-js 0.7.0 on the virtual board", () => {
  const { before, board, port, terminal, loader, requestsOf } = esptoolAtWork();
  let connecting: Request[];
  beforeAll(async () => {
    connecting = await requestsOf(() => loader.main());
  });
  const bodiesOf = (op: number): DataView[] => connecting.filter((r) => r.op === op).map(({ body }) => body);

  it("connects through the reset lines and identifies chip, crystal and MAC", () => {
    expect(terminal.lines).toEqual(
      expect.arrayContaining([
        "ESP8266",
        "Chip is ESP8266EX",
        "Features: WiFi",
        "Crystal is 26MHz",
        "MAC: 5c:cf:7f:02:9a:b7",
      ]),
    );
  });

  it("hears GET_SECURITY_INFO refused as the ROM refuses what it does not know, and goes on", () => {
    expect(connecting.filter(({ op }) => op === 0x14)).toHaveLength(1);
    expect(board.statistics.unknownCommands).toBe(1);
  });

  it("uploads its own stub, text before data, and has it running", () => {
    const begins = bodiesOf(MEM_BEGIN).map((body) => [body.getUint32(0, true), body.getUint32(12, true)]);
    const text = decodeBase64Data(stubJson.text);
    const data = decodeBase64Data(stubJson.data);
    expect(begins).toEqual([
      [text.length, stubJson.text_start],
      [data.length, stubJson.data_start],
    ]);
    const sent = bodiesOf(MEM_DATA).flatMap((body) => [...bytesOf(body).subarray(16)]);
    expect(sent).toEqual([...text, ...data]);
    expect(bodiesOf(MEM_END).map((body) => body.getUint32(4, true))).toEqual([stubJson.entry]);
    expect(terminal.lines).toContain("Stub running...");
    expect(board.state.mode).toBe("stub");
  });

  it("changes the baud rate by closing and opening the port, and the stub is still there", () => {
    const words = bodiesOf(CHANGE_BAUD_RATE).map((body) => [
      body.getUint32(0, true),
      body.getUint32(4, true),
    ]);
    expect(words).toEqual([[460_800, 115_200]]);
    expect(port.openedAt).toEqual([115_200, 460_800]);
    // floor(451 × 115200 / 460800) = 112, at 52 MHz.
    expect(board.state.baudRate).toBeCloseTo(52e6 / 112);
  });

  describe("reading the flash id", () => {
    const trace = [
      "read 6000021c",
      "read 60000224",
      "write 60000200 = 00000017", // 24 bits less one, meant for a length register that this chip does not have
      "write 6000021c = 90000000",
      "write 60000224 = 7000009f",
      "write 60000240 = 00000000",
      "write 60000200 = 00040000",
      "read 60000200",
      "read 60000240",
      "write 6000021c = 00000000",
      "write 60000224 = 00000000",
    ];

    it("writes the length into the command register 0x60000200 and never into SPI_USR1", async () => {
      expect(registerTrace(await requestsOf(() => loader.readFlashId()))).toEqual(trace);
      expect(registerTrace(connecting).slice(-trace.length)).toEqual(trace);
    });

    it("therefore learns no more than the bits that SPI_USR1 asked for before: one byte of the three", async () => {
      // What SPI_USR1 holds after a reset of the silicon is not known; the virtual chip has 0 there.
      expect(await loader.readFlashId()).toBe(board.spec.flash.jedecId[0]);
    });
  });

  describe("writing 1 MiB", () => {
    const address = 0x1ff000;
    const image = mixedContent(0x100000, 2);
    let writing: Request[];
    beforeAll(async () => {
      writing = await requestsOf(() =>
        loader.writeFlash({
          fileArray: [{ data: image, address }],
          flashMode: "keep",
          flashFreq: "keep",
          flashSize: "keep",
          eraseAll: false,
          compress: true,
          calculateMD5Hash: md5,
        }),
      );
    });

    it("sends it packed and finds the stub's MD5 equal to its own", () => {
      const begin = writing.find(({ op }) => op === FLASH_DEFL_BEGIN)!.body;
      expect([begin.getUint32(0, true), begin.getUint32(12, true)]).toEqual([image.length, address]);
      expect(terminal.lines).toEqual(
        expect.arrayContaining([
          `File  md5: ${md5(image)}`,
          `Flash md5: ${md5(image)}`,
          "Hash of data verified.",
        ]),
      );
    });

    it("leaves exactly that in the flash, and everything around it as it was", () => {
      const promised = before.slice();
      promised.set(image, address);
      expect(md5(board.flash)).toBe(md5(promised));
    });

    it("reads the same bytes back", async () => {
      const back = await loader.readFlash(address, image.length);
      expect(back.length).toBe(image.length);
      expect(md5(back)).toBe(md5(image));
      // It leaves the stub's MD5 frame unread; the next command must not take it for its answer.
      expect(await loader.flashMd5sum(address, 0x1000)).toBe(md5(image.subarray(0, 0x1000)));
    });
  });
});

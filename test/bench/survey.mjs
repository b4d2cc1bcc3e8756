/**
 * How long a look at a chip takes, in real time on the virtual board: the real Espruino and AT where their files are there.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sessionSource, surveyFlash } from "@flashwright/core/diagnose";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { connectTo, MIB, report, seconds } from "./support.mjs";

const QUICK_AIM = "aim 2 s";
const DELAYS_MS = [1, 4];
const folder =
  process.env.FLASHWRIGHT_FIRMWARE ?? fileURLToPath(new URL("../../../shared/firmware", import.meta.url));

export async function measureSurvey() {
  console.log("A look at what is on a chip of 4 MB, with real-time pacing (KB read + KB hashed)");
  const chips = firmwareChips();
  if (chips.length === 1) console.log("  (only a blank chip: no real firmware found, see CONTRIBUTING.md)");
  for (const [name, flash] of chips) {
    for (const oneWayDelayMs of DELAYS_MS) await measureQuick(name, flash, oneWayDelayMs);
  }
  for (const [name, flash] of chips) await measureDeep(name, flash);
}

async function measureQuick(name, flash, oneWayDelayMs) {
  const { survey, elapsed } = await look(flash, { depth: "quick", baudRate: 460_800, oneWayDelayMs });
  const cost = `${Math.ceil(survey.readBytes / 1024)} + ${Math.ceil(survey.hashedBytes / 1024)} KB`;
  report(`quick, 460800, ${oneWayDelayMs} ms each way: ${name} (${cost})`, seconds(elapsed), QUICK_AIM);
}

async function measureDeep(name, flash) {
  const { survey, elapsed } = await look(flash, { depth: "deep", baudRate: 921_600, oneWayDelayMs: 1 });
  const states = survey.slots.map(({ slot, state }) => `${slot} ${state}`).join(", ");
  report(`deep, 921600 baud: ${name}${states === "" ? "" : ` (${states})`}`, seconds(elapsed));
}

async function look(flash, { depth, baudRate, oneWayDelayMs }) {
  const board = createVirtualBoard({
    board: "esp-12f",
    pace: "line",
    clock: systemClock,
    wire: { oneWayDelayMs },
    flash: flash.slice(),
  });
  const session = await connectTo(board.transport, systemClock, { baudRate });
  const start = performance.now();
  const survey = await surveyFlash(sessionSource(session), { depth });
  const elapsed = performance.now() - start;
  await board.transport.close();
  return { survey, elapsed };
}

/** Chips by name; a blank one is always there. */
function firmwareChips() {
  const blank = new Uint8Array(4 * MIB).fill(0xff);
  try {
    return [
      [
        "Espruino",
        chipOf(0x40, "esp8266-sdk/boot_v1.6.bin", "espruino-2v09-esp8266/espruino_esp8266_user1.bin"),
      ],
      ["AT", chipOf(0x60, "esp8266-sdk/boot_v1.7.bin", "esp8266-at-1024+1024/user1.2048.new.5.bin")],
      ["blank", blank],
    ];
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return [["blank", blank]];
  }
}

function chipOf(sizeFreq, boot, user1) {
  const flash = new Uint8Array(4 * MIB).fill(0xff);
  flash.set(readFileSync(join(folder, boot)), 0);
  flash[3] = sizeFreq;
  flash.set(readFileSync(join(folder, user1)), 0x1000);
  flash.set(readFileSync(join(folder, "esp8266-sdk/esp_init_data_default_v08.bin")), 0x3fc000);
  return flash;
}

/**
 * Flash modes of ESP8266 modules.
 *
 * Source: the wiki on flash modes of the Tasmota and ESPEasy projects and the ESP8266 Arduino core's board definitions, by
 * way of what owners reported. A mode works when the module wires the pins for it and the flash chip has it switched on, so
 * that an id alone is strong evidence and no proof: a board that does not start is tried in slower modes.
 *
 * @module
 */
import { Certainty } from "../../maps/firmware-id.js";
import type { FlashModeFacts, KnownFlashChip } from "../flash-modes.js";

const seen = (id: number, mode: string, seenOn: string): KnownFlashChip => ({
  id,
  mode,
  seenOn,
  certainty: Certainty.general,
});

/** Modes, by what owners report. */
export const esp8266FlashModes: FlashModeFacts = {
  chips: [
    seen(0x14405e, "qio", "ESP-01S"),
    seen(0x1440e0, "qio", "ESP-01S"),
    seen(0x14605e, "qio", "ESP-01S"),
    seen(0x1640ef, "qio", "ESP-01S with 4 MB"),
    seen(0x14325e, "dout", "ESP-01S"),
    seen(0x1460ba, "dout", "ESP-01S"),
    seen(0x16400e, "qio", "ESP-12F"),
    seen(0x164020, "qio", "ESP-12F"),
    seen(0x16405e, "qio", "ESP-12F"),
    // On some boards with an ESP-12E and this chip only DIO starts.
    seen(0x1640e0, "qio", "ESP-12F, LOLIN D1 mini"),
    seen(0x1640c8, "dio", "D1 mini and its clones"),
    seen(0x1640d8, "qio", "D1 mini"),
    seen(0x144051, "dout", "ESP8285"),
    seen(0x1540c8, "qio", "Shelly"),
    seen(0x1540ef, "qio", "Shelly"),
    seen(0x15701c, "qout", "Shelly"),
    seen(0x1620c2, "dout", "Shelly"),
  ],
  embedded: "dout",
  usual: { mode: "dio", freq: "40m" },
  bySpeed: ["qio", "qout", "dio", "dout"],
  attempts: [
    { mode: "qio", freq: "80m" },
    { mode: "qio", freq: "40m" },
    { mode: "dio", freq: "40m" },
    { mode: "dout", freq: "40m" },
  ],
};

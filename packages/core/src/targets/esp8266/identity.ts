/**
 * Who an ESP8266 is: type, MAC and crystal, from its eFuse words and its UART divisor.
 *
 * Source: esptool's documentation of the ESP8266's OTP words; Espressif SDK for the chip id.
 *
 * @module
 */
import type { ChipInfo, IdentityMap } from "../target.js";

/** Divisor of the UART's rate; the low 20 bits count. */
export const UART_DIVISOR = 0x60000014;
const EFUSE = [0x3ff00050, 0x3ff00054, 0x3ff00058, 0x3ff0005c] as const;
const CRYSTALS_MHZ = [24, 26, 40, 48] as const;
/** First half of the MAC where the eFuses name none, by selector. */
const OUIS: Readonly<Record<number, readonly number[]>> = { 0: [0x18, 0xfe, 0x34], 1: [0xac, 0xd0, 0x74] };

/** Flash inside an ESP8285, by eFuse bits (w0.4, w3.25, w3.26, w3.27). */
const EMBEDDED: Readonly<Record<string, { size: number; suffix?: string }>> = {
  "1000": { size: 0x100000, suffix: "08" },
  "1010": { size: 0x200000, suffix: "16" },
  "0100": { size: 0x200000, suffix: "16" },
  "0110": { size: 0x400000 },
};

/** The registers of an ESP8266's identity and how to read them. */
export const esp8266Identity: IdentityMap = {
  registers: [...EFUSE, UART_DIVISOR],
  parse([w0, w1, w2, w3, divisor], baudRate) {
    const measured = (baudRate * (divisor & 0xfffff)) / 2e6;
    return {
      target: "esp8266",
      ...chipType(w0, w2, w3),
      mac: mac(w0, w1, w3),
      chipId: ((w0 >>> 24) | ((w1 & 0xffffff) << 8)) >>> 0,
      crystalMHz: nearest(measured),
      crystalMeasuredMHz: Math.round(measured * 100) / 100,
    };
  },
};

const bit = (word: number, index: number): number => (word >>> index) & 1;

function chipType(w0: number, w2: number, w3: number): Pick<ChipInfo, "name" | "embeddedFlash"> {
  if (!bit(w0, 4) && !bit(w2, 16)) return { name: "ESP8266EX" };
  const flash = EMBEDDED[`${bit(w0, 4)}${bit(w3, 25)}${bit(w3, 26)}${bit(w3, 27)}`];
  if (flash === undefined) return { name: "ESP8285" };
  const grade = bit(w0, 5) ? "H" : "N";
  return { name: flash.suffix ? `ESP8285${grade}${flash.suffix}` : "ESP8285", embeddedFlash: flash.size };
}

/** The upper half comes from w3 where it is set (bits 24 up are flash codes on the ESP8285), else from a selector. */
function mac(w0: number, w1: number, w3: number): string {
  const oui = w3 & 0xffffff ? [(w3 >>> 16) & 0xff, (w3 >>> 8) & 0xff, w3 & 0xff] : OUIS[(w1 >>> 16) & 0xff];
  const head = oui?.map(hexByte) ?? ["??", "??", "??"];
  return [...head, hexByte((w1 >>> 8) & 0xff), hexByte(w1 & 0xff), hexByte(w0 >>> 24)].join(":");
}

const hexByte = (value: number): string => value.toString(16).padStart(2, "0");

function nearest(measured: number): number {
  return CRYSTALS_MHZ.reduce((best, mhz) =>
    Math.abs(mhz - measured) < Math.abs(best - measured) ? mhz : best,
  );
}

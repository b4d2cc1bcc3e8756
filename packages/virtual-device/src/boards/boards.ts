/** The boards that can be asked for by name. @module */
import {
  ALL_MODES,
  type BoardSpec,
  DOUT_ONLY,
  DUAL_MODES,
  efuseWords,
  esp8285EfuseWords,
} from "./board-spec.js";

const ESP_12F: BoardSpec = {
  name: "esp-12f",
  flash: {
    size: 0x400000,
    jedecId: [0xe0, 0x40, 0x16],
    uniqueId: [0xd1, 0x66, 0x8c, 0x12, 0x34, 0x56, 0x78, 0x9a],
  },
  readModes: ALL_MODES,
  wiring: "auto-reset",
  enCapacitorMs: 5,
  resetPin: "rst",
  crystalMHz: 26,
  efuseWords: efuseWords([0x5c, 0xcf, 0x7f, 0x02, 0x9a, 0xb7]),
};

/** Bare modules have no adapter of their own: theirs is wired with DTR to GPIO0 and RTS to nRST. */
const ESP_01: BoardSpec = {
  ...ESP_12F,
  name: "esp-01",
  flash: {
    size: 0x80000,
    jedecId: [0xc8, 0x40, 0x13],
    uniqueId: [0xc8, 0x13, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06],
  },
  wiring: "direct",
  enCapacitorMs: 0,
  efuseWords: efuseWords([0x18, 0xfe, 0x34, 0x9c, 0x01, 0x01]),
};

const D1_MINI_PRO: BoardSpec = {
  ...ESP_12F,
  name: "d1-mini-pro",
  flash: {
    size: 0x1000000,
    jedecId: [0xef, 0x40, 0x18],
    uniqueId: [0xd2, 0x64, 0x1c, 0x97, 0x3f, 0x51, 0x2a, 0x30],
  },
  readModes: DUAL_MODES,
  efuseWords: efuseWords([0x60, 0x01, 0x94, 0x3c, 0x9f, 0x1e]),
};

/** Boards by name. The `-dio` ones are wired for the dual modes alone. */
export const boards = {
  "esp-01": ESP_01,
  "esp-01s": {
    ...ESP_01,
    name: "esp-01s",
    flash: { ...ESP_01.flash, size: 0x100000, jedecId: [0x5e, 0x60, 0x14] },
    efuseWords: efuseWords([0x18, 0xfe, 0x34, 0x9c, 0x01, 0x5a]),
  },
  "esp-01s-dio": {
    ...ESP_01,
    name: "esp-01s-dio",
    flash: { ...ESP_01.flash, size: 0x100000, jedecId: [0x5e, 0x60, 0x14] },
    readModes: DUAL_MODES,
  },
  "esp-12f": ESP_12F,
  "esp-12f-dio": { ...ESP_12F, name: "esp-12f-dio", readModes: DUAL_MODES },
  "d1-mini-pro": D1_MINI_PRO,
  esp8285: {
    ...ESP_12F,
    name: "esp8285",
    flash: { ...ESP_12F.flash, size: 0x100000, jedecId: [0x51, 0x40, 0x14] },
    readModes: DOUT_ONLY,
    efuseWords: esp8285EfuseWords([0xec, 0xfa, 0xbc, 0x11, 0x22, 0x33]),
  },
} as const satisfies Record<string, BoardSpec>;

/** A board of the table. */
export type BoardName = keyof typeof boards;

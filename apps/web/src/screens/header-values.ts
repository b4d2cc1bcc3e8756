/** What the header's three fields can be set to, by the names that every tool knows. @module */

/** Flash modes. */
export const MODES = ["qio", "qout", "dio", "dout"] as const;

/** Frequencies of the flash. */
export const FREQS = ["20m", "26m", "40m", "80m"] as const;

/** Sizes with their splits; `detect` is the plain map of the chip's own size. */
export const SIZES = [
  "detect",
  "512KB",
  "1MB",
  "2MB",
  "2MB-c1",
  "4MB",
  "4MB-c1",
  "4MB-c2",
  "8MB",
  "16MB",
] as const;

/** Rates below what link and adapter can do, in bit/s. */
export const RATES = [460_800, 230_400, 115_200, 57_600] as const;

/** The rate that a bad cable still carries. */
export const SLOW_RATE = 115_200;

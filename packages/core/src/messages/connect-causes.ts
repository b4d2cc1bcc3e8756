/** Words for what usually lies behind a failure to connect; parts of sentences, to be listed. @module */
export const causeWords = {
  "charging-cable": "the cable only charges and carries no data",
  "no-power": "the board has no power",
  "rx-tx-swapped": "RX and TX are swapped or not connected",
  "held-in-reset": "another circuit or program holds the chip in reset",
  "wrong-port": "the port belongs to another device",
  "firmware-at-other-rate": "the firmware runs and prints at another rate",
  "loose-wire": "a wire is loose or long, or ground is not connected",
  "weak-supply": "the 3.3 V supply is too weak for 300 mA peaks",
  "other-crystal": "the crystal is not one of 26 MHz",
  "lines-not-wired": "DTR and RTS are not wired to the chip",
  "other-circuit": "the reset circuit is another one than those that were tried",
  "gpio0-not-wired": "GPIO0 is not wired to the adapter or is held high",
  "no-capacitor": "the capacitor on the reset line is missing or far too large",
  "lines-one-by-one": "the driver sets DTR and RTS too far apart",
  "gpio2-low": "GPIO2 is held low at reset",
  "gpio15-high": "GPIO15 is not held low at reset",
  "tx-not-arriving":
    "the wire from the adapter's TX to the chip's RX (GPIO3) is missing or something else drives it",
} as const;

export type ConnectCause = keyof typeof causeWords;

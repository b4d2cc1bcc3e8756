/** Words for what usually lies behind a failure to connect; parts of sentences, to be listed. @module */
export const causeMessages = {
  "cause-charging-cable": { message: "the cable only charges and carries no data" },
  "cause-no-power": { message: "the board has no power" },
  "cause-rx-tx-swapped": { message: "RX and TX are swapped or not connected" },
  "cause-held-in-reset": { message: "another circuit or program holds the chip in reset" },
  "cause-wrong-port": { message: "the port belongs to another device" },
  "cause-firmware-at-other-rate": { message: "the firmware runs and prints at another rate" },
  "cause-loose-wire": { message: "a wire is loose or long, or ground is not connected" },
  "cause-weak-supply": { message: "the 3.3 V supply is too weak for 300 mA peaks" },
  "cause-other-crystal": { message: "the crystal is not one of 26 MHz" },
  "cause-lines-not-wired": { message: "DTR and RTS are not wired to the chip" },
  "cause-other-circuit": { message: "the reset circuit is another one than those that were tried" },
  "cause-gpio0-not-wired": { message: "GPIO0 is not wired to the adapter or is held high" },
  "cause-no-capacitor": { message: "the capacitor on the reset line is missing or far too large" },
  "cause-lines-one-by-one": { message: "the driver sets DTR and RTS too far apart" },
  "cause-gpio2-low": { message: "GPIO2 is held low at reset" },
  "cause-gpio15-high": { message: "GPIO15 is not held low at reset" },
  "cause-tx-not-arriving": {
    message: "the wire from the adapter's TX to the chip's RX (GPIO3) is missing or something else drives it",
  },
} as const;

type CauseCode = keyof typeof causeMessages;

export type ConnectCause = CauseCode extends `cause-${infer Cause}` ? Cause : never;

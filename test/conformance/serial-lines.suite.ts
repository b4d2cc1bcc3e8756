import { openTransport } from "@flashwright/node-transport";
import { servePty } from "@flashwright/virtual-device/node";
import { createServedPair } from "./ends/served-pair.js";
import { describeTransport } from "./transport-suite.js";

const elsewhere = "asserted on a bare pseudo terminal";

describeTransport(
  "a serial port with lines, through the native binding",
  {
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    linesTogether: true,
    drainReachesFarEnd: false,
    keepsDataAtHangUp: false,
    stallBytes: 0x200000,
    missing: { impossible: elsewhere },
    busy: { impossible: elsewhere },
    denied: { impossible: elsewhere },
  },
  () =>
    createServedPair(
      (open) => servePty(open, { modemDirectory: process.env.TTYMODEM_DIR! }),
      (server) => openTransport(server.path, { baudRate: 115200 }),
    ),
);

import { openSerialPort } from "@flashwright/node-transport";
import { describe, expect, it } from "vitest";
import { createMockBinding } from "./ends/mock-binding.js";
import { describeTransport } from "./transport-suite.js";

const baudRate = 115200;
const path = "/dev/ttyUSB0";

const openFailing = (openError: string) => () =>
  openSerialPort(path, { baudRate, binding: createMockBinding({ openError }).binding });

describeTransport(
  "a serial port with lines, on a binding of memory",
  {
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    linesTogether: true,
    drainReachesFarEnd: true,
    keepsDataAtHangUp: false,
    stallBytes: 0x200000,
    missing: {
      code: "port-not-found",
      open: openFailing("Error: No such file or directory, cannot open /dev/ttyUSB0"),
    },
    busy: {
      code: "port-busy",
      async open() {
        const { binding } = createMockBinding();
        const first = await openSerialPort(path, { baudRate, binding });
        return openSerialPort(path, { baudRate, binding }).finally(() => first.close());
      },
    },
    denied: {
      code: "port-denied",
      open: openFailing("Error: Permission denied, cannot open /dev/ttyUSB0"),
    },
  },
  async () => {
    const { binding, far } = createMockBinding();
    return { transport: await openSerialPort(path, { baudRate, binding }), far };
  },
);

describe("a serial port that was just opened", () => {
  it("has both lines released: the kernel raised them, which holds the board in reset", async () => {
    const { binding, far } = createMockBinding();
    const transport = await openSerialPort(path, { baudRate: 74880, binding });
    expect(far.log.words()).toEqual(["74880 baud", "dtr=1 rts=1", "dtr=0 rts=0"]);
    await transport.close();
  });

  it("can be opened again after close and after abort", async () => {
    const { binding } = createMockBinding();
    for (const end of ["close", "abort"] as const) {
      const transport = await openSerialPort(path, { baudRate, binding });
      void transport[end]();
      await transport.closed;
    }
    const third = await openSerialPort(path, { baudRate, binding });
    await third.close();
  });
});

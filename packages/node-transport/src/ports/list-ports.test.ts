import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FoundPort, listPorts } from "./list-ports.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ports-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const listing = (...ports: FoundPort[]) => ({ list: async () => ports });

describe("listing ports", () => {
  it("describes the USB bridge and leaves out what is not known", async () => {
    const binding = listing(
      { path: "/dev/ttyS0", manufacturer: undefined, vendorId: undefined },
      { path: "/dev/ttyUSB10", vendorId: "1A86", productId: "7523" },
      {
        path: "/dev/ttyUSB2",
        vendorId: "10c4",
        productId: "EA60",
        serialNumber: "0001",
        manufacturer: "Silicon Labs",
      },
    );
    expect(await listPorts({ binding, platform: "linux", sysfs: folder })).toEqual([
      {
        path: "/dev/ttyUSB2",
        vendorId: "10c4",
        productId: "ea60",
        serialNumber: "0001",
        manufacturer: "Silicon Labs",
        bridge: "CP2102",
      },
      { path: "/dev/ttyUSB10", vendorId: "1a86", productId: "7523", bridge: "CH340" },
      { path: "/dev/ttyS0" },
    ]);
  });

  it("reads the product's name where Linux keeps it: two levels up for ttyUSB, one for ttyACM", async () => {
    for (const [tty, device] of [
      ["ttyUSB0", "usb/1-1/1-1:1.0/ttyUSB0"],
      ["ttyACM0", "usb/1-2/1-2:1.0"],
    ] as const) {
      mkdirSync(join(folder, device), { recursive: true });
      mkdirSync(join(folder, "class/tty", tty), { recursive: true });
      symlinkSync(join(folder, device), join(folder, "class/tty", tty, "device"));
    }
    writeFileSync(join(folder, "usb/1-1/product"), "CP2102N USB to UART Bridge Controller\n");
    writeFileSync(join(folder, "usb/1-2/product"), "USB Single Serial\n");
    const binding = listing({ path: "/dev/ttyUSB0" }, { path: "/dev/ttyACM0" });
    expect(await listPorts({ binding, platform: "linux", sysfs: folder })).toEqual([
      { path: "/dev/ttyACM0", product: "USB Single Serial" },
      { path: "/dev/ttyUSB0", product: "CP2102N USB to UART Bridge Controller" },
    ]);
  });

  it("names the call-out node on macOS and cuts the port off the friendly name on Windows", async () => {
    expect(
      await listPorts({ binding: listing({ path: "/dev/tty.usbserial-110" }), platform: "darwin" }),
    ).toEqual([{ path: "/dev/cu.usbserial-110" }]);
    const windows = { path: "COM3", friendlyName: "USB-SERIAL CH340 (COM3)" };
    expect(await listPorts({ binding: listing(windows), platform: "win32" })).toEqual([
      { path: "COM3", product: "USB-SERIAL CH340" },
    ]);
  });

  it("says port-list-unavailable with the reason when listing fails", async () => {
    const binding = { list: () => Promise.reject(new Error("udevadm exited with error code: 1")) };
    await expect(listPorts({ binding })).rejects.toMatchObject({
      code: "port-list-unavailable",
      message: "The ports of this computer cannot be listed: udevadm exited with error code: 1.",
      hint: "Name the port yourself, for example `--port /dev/ttyUSB0`.",
    });
  });
});

describe.runIf(process.platform === "linux")(
  "listing ports through the real binding (Linux only: it is driven by udevadm)",
  () => {
    const path = process.env.PATH;
    afterEach(() => {
      process.env.PATH = path;
    });

    it("reads what udevadm prints", async () => {
      const udevadm = [
        "#!/bin/sh",
        "cat <<'END'",
        "P: /devices/pci0000:00/usb1/1-1/1-1:1.0/ttyUSB0/tty/ttyUSB0",
        "N: ttyUSB0",
        "E: DEVNAME=/dev/ttyUSB0",
        "E: ID_VENDOR_ENC=Silicon\\x20Labs",
        "E: ID_VENDOR_ID=10c4",
        "E: ID_MODEL_ID=ea60",
        "E: ID_SERIAL_SHORT=0123",
        "",
        "P: /devices/virtual/block/loop0",
        "N: loop0",
        "E: DEVNAME=/dev/loop0",
        "END",
      ];
      writeFileSync(join(folder, "udevadm"), udevadm.join("\n"));
      chmodSync(join(folder, "udevadm"), 0o755);
      process.env.PATH = `${folder}:${path}`;
      expect(await listPorts({ sysfs: folder })).toEqual([
        {
          path: "/dev/ttyUSB0",
          vendorId: "10c4",
          productId: "ea60",
          serialNumber: "0123",
          manufacturer: "Silicon Labs",
          bridge: "CP2102",
        },
      ]);
    });

    /** A udevadm that does this on its first call and that on those after. */
    function udevadmThat(first: string, then: string): void {
      const script = `#!/bin/sh\nif [ -e '${folder}/called' ]; then ${then}; fi\n: > '${folder}/called'\n${first}\n`;
      writeFileSync(join(folder, "udevadm"), script);
      chmodSync(join(folder, "udevadm"), 0o755);
      process.env.PATH = `${folder}:${path}`;
    }
    const oneEntry = `printf 'P: /x\\nN: ttyUSB0\\nE: DEVNAME=/dev/ttyUSB0\\n\\n'; exit 0`;

    it("takes no failure of udevadm for a computer without ports", async () => {
      udevadmThat("exit 3", "exit 3");
      await expect(listPorts()).rejects.toMatchObject({
        message: "The ports of this computer cannot be listed: udevadm ended with 3.",
      });
    });

    it("asks again where udevadm failed once", async () => {
      udevadmThat("exit 3", oneEntry);
      expect(await listPorts({ sysfs: folder })).toEqual([{ path: "/dev/ttyUSB0" }]);
    });

    it("knows a computer without ports", async () => {
      udevadmThat("exit 0", "printf 'P: /x\\nN: sda\\n\\n'; exit 0");
      expect(await listPorts()).toEqual([]);
    });

    it("says that udevadm is missing", async () => {
      process.env.PATH = folder;
      await expect(listPorts()).rejects.toMatchObject({
        code: "port-list-unavailable",
        message: "The ports of this computer cannot be listed: the program udevadm is not installed.",
      });
    });
  },
);

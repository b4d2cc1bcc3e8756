/** The serial ports of this computer. @module */
import { readFile } from "node:fs/promises";
import { FlasherError } from "@flashwright/core";
import { bridgeName } from "@flashwright/core/port";
import { confirmEmpty } from "./confirm-empty.js";

/** A port and what its USB bridge says of itself; a part that is not known is missing. */
export interface ListedPort {
  /** What `openTransport` takes. */
  readonly path: string;
  /** USB identifiers, 4 lower-case hex digits. */
  readonly vendorId?: string;
  readonly productId?: string;
  readonly serialNumber?: string;
  readonly manufacturer?: string;
  /** The product's own name: "CP2102N USB to UART Bridge Controller". */
  readonly product?: string;
  /** Usual name of the bridge chip: "CP2102". */
  readonly bridge?: string;
}

/** serialport's own description; `friendlyName` is Windows'. */
export interface FoundPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly friendlyName?: string;
}

/** What listing needs of the world; replaceable for tests. */
export interface ListPortsOptions {
  readonly binding?: { list(): Promise<readonly FoundPort[]> };
  /** Node's name of the system. */
  readonly platform?: string;
  /** Where Linux shows its devices. */
  readonly sysfs?: string;
}

const LIST_MS = 10_000;

/**
 * Lists serial ports: those behind USB first, then by path in number order (ttyUSB2 before ttyUSB10).
 * @throws FlasherError `port-list-unavailable`, for example on Linux without udevadm
 */
export async function listPorts(options: ListPortsOptions = {}): Promise<ListedPort[]> {
  const { platform = process.platform, sysfs = "/sys" } = options;
  const finding = options.binding?.list() ?? findPorts(platform);
  const found = await inTime(finding).catch((error: unknown) => {
    throw new FlasherError("port-list-unavailable", { detail: whyNot(error) }, { cause: error });
  });
  const ports = await Promise.all(found.map((port) => describePort(port, platform, sysfs)));
  return ports.sort(byUsbThenPath);
}

async function findPorts(platform: string): Promise<readonly FoundPort[]> {
  const { binding } = (await import("serialport")).SerialPort;
  const found = await binding.list();
  if (found.length > 0 || platform !== "linux" || (await confirmEmpty())) return found;
  return binding.list();
}

async function describePort(found: FoundPort, platform: string, sysfs: string): Promise<ListedPort> {
  const vendorId = found.vendorId?.toLowerCase();
  const productId = found.productId?.toLowerCase();
  const product = platform === "linux" ? await productName(found.path, sysfs) : windowsName(found);
  const entries = Object.entries({
    // The dial-in node /dev/tty.* waits for a carrier at open; its twin /dev/cu.* does not.
    path: platform === "darwin" ? found.path.replace(/^\/dev\/tty\./, "/dev/cu.") : found.path,
    vendorId,
    productId,
    serialNumber: found.serialNumber,
    manufacturer: found.manufacturer,
    product,
    bridge: bridgeName(vendorId, productId),
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== "")) as never;
}

/** Linux: the USB device stands two levels (CDC-ACM: one) above the tty's own device. */
async function productName(path: string, sysfs: string): Promise<string | undefined> {
  const device = `${sysfs}/class/tty/${path.replace(/^.*\//, "")}/device`;
  for (const above of ["..", "../.."]) {
    const name = await readFile(`${device}/${above}/product`, "utf8").catch(() => "");
    if (name.trim() !== "") return name.trim();
  }
  return undefined;
}

/** Windows ends its friendly name with the port: "Silicon Labs CP210x USB to UART Bridge (COM3)". */
function windowsName(found: FoundPort): string | undefined {
  return found.friendlyName?.replace(/\s*\(COM\d+\)$/, "");
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIST_MS} ms`)), LIST_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function whyNot(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "ENOENT") return "the program udevadm is not installed.";
  return `${message ?? String(error)}.`;
}

function byUsbThenPath(one: ListedPort, other: ListedPort): number {
  const usb = Number(other.vendorId !== undefined) - Number(one.vendorId !== undefined);
  return usb || one.path.localeCompare(other.path, "en", { numeric: true });
}

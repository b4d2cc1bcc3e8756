/** What running firmware leaves in flash, made: Storage, saved code, Wi-Fi settings, parameters of the SDK. @module */
import { ascii, codeLike, concat, words } from "./filler.js";
import { crc32Of } from "./image-format.js";

/** A file in Espruino's Storage. */
export interface MadeFile {
  /** At most 8 characters in Storage of the first kind, 28 in that of the second. */
  readonly name: string;
  readonly content: Uint8Array | string;
  /** 0x80 compressed (`.varimg`), 0x40 a StorageFile. */
  readonly flags?: number;
  readonly deleted?: boolean;
}

/** Bytes of a file's header: 16 in 1v96 to 2v04, 32 since 2v05. */
export type StorageHeader = 16 | 32;

/**
 * A Storage area.
 * @param size bytes of the whole area: 0x3000 or 0x4000 for ESP8266_BOARD, 0x30000 for ESP8266_4MB
 */
export function storageArea(files: readonly MadeFile[], header: StorageHeader, size: number): Uint8Array {
  const area = new Uint8Array(size).fill(0xff);
  let at = 0;
  for (const file of files) {
    const record = header === 16 ? recordWith16(file) : recordWith32(file);
    if (at + record.length > size) throw new Error(`${file.name} does not fit the Storage of ${size} bytes`);
    area.set(record, at);
    at += record.length;
  }
  return area;
}

/** {size | flags, replacement (FFFFFFFF = live, 0 = deleted), name[8]} and the data, padded to 4 bytes. */
function recordWith16(file: MadeFile): Uint8Array {
  const data = dataOf(file);
  const head = words(data.length | ((file.flags ?? 0) << 24), file.deleted ? 0 : 0xffffffff);
  return padded(concat(head, nameOf(file, 8), data));
}

/** {size | flags, name[28], its first 4 bytes 0 where deleted} and the data, padded to 4 bytes. */
function recordWith32(file: MadeFile): Uint8Array {
  const data = dataOf(file);
  const name = nameOf(file, 28);
  if (file.deleted) name.fill(0, 0, 4);
  return padded(concat(words(data.length | ((file.flags ?? 0) << 24)), name, data));
}

function dataOf({ content }: MadeFile): Uint8Array {
  return typeof content === "string" ? ascii(content) : content;
}

function nameOf({ name }: MadeFile, size: number): Uint8Array {
  if (name.length > size) throw new Error(`"${name}" has more than ${size} characters`);
  return ascii(name.padEnd(size, "\0"));
}

function padded(bytes: Uint8Array): Uint8Array {
  return concat(bytes, new Uint8Array(-bytes.length & 3).fill(0xff));
}

/** Credentials of a station, and of the board's own network. */
export interface MadeWifi {
  readonly ssid: string;
  readonly password: string;
  readonly hostname?: string;
}

/** The file `.wificfg`, which Espruino keeps in Storage since 1v98. */
export function wifiFile({ ssid, password, hostname = "espruino" }: MadeWifi): MadeFile {
  const settings = { mode: 1, phyMode: 3, sleepType: 2, hostname, ssid, password };
  return { name: ".wificfg", content: JSON.stringify(settings) };
}

/** The block of 1024 bytes in which Espruino kept Wi-Fi settings up to 1v97. */
export function wifiBlock({ ssid, password, hostname = "espruino" }: MadeWifi): Uint8Array {
  const block = new Uint8Array(1024);
  block.set(Uint8Array.of(0x00, 0x04, 0x18, 0x00));
  // mode station, 11n, modem sleep, length of the SSID, WPA2
  block.set(Uint8Array.of(1, 3, 2, ssid.length, 3, 0), 8);
  block.set(ascii(ssid.slice(0, 32)), 14);
  block.set(ascii(password.slice(0, 64)), 46);
  block.set(ascii(hostname.slice(0, 64)), 206);
  block.set(words(crc32Of(block)), 4);
  return block;
}

/**
 * What `save()` leaves up to 1v95: length of the boot code, end of the data, the data, a mark in the last word.
 * @param size bytes of the whole area: 0x3000 for ESP8266_BOARD, 0x10000 for ESP8266_4MB
 */
export function saveArea(options: {
  size: number;
  address: number;
  bootCode?: string;
  runAlways?: boolean;
  used?: number;
}): Uint8Array {
  const { size, address, bootCode = "", runAlways = false, used = 0x600 } = options;
  const area = new Uint8Array(size).fill(0xff);
  const length = bootCode.length | (runAlways ? 0x80000000 : 0);
  const image = concat(ascii(bootCode), codeLike(used, "made saved variables"));
  area.set(concat(words(length, address + 8 + image.length), image));
  area.set(words(0xdeadbeef), size - 4);
  return area;
}

/** A file as `save()` leaves it in Storage since 1v96. */
export function savedImageFile(size = 0x700): MadeFile {
  return { name: ".varimg", content: codeLike(size, "made .varimg"), flags: 0x80 };
}

/**
 * The second boot's record at the start of a copy of the SDK's parameters: the slot, at the first attempt.
 * @param release 6 for 1.6, 7 for 1.7; each goes by its own records only
 */
export function bootRecord(slot: 1 | 2, release: 6 | 7 = 6): Uint8Array {
  return Uint8Array.of(0xfc | (slot - 1), 0xe0 | release, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
}

/** Whose records the second boot at the start of these bytes goes by. */
export function recordReleaseOf(flash: Uint8Array): 6 | 7 {
  const text = String.fromCharCode(...flash.subarray(0, 0x1000));
  return text.includes("2nd boot version : 1.7") ? 7 : 6;
}

/**
 * A sector of SDK parameters; their form behind the second boot's record is not documented, and this one is invented around
 * the credentials in clear.
 */
export function sdkParams({ ssid, password }: MadeWifi, record = bootRecord(1)): Uint8Array {
  const sector = new Uint8Array(0x1000).fill(0xff);
  const used = new Uint8Array(0x4a0);
  used.set(record);
  used.set(words(ssid.length), 8);
  used.set(ascii(ssid), 12);
  used.set(ascii(password), 48);
  sector.set(used);
  return sector;
}

/** RF calibration as the SDK stores it: bytes that nobody reads but the SDK. */
export function rfCal(): Uint8Array {
  const sector = new Uint8Array(0x1000).fill(0xff);
  sector.set(codeLike(0x27c, "made rf-cal"));
  return sector;
}

/** The last sector of the map, by which copy A counts. */
export function bootFlag(): Uint8Array {
  const sector = new Uint8Array(0x1000).fill(0xff);
  sector[0] = 0;
  return sector;
}

/** Makes a slot the one that starts, in the copy that counts, by a record that the flash's second boot goes by. */
export function startSlot(flash: Uint8Array, end: number, slot: 1 | 2): void {
  const copy = flash[end - 0x1000] === 0 ? end - 0x3000 : end - 0x2000;
  flash.set(bootRecord(slot, recordReleaseOf(flash)), copy);
}

/** The SDK's flash maps by the high nibble of the fourth header byte. @module */

/** One map. */
export interface FlashMap {
  /** Flash that it describes, in bytes. */
  readonly size: number;
  /** As the boot loader prints it. */
  readonly text: string;
  /** Flash offset of the second firmware slot; none in the smallest map. */
  readonly user2?: number;
}

/** Index is the map code. Code 7 (2048+2048) is printed by no release. */
export const flashMaps: readonly (FlashMap | undefined)[] = [
  { size: 0x80000, text: "4Mbit(256KB+256KB)", user2: 0x41000 },
  { size: 0x40000, text: "2Mbit" },
  { size: 0x100000, text: "8Mbit(512KB+512KB)", user2: 0x81000 },
  { size: 0x200000, text: "16Mbit(512KB+512KB)", user2: 0x81000 },
  { size: 0x400000, text: "32Mbit(512KB+512KB)", user2: 0x81000 },
  { size: 0x200000, text: "16Mbit(1024KB+1024KB)", user2: 0x101000 },
  { size: 0x400000, text: "32Mbit(1024KB+1024KB)", user2: 0x101000 },
  undefined,
  { size: 0x800000, text: "64Mbit(1024KB+1024KB)", user2: 0x101000 },
  { size: 0x1000000, text: "128Mbit(1024KB+1024KB)", user2: 0x101000 },
];

/** SPI clock by the low nibble of the same byte. */
export const speedNames: ReadonlyMap<number, string> = new Map([
  [0x0, "40MHz"],
  [0x1, "26.7MHz"],
  [0x2, "20MHz"],
  [0xf, "80MHz"],
]);

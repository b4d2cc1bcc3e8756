/** What is in a backup, in words. @module */
import { shortSize, totalSize } from "@flashwright/core";
import { type BackupManifest, BackupState } from "@flashwright/core/backup";
import { regionWords } from "@flashwright/core/maps";
import type { BackupContents } from "./reports.js";

/** @param mac of the chip that is there */
export function backupContents({ chip, date, regions }: BackupManifest, mac: string): BackupContents {
  const held = regions.filter(({ state }) => state !== BackupState.leftOut);
  const ids = [...new Set(held.map(({ id }) => id))];
  return {
    date: date.slice(0, 10),
    mac: chip.mac,
    isOfOtherChip: chip.mac !== mac,
    parts: ids.map((id) => {
      const ofId = held.filter((region) => region.id === id);
      const isBlank = ofId.every(({ state }) => state === BackupState.blank);
      return { id, name: regionWords(id).name, sizeText: shortSize(totalSize(ofId)), isBlank };
    }),
  };
}

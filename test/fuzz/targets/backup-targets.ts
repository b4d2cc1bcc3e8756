/** Backups, what regions of flash hold, and whole dumps. @module */
import {
  makeBackup,
  openBackup,
  readSaveArea,
  readStorage,
  readWifiSector,
  storageData,
  withoutStorageFiles,
} from "@flashwright/core/backup";
import { diagnose, dumpSource, surveyFlash } from "@flashwright/core/diagnose";
import { saveArea, savedImageFile, storageArea, wifiBlock, wifiFile } from "../../support/made-firmware.js";
import { combined, images, text, zipOf } from "../samples.js";
import { checkStatement, type FuzzTarget, must } from "../target.js";

const wifi = { ssid: "home", password: "secret" };

function backup(): Uint8Array {
  const bytes = combined(0x2_0000, 0xff).subarray(0, 0x1_0000);
  return makeBackup({
    chip: { target: "esp8266", name: "ESP8266EX", mac: "5c:cf:7f:12:34:56" },
    flash: { id: 0x1640e0 },
    flashSize: 0x8_0000,
    date: "2026-11-22T21:05:00Z",
    contents: { covers: [{ offset: 0, size: bytes.length }], pieces: [{ offset: 0, bytes }] },
  }).bytes;
}

const { manifest, flash } = openBackup(backup());
/** The files of the backup but its manifest. */
const packed = flash.pieces.map(({ bytes }, index) => ({ path: manifest.files[index].path, bytes }));

const storages = () => [
  storageArea([wifiFile(wifi), savedImageFile()], 16, 0x4000),
  storageArea([wifiFile(wifi), savedImageFile()], 32, 0x4000),
];

/** All targets of backups and of what they hold. */
export const backupTargets: readonly FuzzTarget[] = [
  { name: "openBackup", samples: () => [backup()], run: (bytes) => openBackup(bytes) },
  {
    // Damage to the ZIP seldom gets past its CRC; this is a manifest that somebody changed and packed again.
    name: "openBackup: a changed manifest",
    samples: () => [text(JSON.stringify(manifest))],
    run: (bytes) => openBackup(zipOf([...packed, { path: "manifest.json", bytes }])),
  },
  {
    name: "readStorage",
    samples: storages,
    run: (bytes) => {
      for (const file of readStorage(bytes).files) {
        must(storageData(bytes, file).length <= bytes.length, "a file within the area");
      }
    },
  },
  {
    name: "withoutStorageFiles",
    samples: storages,
    run: (bytes) => {
      const { area } = withoutStorageFiles(bytes, [".wificfg"]);
      must(area.length === bytes.length, "an area of the same size");
    },
  },
  {
    name: "readSaveArea, readWifiSector",
    samples: () => [saveArea({ size: 0x3000, address: 0x78000 }), wifiBlock(wifi)],
    run: (bytes) => [readSaveArea(bytes), readWifiSector(bytes)],
  },
  {
    name: "surveyFlash, diagnose",
    samples: () => [combined(0x8_0000, 0xff), ...images().filter(({ length }) => length > 0x1_0000)],
    run: async (bytes) => {
      const survey = await surveyFlash(dumpSource(bytes), { depth: bytes[20] % 4 === 0 ? "deep" : "quick" });
      for (const { code, params, evidence } of diagnose({ survey }).findings) {
        checkStatement({ code, params });
        for (const statement of evidence) checkStatement(statement);
      }
    },
  },
];

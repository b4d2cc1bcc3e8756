/**
 * Whether a firmware can use what another one left in flash: asked of the layouts, not of a table of its own.
 *
 * @module
 */
import { type DataFormatName, dataFormats } from "./data-formats.js";
import type { FirmwareDefinition } from "./firmware/definition.js";
import { definitionOf } from "./firmware/registry.js";
import type { FirmwareId } from "./firmware-id.js";
import { inVersionRange } from "./versions.js";

/** Whether data can be read. `unknown` where the version is not, or where nobody documented the format. */
export type Readable = "yes" | "no" | "unknown";

/**
 * Whether `reader` can use data in a format.
 * @param writer who wrote them; for formats that are bound to a version, or not documented, the answer hangs on it
 */
export function readableBy(format: DataFormatName, reader: FirmwareId, writer?: FirmwareId): Readable {
  const definition = definitionOf(reader);
  if (definition === undefined) return "unknown";
  const known = isReadIn(format, reader, definition);
  if (known !== "yes") return known;
  const { bound, undocumented } = dataFormats[format];
  if (bound === "whole") return isSameBuild(reader, writer);
  if (undocumented && writer !== undefined && writer.family !== reader.family) return "unknown";
  return "yes";
}

function isReadIn(format: DataFormatName, reader: FirmwareId, definition: FirmwareDefinition): Readable {
  const rows = definition.rows.filter(
    (row) => row.format === format && (row.builds === undefined || row.builds.includes(reader.build ?? "")),
  );
  const version = reader.version === undefined ? undefined : definition.parseVersion(reader.version);
  const isRead = rows.some((row) => inVersionRange(version, row, definition.parseVersion));
  if (version !== undefined || rows.length === 0) return isRead ? "yes" : "no";
  const isReadInAll = rows.some(({ since, before }) => since === undefined && before === undefined);
  return isReadInAll ? "yes" : "unknown";
}

function isSameBuild(reader: FirmwareId, writer: FirmwareId | undefined): Readable {
  if (reader.version === undefined || writer?.version === undefined) return "unknown";
  const isSame =
    reader.family === writer.family && reader.build === writer.build && reader.version === writer.version;
  return isSame ? "yes" : "no";
}

/** One thing wrong on a chip that would be healthy without it, and how far somebody has to look to see it. @module */
import type { ChipCase } from "./chip-case.js";
import { bootRows } from "./damage/boot-rows.js";
import { harmlessRows } from "./damage/harmless-rows.js";
import { headerRows } from "./damage/header-rows.js";
import { imageRows } from "./damage/image-rows.js";
import { placeRows } from "./damage/place-rows.js";
import type { Choice } from "./random.js";

/** The rows of the table. */
export const damageRows = [...bootRows, ...imageRows, ...placeRows, ...headerRows, ...harmlessRows].map(
  ({ row, make, quick, deep }) => {
    const name = row.startsWith("harmless") ? row : `damage | ${row}`;
    return {
      row: name,
      make: (choice: Choice): ChipCase => {
        return { row: name, ...make(choice), expected: { quick, ...(deep === undefined ? {} : { deep }) } };
      },
    };
  },
);

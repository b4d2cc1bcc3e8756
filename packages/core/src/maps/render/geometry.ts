/**
 * Pixels of a drawing, for a desk and for a telephone.
 *
 * @module
 */

/** Widths of what stands side by side in a column, and around all columns. */
export interface Geometry {
  /** Numbers beside the bar. */
  readonly scale: number;
  /** The bar that is to scale. */
  readonly bar: number;
  /** Between it and the rows. */
  readonly leader: number;
  /** The coloured end of a row. */
  readonly block: number;
  /** Its words. */
  readonly text: number;
  readonly margin: number;
  /** Whether a row has no room for more than a name, an offset and a size. */
  readonly isNarrow: boolean;
}

const wide: Geometry = { scale: 58, bar: 44, leader: 46, block: 30, text: 330, margin: 20, isNarrow: false };
const narrow: Geometry = { scale: 50, bar: 30, leader: 22, block: 16, text: 180, margin: 8, isNarrow: true };

/** The widths for one kind of screen. */
export function geometryFor(compact: boolean): Geometry {
  return compact ? narrow : wide;
}

/** Pixels of a column. */
export function columnWidth({ scale, bar, leader, block, text }: Geometry): number {
  return scale + bar + leader + block + text;
}

/** Choices from a seed: the same campaign on every computer. @module */
import { randomWords } from "../support/made/filler.js";

/** A source of choices. */
export interface Choice {
  /** 0 to `count` - 1. */
  below(count: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in `share` of all cases. */
  chance(share: number): boolean;
}

/** Choices that follow from a text. */
export function choicesOf(seed: string): Choice {
  const next = randomWords(seed);
  // The first words of xorshift from similar seeds are similar.
  for (let i = 0; i < 8; i++) next();
  const below = (count: number) => Math.floor((next() / 0x1_0000_0000) * count);
  return {
    below,
    pick: (list) => {
      if (list.length === 0) throw new Error("nothing to pick from");
      return list[below(list.length)]!;
    },
    chance: (share) => next() / 0x1_0000_0000 < share,
  };
}

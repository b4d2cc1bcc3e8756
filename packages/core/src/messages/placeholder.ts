/** How a text names a parameter. @module */

/** A name, then a unit or the words for each plural: `{offset:hex}`, `{count|one:file|other:files}`. */
export const PARAMETER = /\{(\w+)(?::(\w+))?((?:\|\w+:[^|{}]*)+)?\}/g;

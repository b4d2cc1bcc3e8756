/** The shape of texts. @module */

/** Values that a text can name: plain data that survives JSON and `structuredClone`. */
export type MessageParams = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** A sentence and, where a person can do something about it, one action; for findings also a title. */
export interface MessageTemplate {
  /** A few words without a full stop: "The flash is empty". */
  readonly title?: string;
  readonly message: string;
  readonly hint?: string;
}

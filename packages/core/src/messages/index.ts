/**
 * All texts in English, for whoever translates them, and what proves a translation.
 *
 * @module
 */
export { catalogue as englishMessages } from "./english.js";
export { PARAMETER as parameterPattern } from "./placeholder.js";
export type { MessageTemplate } from "./template.js";
export { translationFlaws } from "./translation-flaws.js";

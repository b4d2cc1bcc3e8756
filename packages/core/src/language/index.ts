/**
 * The language of all texts. An entry of its own, so that a page can choose it before it loads the texts themselves.
 *
 * @module
 */
export { type Language, setLanguage, type Translation } from "../messages/language.js";

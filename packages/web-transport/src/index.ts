/**
 * Serial ports as transports for Flashwright, in browsers.
 *
 * @module
 */

// Time
export { browserClock } from "./browser-clock.js";

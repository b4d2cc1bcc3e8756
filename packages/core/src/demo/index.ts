/**
 * Firmware that is made: in form, size and name like a real one, random in content, to show and try a flasher with.
 *
 * @module
 */
export {
  type DemoFile,
  type MadeRelease,
  madeBoot,
  madeFiles,
  madeUser1,
  release1v95,
  release2v09,
} from "./made-espruino.js";
export { bootImage, codeLike, type MadeHeader, type MadeSegment, randomWords } from "./made-parts.js";

/**
 * What a firmware author's page loads: `<flashwright-button>`, and the same under the name that ESP Web Tools gives its
 * button, where nobody has defined that, so that a page moves over by its script alone.
 *
 * @module
 */
import { FlashwrightButton } from "./flashwright-button.js";

export type { InstallRequest, InstallState } from "./install-request.js";
export { FlashwrightButton };

if (customElements.get("flashwright-button") === undefined) {
  customElements.define("flashwright-button", FlashwrightButton);
}
if (customElements.get("esp-web-install-button") === undefined) {
  customElements.define("esp-web-install-button", class extends FlashwrightButton {});
}

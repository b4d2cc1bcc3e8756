/** How the button looks until its author says otherwise. @module */

/** The names of the properties are those of ESP Web Tools, so that a page's own style goes on to hold. */
export const elementStyle = `
  :host {
    display: inline-block;
  }
  :host([hidden]) {
    display: none;
  }
  button {
    font: 600 0.95em / 1 system-ui, "Segoe UI", sans-serif;
    padding: 0.75em 1.25em;
    color: var(--esp-tools-button-text-color, #fff);
    background: var(--esp-tools-button-color, #1b2430);
    border: 1px solid transparent;
    border-radius: var(--esp-tools-button-border-radius, 4px);
    cursor: pointer;
  }
  button:hover {
    filter: brightness(1.15);
  }
  button:focus-visible {
    outline: 2px solid #2a72c8;
    outline-offset: 2px;
  }
  :host([active]) button {
    cursor: default;
  }
`;

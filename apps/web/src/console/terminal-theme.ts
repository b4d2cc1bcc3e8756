/** The terminal in the page's own colours. @module */

/** As the page has them now. */
export function terminalTheme(style = getComputedStyle(document.documentElement)) {
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    background: colour("--sunken"),
    foreground: colour("--ink"),
    cursor: colour("--ink"),
    cursorAccent: colour("--sunken"),
    selectionBackground: colour("--line"),
    cyan: colour("--focus"),
    red: colour("--alarm"),
  };
}

/** Elements, made of text alone: nothing that comes from outside is ever read as HTML. @module */

/** An element with a class and what is in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...content);
  return made;
}

/** A text with `commands` in it. */
export function textWithCode(text: string): Node[] {
  return text.split(/`([^`]+)`/).map((part, at) => {
    return at % 2 === 1 ? element("code", "", part) : document.createTextNode(part);
  });
}

/** An element of the page itself. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

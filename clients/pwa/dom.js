// @ts-check
/** Makes nodes. Text goes in as text: nothing on the page is ever read as HTML. */

/**
 * @param {string} tag
 * @param {{class?: string, text?: string, [attribute: string]: string | undefined}} [options]
 *   the class, the text, and attributes
 */
export function element(tag, { class: name, text, ...attributes } = {}) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value ?? "");
  return node;
}

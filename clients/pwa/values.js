// @ts-check
/** Arguments and previews for people: every value whole, whatever its shape. */

import { element } from "./dom.js";
import { language, strings } from "./strings.js";
import { isTime, shownTime } from "./times.js";

/** @typedef {null | boolean | number | string | any[] | {[name: string]: any}} Json */

/** Longer text is folded; all of it stays one tap away. */
const FOLD_CHARACTERS = 200;
const FOLD_LINES = 4;

/** Names for machines. */
const OPAQUE = /(_ids?|sha)$/;

/** What turns text round or takes no room could make an address look like another one. */
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]|(?<!\p{Extended_Pictographic}\uFE0F?)\u200D/gu;

/** @param {string} text @returns {string} with characters that cannot be seen spelled out */
export function plain(text) {
  return text.replaceAll("\r\n", "\n").replaceAll(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** @param {string} name of a parameter or a field @param {string} server */
export function labelOf(name, server) {
  const labels = /** @type {Record<string, string>} */ (strings.labels);
  return labels[`${server}.${name}`] ?? labels[name] ?? plain(name);
}

/**
 * @param {Json} value
 * @param {string} name of the parameter or the field
 * @param {string} server
 * @returns {HTMLElement}
 */
export function shownValue(value, name, server) {
  if (Array.isArray(value)) return value.length > 1 ? list(value, name, server) : shownValue(value[0] ?? null, name, server);
  if (value !== null && typeof value === "object") return fields(value, server);
  const text = scalar(value, name);
  const long = text.length > FOLD_CHARACTERS || text.split("\n").length > FOLD_LINES;
  if (long) return folded(text);
  return element("p", { class: OPAQUE.test(name) && text === value ? "value opaque" : "value", text });
}

/** @param {null | boolean | number | string} value @param {string} name */
function scalar(value, name) {
  if (value === null || value === "") return strings.nothing;
  if (typeof value === "boolean") return value ? strings.true : strings.false;
  if (typeof value === "number") return number(value, name);
  if (isTime(value)) return shownTime(value);
  const choices = /** @type {Record<string, string>} */ (strings.choices);
  return choices[`${name}.${value}`] ?? plain(value);
}

/** @param {number} value @param {string} name */
function number(value, name) {
  if (/_(krw|won)$/.test(name)) return new Intl.NumberFormat(language, { style: "currency", currency: "KRW" }).format(value);
  return name.endsWith("_min") ? `${value}${strings.minutes}` : String(value);
}

/** @param {Json[]} values @param {string} name @param {string} server */
function list(values, name, server) {
  const rows = element("ul", { class: "value" });
  for (const value of values) {
    const row = element("li");
    row.append(shownValue(value, name, server));
    rows.append(row);
  }
  return rows;
}

/** @param {Record<string, Json>} values @param {string} server */
export function fields(values, server) {
  const rows = element("dl", { class: "fields" });
  for (const [name, value] of Object.entries(values)) {
    const shown = element("dd");
    shown.append(shownValue(value, name, server));
    rows.append(element("dt", { text: labelOf(name, server) }), shown);
  }
  return rows;
}

/** @param {string} text */
function folded(text) {
  const whole = element("div", { class: "value" });
  const words = element("p", { class: "folded", text });
  const unfold = element("button", { class: "more", type: "button", "aria-expanded": "false" });
  const name = () => {
    const open = unfold.getAttribute("aria-expanded") === "true";
    words.classList.toggle("folded", !open);
    unfold.textContent = open ? strings.less : `${strings.more} (${text.length.toLocaleString(language)}${strings.characters})`;
  };
  unfold.onclick = () => {
    unfold.setAttribute("aria-expanded", String(unfold.getAttribute("aria-expanded") !== "true"));
    name();
  };
  name();
  whole.append(words, unfold);
  return whole;
}

// @ts-check
/** What a tool call found, as rows a person can read. */

import { language, strings } from "./strings.js";
import { shownTime } from "./times.js";

/** @typedef {{title: string, about: string, link?: string}} Row */

/** @param {(string | undefined)[]} parts */
const joined = (...parts) => parts.filter(Boolean).join(" · ");

const won = new Intl.NumberFormat(language, { style: "currency", currency: "KRW" });

/** What is offered somewhere, with its price. @param {any} it @returns {Row} */
const offered = (it) => ({
  title: it.name,
  about: joined(it.price_krw === undefined ? undefined : won.format(it.total_krw ?? it.price_krw), it.seller ?? it.provider),
  link: it.url,
});

/** A thing with a name, whatever it is. @param {any} it @returns {Row} */
const named = (it) => ({
  title: it.title ?? it.name ?? it.text ?? it.message ?? it.workflow ?? "",
  about: joined(it.number === undefined ? undefined : `#${it.number}`, it.repo, it.source, it.conclusion ?? it.state, it.quantity, it.snippet ?? it.description),
  link: it.url ?? it.link,
});

/** Rows by the field of the result that holds them. @type {Record<string, (item: any) => Row>} */
const ROWS = {
  events: (event) => ({ title: event.summary, about: joined(shownTime(event.start), event.location), link: event.html_link }),
  event: (event) => ({ title: event.summary, about: joined(shownTime(event.start), event.location), link: event.html_link }),
  messages: (mail) => ({ title: mail.subject, about: joined(mail.from, shownTime(mail.date), mail.snippet ?? mail.body) }),
  places: (place) => ({
    title: place.name,
    about: joined(place.distance_m === undefined ? undefined : `${place.distance_m} m`, place.address, place.phone),
    link: place.url,
  }),
  addresses: (found) => ({ title: found.road_address ?? found.address, about: joined(found.building, found.postal_code) }),
  calendars: (calendar) => ({ title: calendar.name, about: calendar.primary ? strings.mainCalendar : "" }),
  labels: (label) => ({ title: label.name, about: "" }),
  slots: (slot) => ({ title: `${shownTime(slot.start)} – ${shownTime(slot.end)}`, about: "" }),
  people: (person) => ({ title: person.name ?? person.address, about: person.name ? person.address : "" }),
  drafts: (draft) => ({ title: draft.subject, about: joined([draft.to].flat().join(", "), draft.snippet) }),
  routes: (route) => ({
    title: route.legs.map((/** @type {any} */ leg) => leg.line).filter(Boolean).join(" → "),
    about: joined(`${route.duration_min} ${strings.minutes}`, route.fare_won === undefined ? undefined : won.format(route.fare_won)),
  }),
  offers: offered,
  products: offered,
  product: offered,
  deals: offered,
  results: named,
  items: named,
  rows: named,
  repos: named,
  issues: named,
  issue: named,
  pulls: named,
  pull: named,
  notifications: named,
  runs: named,
  commits: named,
  images: named,
};

/** The result as a whole, where it leads somewhere. @param {any} result @returns {Row | undefined} */
function destination(result) {
  if (!result?.url?.startsWith("https://")) return undefined;
  if (!result.origin) return { title: result.title ?? strings.open, about: "", link: result.url };
  return {
    title: `${result.origin.name} → ${result.destination.name}`,
    about: result.duration_min === undefined ? "" : `${result.duration_min} ${strings.minutes}`,
    link: result.url,
  };
}

/**
 * @param {Record<string, any> | null | undefined} result structured content of a call
 * @returns {HTMLElement | undefined} a list, or nothing where the result has no rows
 */
export function resultList(result) {
  const list = document.createElement("ul");
  list.className = "rows";
  const whole = destination(result);
  if (whole) list.append(shownRow(whole));
  for (const [field, row] of Object.entries(ROWS)) {
    const found = result?.[field];
    for (const item of found === undefined ? [] : [found].flat()) list.append(shownRow(row(item)));
  }
  if (list.childElementCount && result?.disclosure) list.append(shownRow({ title: "", about: result.disclosure }));
  return list.childElementCount ? list : undefined;
}

/** @param {Row} row */
function shownRow(row) {
  const item = document.createElement("li");
  const title = document.createElement(row.link?.startsWith("https://") ? "a" : "strong");
  title.textContent = row.title;
  if (title instanceof HTMLAnchorElement) {
    title.href = row.link ?? "";
    title.target = "_blank";
    title.rel = "noopener noreferrer";
  }
  const about = document.createElement("span");
  about.textContent = row.about;
  item.append(title, about);
  return item;
}

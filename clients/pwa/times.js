// @ts-check
/** Times as people write them. */

import { language } from "./strings.js";

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** @type {Intl.DateTimeFormatOptions} */
const DAY = { timeZone: "UTC", month: "short", day: "numeric", weekday: "short" };
/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = { ...DAY, hour: "numeric", minute: "2-digit" };

/** @param {string} text whether it is RFC 3339, a local time without an offset, or a plain date */
export const isTime = (text) => TIME.test(text) && !Number.isNaN(Date.parse(text));

/**
 * A time as its own offset shows it, which is named where it is not the offset here.
 * @param {string} time see `isTime`
 */
export function shownTime(time) {
  if (time.length === 10) return written(new Date(`${time}T00:00Z`), DAY);
  const offset = TIME.exec(time)?.[1];
  if (!offset) return written(new Date(`${time}Z`), CLOCK);
  const moment = new Date(time);
  const here = -moment.getTimezoneOffset();
  const there = offset === "Z" ? here : minutesOf(offset);
  // The formats print UTC, so that what they are given is what the clock on the wall shows.
  const shown = written(new Date(moment.getTime() + there * 60_000), CLOCK);
  return there === here ? shown : `${shown} (UTC${offset})`;
}

/** @param {string} offset such as +09:00 */
function minutesOf(offset) {
  const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/** @param {Date} wall @param {Intl.DateTimeFormatOptions} options */
function written(wall, options) {
  const thisYear = wall.getUTCFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(language, thisYear ? options : { ...options, year: "numeric" }).format(wall);
}

/** @param {number} ms @returns {string} minutes and seconds, such as 1:05 */
export function shownCountdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

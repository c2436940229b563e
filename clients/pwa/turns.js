// @ts-check
/** The conversation on the page: what was said, what Arion answered, what was done. */

import { ConfirmationCard } from "./confirmation.js";
import { element } from "./dom.js";
import { resultList } from "./results.js";
import { strings } from "./strings.js";

/** @typedef {{server: string, tool: string, arguments: Record<string, unknown>, status: string, result?: Record<string, any> | null}} ToolCall */

/** One exchange; it fills up as events arrive. */
export class TurnCard {
  /** @param {HTMLElement} list @param {string} said */
  constructor(list, said) {
    this.root = element("li", { class: "turn" });
    this.said = element("p", { class: "said", text: said });
    this.answer = element("div", { class: "answer waiting", text: strings.thinking });
    this.root.append(this.said, this.answer);
    list.append(this.root);
    this.show();
  }

  show() {
    // Of what is taller than the window, the beginning matters first.
    const tall = this.root.offsetHeight > (this.root.closest("main")?.clientHeight ?? 0);
    this.root.scrollIntoView({ block: tall ? "start" : "end" });
  }

  get isWaiting() {
    return this.answer.classList.contains("waiting");
  }

  /** @param {string} piece of the answer, to follow what is there */
  add(piece) {
    if (this.isWaiting) {
      this.answer.className = "answer";
      this.answer.replaceChildren(element("p"));
    }
    const words = /** @type {HTMLElement} */ (this.answer.firstElementChild);
    words.textContent = [words.textContent, piece].filter(Boolean).join(" ");
    this.show();
  }

  /**
   * @param {any} detail the turn's result
   * @param {(yes: boolean, question: string) => boolean} onAnswer tells whether the answer left
   * @returns {ConfirmationCard | undefined} the card, where the turn asks for a yes
   */
  explain(detail, onAnswer) {
    const asked = /** @type {import("./confirmation.js").Confirmation | null} */ (detail.confirmation);
    const waiting = detail.calls.filter((/** @type {ToolCall} */ call) => asked && call.status === "not_run");
    const done = detail.calls.filter((/** @type {ToolCall} */ call) => !waiting.includes(call));
    // Earlier calls only looked something up for the last one.
    const rows = asked ? undefined : resultList(done.at(-1)?.result);
    if (rows) this.answer.append(rows);
    const card = asked ? new ConfirmationCard(asked, detail.needs_human, waiting, (yes) => onAnswer(yes, asked.id)) : undefined;
    if (card) this.ask(card, detail.needs_human);
    if (done.length) this.answer.append(calls(done));
    this.show();
    return card;
  }

  /** @param {ConfirmationCard} card @param {string} question which the card asks, so it is not said twice */
  ask(card, question) {
    const words = this.answer.querySelector("p");
    if (words) words.textContent = (words.textContent ?? "").replace(question, "").trim();
    if (!words?.textContent) words?.remove();
    this.answer.classList.add("asks");
    this.answer.append(card.root);
  }

  /** No answer will come any more. */
  lose() {
    if (this.isWaiting) this.answer.textContent = strings.answerLost;
  }

  /** @param {number} ms from the end of speech to the first sound heard here */
  firstAudio(ms) {
    const text = `${strings.firstAudio} ${(ms / 1000).toFixed(1)}${strings.seconds}`;
    this.answer.append(element("p", { class: "latency", text }));
  }
}

/** @param {ToolCall[]} list */
function calls(list) {
  const details = element("details", { class: "calls" });
  const summary = element("summary", { text: `${strings.done} · ` });
  details.append(summary);
  list.forEach((call, index) => {
    const servers = /** @type {Record<string, string>} */ (strings.servers);
    const name = `${servers[call.server] ?? call.server} ${call.tool}`;
    const bad = call.status === "failed" || call.status === "unknown";
    summary.append(`${index ? ", " : ""}${name} `, element("span", { class: `call-state${bad ? " bad" : ""}`, text: stateOf(call.status) }));
    details.append(argumentsOf(call));
  });
  return details;
}

/** @param {string} status */
function stateOf(status) {
  return { ok: "✓", failed: strings.failed, unknown: strings.unknown, not_run: strings.notRun }[status] ?? status;
}

/** @param {ToolCall} call */
function argumentsOf(call) {
  const rows = element("dl");
  for (const [name, value] of Object.entries(call.arguments)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    rows.append(element("dt", { text: name }), element("dd", { text }));
  }
  return rows;
}

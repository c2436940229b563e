// @ts-check
/** The conversation on the page: what was said, what Arion answered, what was done. */

import { resultList } from "./results.js";
import { strings } from "./strings.js";

/** @typedef {{server: string, tool: string, arguments: Record<string, unknown>, status: string, result?: Record<string, any> | null}} ToolCall */

/**
 * @param {string} tag
 * @param {{class?: string, text?: string}} [options]
 */
function element(tag, options = {}) {
  const node = document.createElement(tag);
  if (options.class) node.className = options.class;
  if (options.text !== undefined) node.textContent = options.text;
  return node;
}

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
    this.root.scrollIntoView({ block: "end" });
  }

  /** @param {string} piece of the answer, to follow what is there */
  add(piece) {
    if (this.answer.classList.contains("waiting")) {
      this.answer.className = "answer";
      this.answer.replaceChildren(element("p"));
    }
    const words = /** @type {HTMLElement} */ (this.answer.firstElementChild);
    words.textContent = [words.textContent, piece].filter(Boolean).join(" ");
    this.show();
  }

  /**
   * @param {any} detail the turn's result
   * @param {(yes: boolean) => void} onConfirm
   */
  explain(detail, onConfirm) {
    // Earlier calls only looked something up for the last one.
    const rows = resultList(detail.calls.at(-1)?.result);
    if (rows) this.answer.append(rows);
    if (detail.calls.length) this.answer.append(calls(detail.calls));
    // "Which one?" is answered in words; only a confirmation is a yes or a no.
    const asked = detail.validation.some((/** @type {{verdict: string}} */ check) => check.verdict === "confirm");
    if (detail.needs_human && asked) this.answer.append(this.question(onConfirm));
    this.show();
  }

  /** @param {(yes: boolean) => void} onConfirm */
  question(onConfirm) {
    const buttons = element("div", { class: "answer-buttons" });
    for (const yes of [true, false]) {
      const button = element("button", { text: yes ? strings.yes : strings.no });
      button.onclick = () => {
        buttons.remove();
        onConfirm(yes);
      };
      buttons.append(button);
    }
    return buttons;
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

// @ts-check
/** The card that asks before something happens: what would happen, with what, and why. */

import { element } from "./dom.js";
import { strings } from "./strings.js";
import { shownCountdown } from "./times.js";
import { fields, labelOf, plain, shownValue } from "./values.js";

/** @typedef {import("./values.js").Json} Json */
/** @typedef {{name: string, label: string, value: Json, origin: string, words: string, source: string}} ShownArgument */
/** @typedef {{server: string, tool: string, title: string, arguments: ShownArgument[], preview: Record<string, Json>, reason: string, reversible: boolean}} ShownCall */
/** @typedef {{id: string, calls: ShownCall[], expires_at: string}} Confirmation */
/** @typedef {{server: string, tool: string, arguments: Record<string, Json>, status: string, effect_id?: string | null}} Report */

/** What others had a hand in. */
const OTHERS = "others";

let cards = 0;

/** One question that waits for a yes. */
export class ConfirmationCard {
  /**
   * @param {Confirmation} confirmation
   * @param {string} question
   * @param {Report[]} waiting the calls as the asking turn reports them, not run yet
   * @param {(yes: boolean) => boolean} onAnswer tells whether the answer left
   */
  constructor(confirmation, question, waiting, onAnswer) {
    this.id = confirmation.id;
    // A call that the server itself asked about was tried before: the last reports are of what waits.
    this.keys = confirmation.calls.length ? waiting.slice(-confirmation.calls.length).map(keyOf) : [];
    this.onAnswer = onAnswer;
    /** The answer that was given on this card. @type {boolean | undefined} */
    this.answered = undefined;
    this.settled = false;
    this.expiresAt = Date.parse(confirmation.expires_at);
    const fromOthers = confirmation.calls.some((call) => call.arguments.some((it) => it.origin === OTHERS));
    this.question = element("h2", { class: "question", id: `question-${++cards}`, tabindex: "-1", text: plain(question) });
    this.left = element("p", { class: "left", role: "timer" });
    this.buttons = this.answerButtons();
    this.outcome = element("p", { class: "outcome", role: "status" });
    // The list around it reads aloud what arrives; of this, the question alone is read, on focus.
    this.root = element("section", { class: "confirmation", role: "group", "aria-labelledby": this.question.id, "aria-live": "off" });
    this.root.classList.toggle("from-others", fromOthers);
    this.root.append(this.question);
    if (fromOthers) this.root.append(element("p", { class: "warning", text: strings.warnOthers }));
    if (confirmation.calls.length) this.root.append(planOf(confirmation.calls));
    this.root.append(this.left, this.buttons, this.outcome);
    this.clock = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  answerButtons() {
    const buttons = element("div", { class: "answer-buttons" });
    for (const yes of [true, false]) {
      const button = element("button", { type: "button", text: yes ? strings.yes : strings.no });
      button.onclick = () => {
        if (this.onAnswer(yes)) this.wait(yes);
      };
      buttons.append(button);
    }
    return buttons;
  }

  tick() {
    const left = this.expiresAt - Date.now();
    this.left.textContent = `${strings.timeLeft} ${shownCountdown(left)}`;
    if (left <= 0) this.close(strings.expired);
  }

  /** @param {boolean} yes */
  wait(yes) {
    this.answered = yes;
    this.close(strings.working);
    this.settled = false;
  }

  /** The answer got lost on the way, or nobody took it. */
  lose() {
    if (this.answered !== undefined && !this.settled) this.close(strings.answerLost);
  }

  /**
   * Takes a later turn of the conversation, which ends the question one way or another.
   * @param {{calls: Report[], confirmation?: Confirmation | null}} result
   * @param {string | undefined} only the question that this turn answered by its id: no other
   */
  hear(result, only) {
    const ran = result.calls.filter((call) => call.status !== "not_run");
    const became = this.keys.map((key) => ran.find((call) => keyOf(call) === key)?.status ?? "not_run");
    if (became.some((status) => status !== "not_run")) return this.show(became);
    if (this.settled || (only !== undefined && only !== this.id)) return;
    // A question about no call of its own: the answer beside it says what became of it.
    if (!this.keys.length) return this.close({ true: strings.saidYes, false: strings.saidNo }[String(this.answered)] ?? "");
    const again = result.confirmation && (this.answered || result.confirmation.id === this.id);
    if (again) return this.close(strings.askedAgain);
    this.close(this.answered ? strings.stale : strings.notDone);
  }

  /** @param {string[]} became the status of each call */
  show(became) {
    const marks = this.root.querySelectorAll(".plan > li > .mark");
    marks.forEach((mark, index) => (mark.textContent = outcomeOf(became[index] ?? "not_run")));
    const same = became.every((status) => status === became[0]);
    this.close(same ? outcomeOf(became[0] ?? "not_run") : strings.partlyDone);
    this.outcome.classList.toggle("bad", became.some((status) => status !== "ok"));
  }

  /** @param {string} outcome */
  close(outcome) {
    clearInterval(this.clock);
    if (this.buttons.contains(document.activeElement)) this.question.focus({ preventScroll: true });
    this.left.remove();
    this.buttons.remove();
    this.outcome.textContent = outcome;
    this.settled = true;
  }
}

/** What tells one call from all others, in the turn that asks and in the one that does it. @param {Report} call */
function keyOf(call) {
  if (call.effect_id) return call.effect_id;
  const given = Object.entries(call.arguments).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([call.server, call.tool, given]);
}

/** @param {string} status */
function outcomeOf(status) {
  return { ok: strings.didIt, failed: strings.didFail, unknown: strings.unknown }[status] ?? strings.notDone;
}

/** @param {ShownCall[]} calls */
function planOf(calls) {
  if (calls.length === 1) return shownCall(element("div", { class: "step" }), calls);
  const plan = element("ol", { class: "plan" });
  for (const call of calls) {
    const step = shownCall(element("li", { class: "step" }), [call]);
    step.append(element("p", { class: "mark" }));
    plan.append(step);
  }
  return plan;
}

/** @param {HTMLElement} step @param {ShownCall[]} calls only one */
function shownCall(step, [call]) {
  if (!call) return step;
  const rows = element("dl", { class: "given" });
  for (const argument of call.arguments) rows.append(...shownArgument(argument, call.server));
  step.append(element("h3", { text: plain(call.title) }), rows);
  const preview = newIn(call);
  if (preview.length) {
    step.append(element("h4", { text: strings.preview }), fields(Object.fromEntries(preview), call.server));
  }
  const why = element("p", { class: "why", text: `${call.reason} ` });
  const undo = element("span", { text: call.reversible ? strings.reversible : strings.irreversible });
  undo.className = call.reversible ? "undo" : "undo bad";
  why.append(undo);
  step.append(why);
  return step;
}

/** Rows of the preview that the arguments do not show already. @param {ShownCall} call */
function newIn(call) {
  /** @param {string} name @param {Json} value */
  const row = (name, value) => JSON.stringify([labelOf(name, call.server), [value].flat()]);
  const shown = new Set(call.arguments.map(({ name, value }) => row(name, value)));
  return Object.entries(call.preview).filter(([name, value]) => !shown.has(row(name, value)));
}

/** @param {ShownArgument} argument @param {string} server */
function shownArgument({ name, label, value, origin, words, source }, server) {
  const shown = element("dd");
  const said = words && words !== value && !source.includes(words) ? `“${plain(words)}” · ` : "";
  shown.append(
    shownValue(value, name, server),
    element("span", { class: "origin", "data-origin": origin, text: `${said}${source}` }),
  );
  return [element("dt", { text: label === name ? labelOf(name, server) : plain(label) }), shown];
}

// @ts-check
/** What the person types or taps, until it is answered: by voice channel, or by HTTP without one. */

import { language } from "./strings.js";

/** Older than this, it is not sent again: nobody expects it to happen any more. */
const SEND_AGAIN_WITHIN_MS = 120_000;

/** What the host takes a tap on no or yes for, in either language. */
const TAPPED = { true: ["네", "Yes"], false: ["아니요", "No"] };

/** @typedef {import("./turns.js").TurnCard} TurnCard */
/** @typedef {{text: string} | {answer: boolean, question: string}} Words */
/** @typedef {Words & {id: string, sentAt: number, card?: TurnCard, turn?: number, posting?: boolean}} Message */

/** Sends each message until it is answered, under one id, so that it is done once. */
export class Sender {
  /**
   * @param {import("./voice.js").VoiceLink} link
   * @param {{
   *   onPosted: (message: Message) => void,
   *   onResult: (message: Message, result: any) => void,
   *   onRefused: (message: Message, told: string) => void,
   *   onLost: (message: Message) => void,
   * }} handlers
   */
  constructor(link, handlers) {
    this.link = link;
    this.handlers = handlers;
    /** @type {Message[]} */
    this.waiting = [];
  }

  /** @param {Words} words @returns {boolean} whether they left */
  send(words) {
    const message = { ...words, id: newId(), sentAt: performance.now() };
    this.waiting.push(message);
    const left = this.transmit(message);
    if (!left) this.forget(message);
    return left;
  }

  /** Sends again what was not answered. @param {boolean} resumed whether the turns of before go on */
  sendAgain(resumed) {
    for (const message of [...this.waiting]) {
      if (message.posting || (resumed && message.turn !== undefined)) continue;
      message.turn = undefined;
      if (performance.now() - message.sentAt < SEND_AGAIN_WITHIN_MS) this.transmit(message);
      else this.giveUp(message);
    }
  }

  /**
   * @param {number} turn
   * @param {string} text
   * @param {string | null | undefined} id of the message, where the host tells
   * @returns {Message | undefined} what this turn answers
   */
  opened(turn, text, id) {
    const open = this.waiting.filter((it) => it.turn === undefined);
    const message = open.find((it) => it.id === id) ?? open.find((it) => !id && saysSo(it, text));
    if (message) message.turn = turn;
    return message;
  }

  /** @param {number} turn that is answered @returns {Message | undefined} what it answers, the first time */
  answered(turn) {
    const message = this.waiting.find((it) => it.turn === turn);
    if (message) this.forget(message);
    return message;
  }

  /**
   * The host takes no more at the moment: the last one was too much, or comes later.
   * @param {string} told
   * @param {number | null | undefined} retryAfterS when there is room, where the host tells
   * @returns {boolean} whether it comes later
   */
  refuseLast(told, retryAfterS) {
    const message = this.waiting.filter((it) => it.turn === undefined).pop();
    if (!message) return false;
    if (typeof retryAfterS !== "number" || performance.now() - message.sentAt > SEND_AGAIN_WITHIN_MS) {
      this.refuse(message, told);
      return false;
    }
    setTimeout(() => this.waiting.includes(message) && this.transmit(message), retryAfterS * 1000);
    return true;
  }

  /** @param {Message} message @returns {boolean} */
  transmit(message) {
    if (this.link.state === "typed") void this.post(message);
    else if (this.link.state !== "voice" || !this.link.send(eventOf(message))) return false;
    return true;
  }

  /** @param {Message} message */
  async post(message) {
    message.posting = true;
    this.handlers.onPosted(message);
    let response;
    let result;
    try {
      response = await fetch("v1/turns", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...requestOf(message), session: this.link.session }),
      });
      result = await response.json();
    } catch {
      // Nobody knows whether it arrived; once the host is back it is sent again.
      message.posting = false;
      this.link.doubt();
      return;
    }
    message.posting = false;
    if (response.ok) {
      this.forget(message);
      this.handlers.onResult(message, result);
    } else this.refuse(message, [result.error?.message, result.error?.next_step].filter(Boolean).join(" "));
  }

  /** @param {Message} message @param {string} told */
  refuse(message, told) {
    this.forget(message);
    this.handlers.onRefused(message, told);
  }

  /** @param {Message} message */
  giveUp(message) {
    this.forget(message);
    this.handlers.onLost(message);
  }

  /** @param {Message} message */
  forget(message) {
    this.waiting = this.waiting.filter((it) => it !== message);
  }
}

/** @returns {string} 32 hexadecimal digits; `randomUUID` is missing on pages without TLS */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Message} message @param {string} text that opened a turn */
function saysSo(message, text) {
  if ("text" in message) return message.text === text;
  return TAPPED[message.answer ? "true" : "false"].includes(text);
}

/** @param {Message} message */
function eventOf(message) {
  if ("text" in message) return { type: "text", text: message.text, id: message.id };
  return { type: "confirm", answer: message.answer, question: message.question, id: message.id };
}

/** @param {Message} message */
function requestOf(message) {
  if ("text" in message) return { text: message.text, id: message.id };
  return { confirm: message.answer, question: message.question, language, id: message.id };
}

// @ts-check
/** The wire: one WebSocket that carries events as JSON text and sound as binary frames. */

import { newId } from "./sending.js";

const PROTOCOL = "arion.voice.v1";
const HEADER_BYTES = 8;
const KIND_AUDIO = 1;
const CODEC_PCM16 = 1;
const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** Where there is no voice, how long until the page looks whether there is now. */
const LOOK_AGAIN_MS = 30_000;
/** A host that answers but lets no connection come about, this often in a row, is talked to in text. */
const FAILURES_UNTIL_TYPED = 2;
/** More than this unsent means a link too slow for speech: newer sound is dropped, not queued. */
const MOST_BUFFERED_BYTES = 64_000;

/** @typedef {{type: string, [field: string]: any}} VoiceEvent */
/**
 * `voice`: connected. `typed`: the host answers, and has no voice or none that can be reached.
 * `offline`: nobody answers.
 * @typedef {"connecting" | "voice" | "typed" | "offline"} LinkState
 */

/** Keeps one connection open for as long as the page lives, or says that there can be none. */
export class VoiceLink {
  /**
   * @param {{
   *   hello: () => object,
   *   onEvent: (event: VoiceEvent) => void,
   *   onAudio: (turn: number, pcm: ArrayBuffer) => void,
   *   onState: (state: LinkState) => void,
   * }} handlers
   */
  constructor(handlers) {
    this.handlers = handlers;
    this.state = /** @type {LinkState} */ ("connecting");
    this.sequence = 0;
    this.waitMs = SHORTEST_WAIT_MS;
    this.failures = 0;
    this.timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
    this.session = sessionStorage.getItem("arion.session") ?? newId();
    this.keepSession(this.session);
    void this.connect();
  }

  get ready() {
    return this.state === "voice";
  }

  async connect() {
    const speech = await speechState();
    if (this.socket && this.socket.readyState < WebSocket.CLOSING) return;
    if (speech === undefined) return this.lost();
    if (speech === "absent") return this.goTyped();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}/v1/voice`, PROTOCOL);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.send({ type: "hello", ...this.handlers.hello(), session: this.session });
    this.socket.onmessage = ({ data }) => (typeof data === "string" ? this.hear(JSON.parse(data)) : this.sound(data));
    this.socket.onclose = () => this.closed();
  }

  closed() {
    this.failures += 1;
    if (this.failures < FAILURES_UNTIL_TYPED) this.lost();
    else this.goTyped();
  }

  lost() {
    this.change("offline");
    this.connectIn(this.waitMs);
    this.waitMs = Math.min(LONGEST_WAIT_MS, this.waitMs * 2);
  }

  goTyped() {
    this.waitMs = SHORTEST_WAIT_MS;
    this.change("typed");
    this.connectIn(LOOK_AGAIN_MS);
  }

  /** @param {number} ms */
  connectIn(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), ms);
  }

  /** Something sent by HTTP got no answer: is anybody there? */
  doubt() {
    if (this.state === "typed") this.lost();
  }

  /** @param {LinkState} state */
  change(state) {
    if (state === this.state) return;
    this.state = state;
    this.handlers.onState(state);
  }

  /** @param {string} session */
  keepSession(session) {
    this.session = session;
    sessionStorage.setItem("arion.session", session);
  }

  /** @param {VoiceEvent} event */
  hear(event) {
    if (event.type === "ready") {
      this.waitMs = SHORTEST_WAIT_MS;
      this.failures = 0;
      this.sequence = 0;
      this.keepSession(event.session);
      this.change("voice");
    }
    this.handlers.onEvent(event);
  }

  /** @param {ArrayBuffer} frame */
  sound(frame) {
    const header = new DataView(frame, 0, HEADER_BYTES);
    if (header.getUint8(0) === KIND_AUDIO) this.handlers.onAudio(header.getUint16(2), frame.slice(HEADER_BYTES));
  }

  /** @param {VoiceEvent} event @returns {boolean} whether it left */
  send(event) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(event));
    return true;
  }

  /** @param {ArrayBuffer} pcm one 20 ms frame of 16 kHz PCM16 */
  sendAudio(pcm) {
    if (!this.ready || !this.socket || this.socket.bufferedAmount > MOST_BUFFERED_BYTES) return;
    const frame = new Uint8Array(HEADER_BYTES + pcm.byteLength);
    const header = new DataView(frame.buffer);
    header.setUint8(0, KIND_AUDIO);
    header.setUint8(1, CODEC_PCM16);
    header.setUint32(4, this.sequence++ >>> 0);
    frame.set(new Uint8Array(pcm), HEADER_BYTES);
    this.socket.send(frame);
  }
}

/** @returns {Promise<string | undefined>} how far the host's speech is; undefined: nobody answers */
async function speechState() {
  try {
    return (await (await fetch("ready", { cache: "no-store" })).json()).parts.speech.state;
  } catch {
    return undefined;
  }
}

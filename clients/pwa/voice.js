// @ts-check
/** The wire: one WebSocket that carries events as JSON text and sound as binary frames. */

import { newId } from "./sending.js";
import { Uplink } from "./uplink.js";

const PROTOCOL = "arion.voice.v1";
const HEADER_BYTES = 8;
const KIND_AUDIO = 1;
const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
/** Where there is no voice, how long until the page looks whether there is now. */
const LOOK_AGAIN_MS = 30_000;
/** A host that answers but lets no connection come about, this often in a row, is talked to in text. */
const FAILURES_UNTIL_TYPED = 2;
/** A host that is there answers sooner. */
const ANSWER_WITHIN_MS = 10_000;
/** More than this unsent means a link too slow for speech: newer sound is dropped, not queued. */
const MOST_BUFFERED_BYTES = 64_000;
/** Between two acknowledgements of what came. */
const ACK_EVERY_MS = 2_000;
/** The host says every second how far it has heard: after this much silence the connection is dead. */
const DEAD_AFTER_MS = 5_000;
/** A pause of the microphone; silence of the host is counted from its end. */
const MICROPHONE_PAUSE_MS = 1_000;
/** The host has forgotten the session by then. */
const RESUME_WITHIN_MS = 60_000;
/** So that not all pages come back at the same moment. */
const SPREAD_MS = 1_000;

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
    this.waitMs = 0;
    this.failures = 0;
    this.timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
    this.socket = /** @type {WebSocket | undefined} */ (undefined);
    this.isConnecting = false;
    this.session = sessionStorage.getItem("arion.session") ?? newId();
    this.uplink = new Uplink();
    /** Opens the session again after a drop; it lives as long as the page. */
    this.token = /** @type {string | undefined} */ (undefined);
    /** Whether the present connection goes on with the session of the one before. */
    this.resumed = false;
    /** Sound that was sent again and may still be on its way. */
    this.saidAgainBytes = 0;
    /** An interrupt that could not be sent. */
    this.interrupting = false;
    /** Number of the last event that came. */
    this.seen = this.acknowledged = 0;
    this.acknowledgedAt = this.heardAt = this.spokeAt = this.lostAt = performance.now();
    this.keepSession(this.session);
    addEventListener("pagehide", ({ persisted }) => !persisted && this.socket?.close(1000));
    void this.connect();
  }

  /** The next connection begins a fresh session. */
  forget() {
    this.token = undefined;
    this.resumed = this.interrupting = false;
    this.seen = this.acknowledged = 0;
    this.uplink.clear();
  }

  get ready() {
    return this.state === "voice";
  }

  /** Whether what was being said may still go on. */
  get mayResume() {
    return this.token !== undefined;
  }

  async connect() {
    if (this.isConnecting || (this.socket && this.socket.readyState < WebSocket.CLOSING)) return;
    this.isConnecting = true;
    const speech = await speechState();
    const ticket = speech === undefined || speech === "absent" ? undefined : await askTicket();
    this.isConnecting = false;
    if (speech === undefined) return this.lost();
    if (speech === "absent") return this.goTyped();
    if (typeof ticket === "number") return this.mayResume ? this.lost(ticket) : this.goTyped(ticket);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const query = ticket === undefined ? "" : `?ticket=${ticket}`;
    const socket = new WebSocket(`${scheme}://${location.host}/v1/voice${query}`, PROTOCOL);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.greet();
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      this.heardAt = performance.now();
      if (typeof data === "string") this.hear(JSON.parse(data));
      else this.sound(data);
    };
    socket.onclose = () => socket === this.socket && this.closed();
  }

  greet() {
    const hello = { type: "hello", ...this.handlers.hello(), session: this.session };
    this.transmit(this.token === undefined ? hello : { ...hello, token: this.token, seen: this.seen });
  }

  closed() {
    this.failures += 1;
    if (this.failures < FAILURES_UNTIL_TYPED) this.lost();
    else this.goTyped();
  }

  /** @param {number} [waitMs] until there is room, where the host has said so */
  lost(waitMs = this.waitMs) {
    const now = performance.now();
    if (this.state === "voice") this.lostAt = now;
    else if (this.mayResume && now - this.lostAt > RESUME_WITHIN_MS) {
      this.forget();
      this.handlers.onState("offline");
    }
    this.change("offline");
    this.connectIn(waitMs);
    this.waitMs = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, this.waitMs * 2));
  }

  /** Nothing comes any more, though nobody has hung up. */
  giveUpConnection() {
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
    this.lost(0);
  }

  /** @param {number} [waitMs] until the page looks whether there is a voice now */
  goTyped(waitMs = LOOK_AGAIN_MS) {
    this.waitMs = 0;
    this.forget();
    this.change("typed");
    this.connectIn(waitMs);
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
    if (event.type === "ready") return this.begin(event);
    if (event.seq && event.seq <= this.seen) return;
    this.seen = Math.max(this.seen, event.seq ?? 0);
    if (event.type === "heard") this.uplink.heard(event.sequence);
    else this.handlers.onEvent(event);
    if (event.type === "error" && event.fatal) this.forget();
    else this.acknowledge();
  }

  /** @param {VoiceEvent} ready */
  begin(ready) {
    this.waitMs = this.failures = 0;
    this.keepSession(ready.session);
    const { interrupting } = this;
    if (!ready.resumed) this.forget();
    this.token = ready.token ?? undefined;
    this.resumed = ready.resumed ?? false;
    this.interrupting = false;
    this.heardAt = performance.now();
    this.handlers.onEvent(ready);
    if (this.resumed) this.sayAgain(ready.heard, interrupting);
    this.change("voice");
  }

  /** @param {number | null} heard @param {boolean} interrupting */
  sayAgain(heard, interrupting) {
    this.uplink.heard(heard);
    this.saidAgainBytes = this.uplink.bytes;
    for (const it of this.uplink.kept) {
      if ("frame" in it) this.socket?.send(it.frame);
      else this.transmit(it.event);
    }
    if (interrupting) this.transmit({ type: "interrupt" });
  }

  acknowledge() {
    const now = performance.now();
    if (!this.mayResume || this.seen === this.acknowledged || now - this.acknowledgedAt < ACK_EVERY_MS) return;
    this.acknowledged = this.seen;
    this.acknowledgedAt = now;
    this.transmit({ type: "ack", seq: this.seen });
  }

  /** @param {ArrayBuffer} frame */
  sound(frame) {
    const header = new DataView(frame, 0, HEADER_BYTES);
    if (header.getUint8(0) === KIND_AUDIO) this.handlers.onAudio(header.getUint16(2), frame.slice(HEADER_BYTES));
  }

  /** @param {VoiceEvent} event @returns {boolean} whether it left */
  send(event) {
    if (event.type === "listen" && this.mayResume) this.uplink.press(event);
    if (this.ready) return this.transmit(event);
    if (event.type === "interrupt") this.interrupting = true;
    return false;
  }

  /** @param {object} event @returns {boolean} whether it left */
  transmit(event) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(event));
    return true;
  }

  /** @param {ArrayBuffer} pcm one 20 ms frame of 16 kHz PCM16 */
  sendAudio(pcm) {
    const isOpen = this.ready && this.socket?.readyState === WebSocket.OPEN;
    if (!isOpen && !this.mayResume) return;
    if (isOpen && this.isDead()) this.giveUpConnection();
    if (this.isSlow()) return;
    const frame = this.uplink.speak(pcm);
    if (isOpen) this.socket?.send(frame);
  }

  isSlow() {
    const unsent = this.socket?.readyState === WebSocket.OPEN ? this.socket.bufferedAmount : 0;
    // What was kept over a drop leaves all at once; what is said meanwhile comes after it.
    if (unsent <= MOST_BUFFERED_BYTES) this.saidAgainBytes = 0;
    return unsent > MOST_BUFFERED_BYTES + this.saidAgainBytes;
  }

  isDead() {
    const now = performance.now();
    if (now - this.spokeAt > MICROPHONE_PAUSE_MS) this.heardAt = now;
    this.spokeAt = now;
    return this.mayResume && now - this.heardAt > DEAD_AFTER_MS;
  }
}

/** @returns {Promise<string | undefined>} how far the host's speech is; undefined: nobody answers */
async function speechState() {
  try {
    return (await (await fetch("ready", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).json()).parts.speech.state;
  } catch {
    return undefined;
  }
}

/**
 * @returns {Promise<string | number | undefined>} opens one connection; a number: there is no room for
 *   so many milliseconds; undefined: the host has no tickets
 */
async function askTicket() {
  try {
    const answer = await fetch("v1/voice/ticket", { method: "POST", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const told = await answer.json();
    if (answer.ok) return encodeURIComponent(told.ticket);
    const retryAfterS = told.error?.retry_after_s;
    return typeof retryAfterS === "number" ? retryAfterS * 1000 + Math.random() * SPREAD_MS : undefined;
  } catch {
    return undefined;
  }
}

// @ts-check
/** The wire: one WebSocket that carries events as JSON text and sound as binary frames. */

const PROTOCOL = "arion.voice.v1";
const HEADER_BYTES = 8;
const KIND_AUDIO = 1;
const CODEC_PCM16 = 1;
const LONGEST_WAIT_MS = 10_000;
/** More than this unsent means a link too slow for speech: newer sound is dropped, not queued. */
const MOST_BUFFERED_BYTES = 64_000;

/** @typedef {{type: string, [field: string]: any}} VoiceEvent */

/** Keeps one connection open for as long as the page lives. */
export class VoiceLink {
  /**
   * @param {{
   *   hello: () => object,
   *   onEvent: (event: VoiceEvent) => void,
   *   onAudio: (turn: number, pcm: ArrayBuffer) => void,
   *   onState: (connected: boolean) => void,
   * }} handlers
   */
  constructor(handlers) {
    this.handlers = handlers;
    this.ready = false;
    this.sequence = 0;
    this.waitMs = 500;
    this.session = sessionStorage.getItem("arion.session") ?? undefined;
    this.connect();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}/v1/voice`, PROTOCOL);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.send({ type: "hello", ...this.handlers.hello(), session: this.session });
    this.socket.onmessage = ({ data }) => (typeof data === "string" ? this.hear(JSON.parse(data)) : this.sound(data));
    this.socket.onclose = () => this.lost();
  }

  lost() {
    this.ready = false;
    this.handlers.onState(false);
    setTimeout(() => this.connect(), this.waitMs);
    this.waitMs = Math.min(LONGEST_WAIT_MS, this.waitMs * 2);
  }

  /** @param {VoiceEvent} event */
  hear(event) {
    if (event.type === "ready") {
      this.ready = true;
      this.waitMs = 500;
      this.sequence = 0;
      this.session = event.session;
      sessionStorage.setItem("arion.session", event.session);
      this.handlers.onState(true);
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

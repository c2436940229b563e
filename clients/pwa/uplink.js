// @ts-check
/** The microphone's frames, kept until the host has heard them, over one connection after the other. */

const HEADER_BYTES = 8;
const KIND_AUDIO = 1;
const CODEC_PCM16 = 1;
/** Ten seconds; older sound is no longer worth hearing. */
const MOST_KEPT_BYTES = 10 * 2 * 16_000;

/** @typedef {{frame: Uint8Array<ArrayBuffer>, sequence: number} | {event: object}} Kept */

export class Uplink {
  sequence = 0;
  bytes = 0;
  /** @type {Kept[]} */
  kept = [];

  /** Numbers begin anew. */
  clear() {
    this.sequence = this.bytes = 0;
    this.kept = [];
  }

  /** @param {ArrayBuffer} pcm one 20 ms frame of 16 kHz PCM16 @returns the next frame of the wire */
  speak(pcm) {
    const frame = new Uint8Array(HEADER_BYTES + pcm.byteLength);
    const header = new DataView(frame.buffer);
    header.setUint8(0, KIND_AUDIO);
    header.setUint8(1, CODEC_PCM16);
    header.setUint32(4, this.sequence >>> 0);
    frame.set(new Uint8Array(pcm), HEADER_BYTES);
    this.kept.push({ frame, sequence: this.sequence++ });
    this.bytes += frame.length;
    while (this.bytes > MOST_KEPT_BYTES) this.forgetFirst();
    return frame;
  }

  /** What was done to the button keeps its place among the frames. @param {object} event */
  press(event) {
    this.kept.push({ event });
  }

  /** @param {number | null} sequence of the last frame that was heard; null: none was */
  heard(sequence) {
    if (sequence === null) return;
    while (this.kept.some((it) => "frame" in it && it.sequence <= sequence)) this.forgetFirst();
  }

  /** Forgets the first frame, and the button before it. */
  forgetFirst() {
    for (let first = this.kept.shift(); first; first = this.kept.shift()) {
      if (!("frame" in first)) continue;
      this.bytes -= first.frame.length;
      return;
    }
  }
}

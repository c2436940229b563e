// @ts-check
/**
 * Turns the microphone into 20 ms frames of 16 kHz PCM16.
 *
 * Browsers that refuse a 16 kHz context hand over 44.1 or 48 kHz; each output sample is then the
 * mean of the input samples it covers, which is low-pass enough for speech recognition.
 */

const RATE = 16000;
const FRAME = RATE / 50;

class Microphone extends AudioWorkletProcessor {
  frame = new Int16Array(FRAME);
  filled = 0;
  ratio = sampleRate / RATE;
  /** Input samples still missing until the present output sample is covered. */
  missing = this.ratio;
  sum = 0;
  weight = 0;

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    // A stereo device keeps the voice in its first channel; getSettings() is not to be trusted.
    for (const sample of inputs[0]?.[0] ?? []) this.take(sample);
    return true;
  }

  /** @param {number} sample */
  take(sample) {
    let left = 1;
    while (left >= this.missing) {
      this.emit((this.sum + sample * this.missing) / (this.weight + this.missing));
      left -= this.missing;
      this.missing = this.ratio;
      this.sum = 0;
      this.weight = 0;
    }
    this.sum += sample * left;
    this.weight += left;
    this.missing -= left;
  }

  /** @param {number} value */
  emit(value) {
    this.frame[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(value * 32767)));
    if (this.filled < FRAME) return;
    this.port.postMessage(this.frame.buffer, [this.frame.buffer]);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
  }
}

registerProcessor("microphone", Microphone);

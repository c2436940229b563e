// @ts-check
/** Sound in and out: 20 ms frames from the microphone, gapless playback of the answer. */

export class MicrophoneError extends Error {
  /** @param {"denied" | "missing"} kind */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

/** Asks for the microphone once and then calls `onFrame` with PCM16 frames while it is open. */
export class Microphone {
  /** @param {(frame: ArrayBuffer, level: number) => void} onFrame level: 0 to 1 */
  constructor(onFrame) {
    this.onFrame = onFrame;
    /** @type {MediaStream | undefined} */
    this.stream = undefined;
    /** @type {AudioContext | undefined} */
    this.context = undefined;
  }

  get open() {
    return this.stream !== undefined;
  }

  async start() {
    if (this.open) return;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      const missing = error instanceof DOMException && error.name === "NotFoundError";
      throw new MicrophoneError(missing ? "missing" : "denied");
    }
    this.context = await this.listen(this.stream);
  }

  /** @param {MediaStream} stream */
  async listen(stream) {
    let context = new AudioContext({ sampleRate: 16000 });
    let source;
    try {
      source = context.createMediaStreamSource(stream);
    } catch {
      // Firefox connects a stream only to a context of the device's own rate.
      await context.close();
      context = new AudioContext();
      source = context.createMediaStreamSource(stream);
    }
    await context.audioWorklet.addModule("microphone.worklet.js");
    const node = new AudioWorkletNode(context, "microphone", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => this.onFrame(data, levelOf(data));
    source.connect(node);
    return context;
  }

  async stop() {
    const { stream, context } = this;
    this.stream = this.context = undefined;
    stream?.getTracks().forEach((track) => track.stop());
    await context?.close();
  }
}

/** @param {ArrayBuffer} frame */
function levelOf(frame) {
  const samples = new Int16Array(frame);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(1, Math.sqrt(power) / 6000);
}

/** Plays PCM16 chunks one after the other without a gap. */
export class Player {
  constructor() {
    /** @type {AudioContext | undefined} */
    this.context = undefined;
    /** @type {Set<AudioBufferSourceNode>} */
    this.playing = new Set();
    this.nextStart = 0;
    this.sampleRate = 24000;
    /** Where in the answer's sound the end of what was queued is. */
    this.queuedMs = 0;
  }

  /** Sound of an answer follows. @param {number} sampleRate @param {number} fromMs where in it */
  begin(sampleRate, fromMs) {
    this.sampleRate = sampleRate;
    this.queuedMs = fromMs;
  }

  /** How much of the answer was played, in ms. */
  get playedMs() {
    const left = this.busy && this.context ? this.nextStart - this.context.currentTime : 0;
    return Math.max(0, Math.round(this.queuedMs - Math.max(0, left) * 1000));
  }

  /** Browsers allow sound only after a tap or a key: call this from such an event. */
  unlock() {
    this.context ??= new AudioContext();
    void this.context.resume();
  }

  get busy() {
    return this.playing.size > 0;
  }

  /** @param {ArrayBuffer} pcm little-endian 16-bit mono at `sampleRate` */
  play(pcm) {
    if (!this.context || pcm.byteLength < 2) return;
    const samples = new Int16Array(pcm);
    const buffer = this.context.createBuffer(1, samples.length, this.sampleRate);
    buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32768), 0);
    const node = new AudioBufferSourceNode(this.context, { buffer });
    node.connect(this.context.destination);
    node.onended = () => this.playing.delete(node);
    // 50 ms in hand at the start of a reply absorb the network's jitter.
    this.nextStart = Math.max(this.nextStart, this.context.currentTime + (this.busy ? 0 : 0.05));
    node.start(this.nextStart);
    this.nextStart += buffer.duration;
    this.queuedMs += buffer.duration * 1000;
    this.playing.add(node);
  }

  /** Stands still where it is; `resume` goes on from there. */
  pause() {
    void this.context?.suspend();
  }

  resume() {
    void this.context?.resume();
  }

  /** Stops at once and forgets what was queued. */
  flush() {
    this.queuedMs = this.playedMs;
    this.resume();
    for (const node of this.playing) node.stop();
    this.playing.clear();
    this.nextStart = 0;
  }
}

// Talks to a Realtime endpoint with npm's @openai/agents-realtime and prints what happened, a line each.
// node realtime.mjs URL SPEECH.raw: SPEECH is PCM16 at 24 kHz that ends in silence.
import { readFileSync } from "node:fs";
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession } from "@openai/agents-realtime";

const [url, recording] = process.argv.slice(2);
const speech = readFileSync(recording);
const STRETCH = 4800;

const session = new RealtimeSession(new RealtimeAgent({ name: "Arion" }), {
  transport: new OpenAIRealtimeWebSocket({ url }),
  tracingDisabled: true,
});
const say = () => {
  for (let at = 0; at < speech.length; at += STRETCH) {
    const stretch = speech.subarray(at, at + STRETCH);
    session.sendAudio(stretch.buffer.slice(stretch.byteOffset, stretch.byteOffset + stretch.length));
  }
};
let answers = 0;
let sound = 0;
let barged = false;
session.on("error", (error) => console.log(JSON.stringify({ error: String(error?.error?.message ?? error) })));
session.on("audio", ({ data }) => {
  sound += data.byteLength;
  if (!barged && answers === 1) {
    barged = true;
    say();
  }
});
session.on("audio_interrupted", () => console.log(JSON.stringify({ interrupted: true })));
session.on("agent_start", () => (answers += 1));
session.on("agent_end", (_context, _agent, text) => {
  console.log(JSON.stringify({ answer: text, sound }));
  if (answers === 2) session.close();
});
session.on("history_updated", (history) => {
  const last = history.map((item) => item.content?.[0]?.transcript).filter(Boolean);
  console.log(JSON.stringify({ history: last }));
});
await session.connect({ apiKey: "local" });
say();

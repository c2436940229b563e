// @ts-check
/** Joins the page's parts: the link, the microphone, the player and the conversation. */

import { Microphone, MicrophoneError, Player } from "./audio.js";
import { Sender } from "./sending.js";
import { language, strings } from "./strings.js";
import { TurnCard } from "./turns.js";
import { VoiceLink } from "./voice.js";

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const text = /** @type {HTMLInputElement} */ (byId("text"));
const microphoneButton = /** @type {HTMLButtonElement} */ (byId("microphone"));
const handsFree = /** @type {HTMLInputElement} */ (byId("handsfree"));
const fast = /** @type {HTMLInputElement} */ (byId("fast"));

/** Whether microphone frames are being sent. */
let listening = false;
/** When the person stopped talking, as the page saw it; undefined once the answer is heard. */
let speechEndedAt = /** @type {number | undefined} */ (undefined);
/** Turn whose sound is being played; sound of any other turn is late and thrown away. */
let speakingTurn = /** @type {number | undefined} */ (undefined);
/** Turn whose sound was played last; 0: none was. */
let playedTurn = 0;
/** Turns of the present session, by number. @type {Map<number, TurnCard>} */
const cards = new Map();
/** Questions that may still be answered. @type {Set<import("./confirmation.js").ConfirmationCard>} */
const questions = new Set();

const player = new Player();
const microphone = new Microphone((frame, level) => {
  if (!listening) return;
  link.sendAudio(frame);
  byId("hearing").style.setProperty("--level", String(level));
});

const link = new VoiceLink({
  hello: () => ({
    protocol: "arion.voice.v1",
    codecs: ["pcm16"],
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    voice: fast.checked ? "fast" : "best",
    ...heardOfAnswer(),
  }),
  onEvent: (event) => handlers[event.type]?.(event),
  onAudio: (turn, pcm) => {
    if (turn !== speakingTurn) return;
    if (speechEndedAt !== undefined) {
      cards.get(turn)?.firstAudio(performance.now() - speechEndedAt);
      speechEndedAt = undefined;
    }
    player.play(pcm);
    showMicrophone();
  },
  onState: (state) => {
    byId("link").textContent = linkLabels[state];
    const typed = state === "typed";
    for (const node of [microphoneButton, byId("options")]) node.hidden = typed;
    byId("welcomeMore").textContent = typed ? strings.welcomeTyped : strings.welcomeMore;
    if (state !== "voice" && !link.mayResume) disconnected();
    if (state === "voice" || typed) sender.sendAgain(link.resumed);
  },
});

const linkLabels = {
  connecting: strings.connecting,
  voice: strings.connected,
  typed: strings.typed,
  offline: strings.offline,
};

const sender = new Sender(link, {
  onPosted: (message) => {
    message.card ??= newCard("text" in message ? message.text : message.answer ? strings.plainYes : strings.no);
  },
  onResult: (message, result) => {
    message.card?.add(result.answer);
    if (message.card) showResult(message.card, result, questionOf(message));
  },
  onRefused: (message, told) => {
    giveUp(message);
    showTrouble(told || strings.notSent);
  },
  onLost: (message) => giveUp(message),
});

/** @type {Record<string, (event: import("./voice.js").VoiceEvent) => void>} */
const handlers = {
  ready: ({ resumed }) => {
    if (!resumed) disconnected();
  },
  transcript: ({ turn, text: heard, final, id }) => {
    byId("heard").textContent = heard || strings.listening;
    if (final) openCard(turn, heard, id);
  },
  speech_ended: () => {
    speechEndedAt = performance.now();
    byId("heard").textContent = strings.thinking;
    if (!handsFree.checked) stopListening();
  },
  answer: ({ turn, text: answer, detail }) => {
    const card = openCard(turn, "");
    if (answer) card.add(answer);
    if (detail) showResult(card, detail, questionOf(sender.answered(turn)));
    hideHearing();
  },
  nothing_heard: () => hideHearing(),
  audio_started: ({ turn, sample_rate, from_ms }) => {
    speakingTurn = playedTurn = turn;
    player.begin(sample_rate, from_ms ?? 0);
  },
  audio_paused: () => player.pause(),
  audio_resumed: () => player.resume(),
  interrupted: () => silence(),
  turn_ended: ({ turn }) => {
    sender.answered(turn);
    hideHearing();
    showMicrophone();
  },
  error: ({ kind, message, next_step, retry_after_s }) => {
    hideHearing();
    const told = [message, next_step].filter(Boolean).join(" ");
    if (kind === "busy" && sender.refuseLast(told, retry_after_s)) return;
    showTrouble(told);
  },
};

/** @param {number} turn @param {string} said @param {string | null} [id] of the message that opened it */
function openCard(turn, said, id) {
  const known = cards.get(turn);
  if (known) return known;
  const message = sender.opened(turn, said, id);
  const card = message?.card ?? newCard(said);
  if (message) message.card = card;
  cards.set(turn, card);
  return card;
}

/** @param {string} said */
function newCard(said) {
  byId("welcome").hidden = true;
  byId("trouble").hidden = true;
  return new TurnCard(byId("turns"), said);
}

/** @param {import("./sending.js").Message | undefined} message @returns {string | undefined} the question it answers */
const questionOf = (message) => (message && "question" in message ? message.question : undefined);

/**
 * @param {TurnCard} card
 * @param {any} result of its turn
 * @param {string | undefined} only the question that was answered by its id
 */
function showResult(card, result, only) {
  for (const question of questions) question.hear(result, only);
  const asked = card.explain(result, (yes, question) => answer(yes, question));
  if (!asked) return;
  questions.add(asked);
  // Whoever is typing goes on typing.
  if (!text.value) asked.question.focus({ preventScroll: true });
}

/** @param {boolean} yes @param {string} question @returns {boolean} whether the answer left */
function answer(yes, question) {
  player.unlock();
  silence();
  const left = sender.send({ answer: yes, question });
  if (!left) showTrouble(strings.notSent);
  return left;
}

/** No answer will come. @param {import("./sending.js").Message} message */
function giveUp(message) {
  message.card?.lose();
  const question = questionOf(message);
  for (const card of questions) if (card.id === question) card.lose();
}

/** Where the answer stands, for a host that goes on with it; what is queued comes again. */
function heardOfAnswer() {
  player.flush();
  return { turn: playedTurn, played_ms: player.playedMs };
}

/** Turn numbers belong to one session; the cards stay on the page. */
function disconnected() {
  const sentAgain = new Set(sender.waiting.map((message) => message.card));
  for (const card of cards.values()) if (!sentAgain.has(card)) card.lose();
  cards.clear();
  playedTurn = 0;
  silence();
  stopListening();
}

function silence() {
  if (speakingTurn !== undefined) link.send({ type: "played", turn: speakingTurn, ms: player.playedMs });
  speakingTurn = undefined;
  player.flush();
  showMicrophone();
}

/** @param {string} said */
function say(said) {
  player.unlock();
  silence();
  speechEndedAt = undefined;
  const left = sender.send({ text: said.trim() });
  if (!left) showTrouble(strings.notSent);
  return left;
}

async function startListening() {
  player.unlock();
  if (speakingTurn !== undefined) {
    link.send({ type: "interrupt" });
    silence();
  }
  try {
    await microphone.start();
  } catch (error) {
    if (!(error instanceof MicrophoneError)) throw error;
    showTrouble(error.kind === "missing" ? strings.microphoneMissing : strings.microphoneDenied);
    return;
  }
  listening = true;
  byId("trouble").hidden = true;
  byId("hearing").hidden = false;
  byId("heard").textContent = strings.listening;
  showMicrophone();
}

function stopListening() {
  listening = false;
  if (!handsFree.checked) void microphone.stop();
  showMicrophone();
}

function hideHearing() {
  if (!listening) byId("hearing").hidden = true;
  else byId("heard").textContent = strings.listening;
}

/** @param {string} message */
function showTrouble(message) {
  byId("trouble").textContent = message;
  byId("trouble").hidden = false;
}

function showMicrophone() {
  const label = listening ? strings.finish : player.busy ? strings.stopSpeaking : strings.speak;
  microphoneButton.setAttribute("aria-pressed", String(listening));
  microphoneButton.setAttribute("aria-label", label);
  microphoneButton.title = label;
}

microphoneButton.onclick = () => {
  if (!listening) return void startListening();
  link.send({ type: "listen", on: false });
  stopListening();
};

byId("composer").onsubmit = (event) => {
  event.preventDefault();
  if (text.value.trim() && say(text.value)) text.value = "";
};

fast.onchange = () => link.send({ type: "voice", voice: fast.checked ? "fast" : "best" });

document.documentElement.lang = language;
document.title = strings.name;
text.placeholder = strings.typeHint;
byId("link").textContent = strings.connecting;
for (const node of document.querySelectorAll("[data-text]")) {
  node.textContent = /** @type {any} */ (strings)[node.getAttribute("data-text") ?? ""];
}
for (const node of document.querySelectorAll("[data-label]")) {
  node.setAttribute("aria-label", /** @type {any} */ (strings)[node.getAttribute("data-label") ?? ""]);
}
for (const suggestion of strings.suggestions) {
  const button = document.createElement("button");
  button.textContent = suggestion;
  button.onclick = () => say(suggestion);
  byId("suggestions").append(document.createElement("li"));
  byId("suggestions").lastElementChild?.append(button);
}
showMicrophone();

/** One person's chats: with the bot, and in groups and channels. */
import { get, post } from "./api.js";
import { attempt, avatar, el, icon, iconButton, toast } from "./dom.js";
import { createComposer } from "./composer.js";
import { alertBox } from "./dialogs.js";
import { createLog } from "./log.js";
import { menuButton } from "./menu.js";
import { drawPlaces, foundPlace, openLink } from "./places.js";
import { direction, words } from "./words.js";

const PATIENCE = 15_000;

/**
 * @typedef {object} Hooks
 * @property {(id: number) => void} close
 * @property {(payload: string, id: number) => void} follow a link to the bot was pressed
 * @property {(id: number, count: number) => void} arrived messages came that may not be in view
 * @property {() => any[]} people everybody
 * @param {any} person
 * @param {Hooks} hooks
 */
export function createPane(person, hooks) {
  const pane = { id: person.id, person, hooks, version: -1, chat: null, heard: null, busy: null, place: null };
  pane.waiting = new Map();
  const context = {
    id: person.id, language: person.language, words: words(person.language),
    bot: () => pane.chat?.bot ?? { name: "" },
    place: () => pane.place,
    find: (id) => pane.chat?.messages.find((message) => message.id === id),
    say: (text) => pane.composer.say(text),
    tap: (message, button, node) => tap(pane, message, button, node),
    onSent: () => pane.log.end(),
  };
  pane.words = context.words;
  pane.log = createLog(context);
  pane.composer = createComposer(context);
  pane.toasts = el("div", { class: "toasts", role: "status" });
  pane.about = el("div", { class: "about-bot", hidden: true });
  pane.subtitle = el("span", { class: "subtitle" });
  pane.places = el("div", { class: "places", role: "group", "aria-label": `Chats of ${person.name}`, hidden: true });
  pane.node = frame(pane);
  pane.refresh = () => refresh(pane);
  return pane;
}

function frame(pane) {
  const { person } = pane;
  const node = el("section", {
    class: "pane", id: `chat-${pane.id}`, "aria-label": person.name,
    dir: direction(person.language), lang: person.language,
  }, header(pane), pane.places, pane.log.node, pane.about, pane.composer.node);
  pane.log.node.append(pane.toasts);
  node.addEventListener("click", (event) => onLink(pane, event));
  return node;
}

function header(pane) {
  const { person, hooks } = pane;
  const block = () => attempt(post(`/people/${pane.id}/blocks`, { blocked: !pane.person.blocked }));
  const more = menuButton({
    icon: "more", label: `More for ${person.name}`,
    items: () => [
      { icon: "block", label: pane.person.blocked ? "Unblock the bot" : "Block the bot", choose: block },
      { icon: "people", label: "New group or channel", choose: () => found(pane) },
      { icon: "close", label: "Close this chat", choose: () => hooks.close(pane.id) },
    ],
  });
  return el("header", { class: "pane-header" }, avatar(person),
    el("div", { class: "who" },
      el("h2", {}, el("bdi", {}, person.name), el("span", { class: "tag", dir: "ltr", title: "Language" }, person.language)),
      pane.subtitle),
    more, iconButton("close", `Close ${person.name}`, () => hooks.close(pane.id)));
}

/** Reads the chat again; a change that comes meanwhile is read after it. */
async function refresh(pane) {
  if (pane.busy) {
    pane.again = true;
    return pane.busy;
  }
  pane.busy = read(pane);
  await pane.busy.finally(() => { pane.busy = null; });
  if (!pane.again) return undefined;
  pane.again = false;
  return refresh(pane);
}

async function read(pane) {
  const { place } = pane;
  const chat = await chatAt(pane.id, place);
  if (place !== pane.place) return undefined;
  if (!chat) {
    turnTo(pane, null);
    return read(pane);
  }
  pane.version = chat.version;
  pane.chat = chat;
  pane.person = chat.person ?? pane.person;
  const arrived = pane.log.show(chat.messages);
  if (arrived) pane.hooks.arrived(pane.id, arrived);
  pane.composer.update({ ...chat, person: pane.person });
  drawAbout(pane, chat);
  hear(pane, chat.toasts ?? []);
  settle(pane, chat);
  const places = { chats: chat.chats, place: pane.place, bot: chat.bot.name };
  drawPlaces(pane.places, { ...places, open: (id) => attempt(go(pane, id)) });
  return undefined;
}

/** The chat as the person sees it; null where they are no longer in it. */
async function chatAt(id, place) {
  const where = place === null ? {} : { chat: place };
  try {
    return await get(`/people/${id}/chat`, { after: 0, wait: 0, ...where });
  } catch (error) {
    if (place === null || error instanceof TypeError) throw error;
    return null;
  }
}

function turnTo(pane, place) {
  pane.place = place;
  pane.log.clear();
}

/** Shows another of the person's chats. */
function go(pane, place) {
  turnTo(pane, place);
  return pane.refresh();
}

async function found(pane) {
  const made = await foundPlace(pane.person, pane.hooks.people());
  if (made) await go(pane, made.id);
}

function drawAbout(pane, chat) {
  const { bot, typing } = chat;
  pane.subtitle.classList.toggle("typing", Boolean(typing));
  const place = chat.chats.find(({ id }) => id === pane.place);
  const where = place ? [el("bdi", {}, place.title)] : [el("bdi", {}, bot.name), ` · ${pane.words.bot}`];
  pane.subtitle.replaceChildren(...(typing ? [pane.words.typing] : where));
  pane.about.hidden = chat.messages.length > 0 || pane.place !== null;
  const description = bot.description || bot.short_description || "";
  pane.about.replaceChildren(el("div", { class: "card" }, icon("bot"),
    el("strong", {}, description ? pane.words.what : bot.name), el("p", { dir: "auto" }, description)));
}

/** Shows the answers to taps that were not there before. */
function hear(pane, toasts) {
  const known = pane.heard ?? new Set(toasts.map(({ id }) => id));
  for (const { id, text, alert } of toasts) {
    if (known.has(id) || !text) continue;
    if (alert) alertBox(pane.chat.bot.name, text, direction(pane.person.language));
    else toast(pane.toasts, text);
  }
  pane.heard = new Set(toasts.map(({ id }) => id));
}

async function tap(pane, message, button, node) {
  if (node.getAttribute("aria-disabled")) return;
  node.setAttribute("aria-disabled", "true");
  const what = button.data === undefined ? { label: button.text } : { data: button.data };
  const answer = await attempt(post(`/people/${pane.id}/taps`, { message_id: message.id, chat: pane.place, ...what }));
  if (!answer) return node.removeAttribute("aria-disabled");
  pane.waiting.set(answer.query_id, node);
  setTimeout(() => release(pane, answer.query_id), PATIENCE);
  return pane.refresh();
}

/** A pressed button waits until the bot has answered its query. */
function settle(pane, chat) {
  const open = new Set((chat.pending ?? []).map(String));
  for (const query of [...pane.waiting.keys()]) if (!open.has(String(query))) release(pane, query);
}

function release(pane, query) {
  pane.waiting.get(query)?.removeAttribute("aria-disabled");
  pane.waiting.delete(query);
}

const DEEP_LINK = /^https?:\/\/(?:t\.me|telegram\.me)\/([^/?]+)(?:\?start=([\w-]+)$|\?start(?:group|channel)\b)?/i;

/** Links to the bot itself, and into groups, stay on this page. */
function onLink(pane, event) {
  const url = event.target.closest?.("a")?.href ?? "";
  const [, name, payload] = DEEP_LINK.exec(url) ?? [];
  const bot = pane.chat?.bot.username?.toLowerCase();
  if (!name || !(name.startsWith("+") || name.toLowerCase() === bot)) return;
  event.preventDefault();
  if (payload) pane.hooks.follow(payload, pane.id);
  else attempt(follow(pane, url));
}

async function follow(pane, url) {
  const place = await openLink(url, pane.person, pane.hooks.people(), pane.chat.chats);
  if (place !== null) await go(pane, place === pane.id ? null : place);
}

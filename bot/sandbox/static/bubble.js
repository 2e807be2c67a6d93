/** One message as Telegram draws it. */
import { el, icon, openDialog } from "./dom.js";
import { safeNodes } from "./safe.js";
import { clockTime, fileSize } from "./words.js";

/**
 * @typedef {object} Context what a bubble needs of its chat
 * @property {ReturnType<import("./words.js").words>} words
 * @property {() => {name: string}} bot
 * @property {(id: number) => any} find a message of the same chat
 * @property {(text: string) => void} say
 * @property {(message: any, button: any, node: HTMLElement) => void} tap
 */

/**
 * @param {any} message as in the control API
 * @param {{ first: boolean, last: boolean }} place in a run of messages by one sender
 * @param {Context} context
 * @returns {HTMLElement}
 */
export function messageNode(message, place, context) {
  const side = message.from === "me" ? "mine" : "theirs";
  const classes = ["message", side, place.first && "first", place.last && "last"].filter(Boolean);
  const node = el("div", { class: classes.join(" "), "data-id": message.id }, bubble(message, context));
  if (message.buttons?.length) node.append(keyboard(message, context));
  return node;
}

function bubble(message, context) {
  const media = mediaNode(message, context.words);
  const text = textNode(message, context);
  const bare = message.sticker ? " bare" : "";
  const covered = media?.matches(".photo, .sticker, .map") && !text ? " covered" : "";
  const node = el("div", { class: `bubble${bare}${covered}` }, sender(message, context));
  node.append(...[forwarded(message, context), quote(message, context), media].filter(Boolean));
  if (text) text.append(meta(message, context));
  node.append(text ?? meta(message, context));
  const felt = reactions(message);
  if (felt) node.append(felt);
  return node;
}

/** Names other people in a group; who speaks is said to a screen reader in any case. */
function sender(message, context) {
  const known = { me: context.words.you, bot: context.bot().name }[message.from];
  return el("span", { class: known ? "hidden" : "sender", dir: "auto" }, `${known ?? message.from}`);
}

function textNode(message, context) {
  const html = message.html ?? "";
  if (!html) return null;
  return el("div", { class: "text", dir: "auto" }, safeNodes(html, context.say));
}

function meta(message, context) {
  const edited = message.edited ? `${context.words.edited} ` : "";
  const time = el("time", { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date));
  const ticks = message.from === "me" ? icon("ticks") : null;
  return el("span", { class: "meta" }, edited, time, ticks);
}

function forwarded(message, context) {
  if (!message.forward) return null;
  const { sender_user: user, sender_user_name: name, chat, sender_chat: group } = message.forward;
  const origin = user?.first_name ?? name ?? chat?.title ?? group?.title ?? "";
  return el("div", { class: "forwarded", dir: "auto" }, `${context.words.forwarded} `, el("bdi", {}, origin));
}

function quote(message, context) {
  const original = message.reply_to && context.find(message.reply_to);
  if (!original) return null;
  const name = original.from === "me" ? context.words.you : context.bot().name;
  const show = () => document.querySelector(`#chat-${context.id} [data-id="${original.id}"]`)
    ?.scrollIntoView({ block: "center", behavior: "smooth" });
  return el("button", { type: "button", class: "quote", dir: "auto", click: show },
    el("b", {}, name), el("span", {}, original.text ?? ""));
}

const MEDIA = {
  photo: photoNode,
  document: documentNode,
  sticker: stickerNode,
  location: locationNode,
  contact: contactNode,
  voice: voiceNode,
  audio: voiceNode,
  video_note: videoNode,
  video: videoNode,
  animation: videoNode,
  poll: pollNode,
};

function mediaNode(message, words) {
  const kind = Object.keys(MEDIA).find((name) => message[name]);
  return kind ? MEDIA[kind](message[kind], words, message) : null;
}

function photoNode(photo, words, message) {
  const { url: src, width, height } = photo;
  const image = el("img", { src, alt: message.text || words.photo, width, height });
  const click = () => enlarge(photo, words);
  return el("button", { type: "button", class: "photo", "aria-label": words.photo, click }, image);
}

function enlarge(photo, words) {
  const image = el("img", { src: photo.url, alt: words.photo });
  const click = () => dialog.close();
  const dialog = openDialog("viewer", words.photo, el("button", { type: "button", autofocus: true, click }, image));
}

function documentNode(file, words) {
  const extension = file.name?.includes(".") ? file.name.split(".").pop().slice(0, 4) : "file";
  return el("a", { class: "document", href: file.url, download: file.name || words.file },
    el("span", { class: "extension", "aria-hidden": "true" }, extension),
    el("span", { class: "about" },
      el("bdi", { class: "name" }, file.name || words.file),
      el("span", { class: "size", dir: "ltr" }, fileSize(file.size ?? 0))),
    icon("download"));
}

function stickerNode(sticker, words) {
  return el("div", { class: "sticker", role: "img", "aria-label": words.sticker }, sticker.emoji ?? "🕊️");
}

function locationNode(place, words) {
  const where = `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
  return el("div", { class: "map", role: "img", "aria-label": `${words.location} ${where}` },
    icon("pin"), el("span", { dir: "ltr" }, where));
}

function contactNode(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return el("div", { class: "contact" }, icon("person"),
    el("span", { class: "about" },
      el("bdi", { class: "name" }, name), el("bdi", { class: "size" }, contact.phone_number ?? "")));
}

function voiceNode(voice, words) {
  return el("audio", { controls: true, preload: "none", src: voice.url, "aria-label": words.voice });
}

function videoNode(video) {
  return el("video", { controls: true, preload: "metadata", src: video.url, "aria-label": video.name });
}

function pollNode(poll) {
  return el("div", { class: "poll" }, el("b", { dir: "auto" }, poll.question),
    el("ul", {}, ...poll.options.map((option) => el("li", { dir: "auto" }, option.text))));
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return el("div", { class: "reactions" }, ...message.reactions.map((emoji) => el("span", {}, emoji)));
}

function keyboard(message, context) {
  const rows = message.buttons.map((row) =>
    el("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, context))));
  return el("div", { class: "keyboard" }, ...rows);
}

function inlineButton(message, button, context) {
  const label = el("span", { dir: "auto" }, button.text);
  if (button.url) {
    const href = safeAddress(button.url);
    return el("a", { class: "key", href, target: "_blank", rel: "noopener noreferrer" }, label, icon("out"));
  }
  const node = el("button", { type: "button", class: "key" }, label);
  node.addEventListener("click", () => context.tap(message, button, node));
  return node;
}

const safeAddress = (url) => (/^https?:/i.test(url) ? url : false);

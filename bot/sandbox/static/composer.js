/** Where a person writes: text, commands, attachments, reply keyboard. */
import { base64, post } from "./api.js";
import { attempt, el, iconButton } from "./dom.js";
import { askLocation } from "./dialogs.js";
import { menuButton } from "./menu.js";
import { commandList } from "./commands.js";

/**
 * @param {{ id: number, words: any, place: () => number | null, onSent: () => void }} context
 * @returns what the pane updates: `node`, `say`, `focus`, `update(chat)`
 */
export function createComposer(context) {
  const { words } = context;
  const send = (body) => sendMessage(context, body);
  const say = (text) => send({ text });
  const input = el("textarea", { rows: "1", dir: "auto", placeholder: words.message, "aria-label": words.message });
  const commands = commandList(context, input, say);
  const replies = replyKeyboard(words, send);
  const go = iconButton("send", words.send, () => submit(input, say), { class: "icon-button send" });
  const form = el("form", { class: "composer" },
    commands.button, attachMenu(context, send), input, replies.toggle, go);
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => grow(input));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    submit(input, say);
  });
  const action = el("button", { type: "button", class: "action", hidden: true });
  const node = el("div", { class: "foot" }, commands.list, form, action, replies.node);
  const update = (chat) => {
    commands.update(chat.commands ?? []);
    replies.update(chat.messages);
    showAction(chat, { context, action, form, replies, say });
  };
  return { node, say, update, focus: (options) => (form.hidden ? action : input).focus(options) };
}

async function sendMessage(context, body) {
  const sent = await attempt(post(`/people/${context.id}/messages`, { chat: context.place(), ...body }));
  if (sent) context.onSent();
  return Boolean(sent);
}

/** A text that could not be sent comes back into the input. */
async function submit(input, say) {
  const text = input.value.trim();
  if (!text) return;
  input.value = "";
  input.dispatchEvent(new Event("input"));
  if (!(await say(text)) && !input.value) input.value = text;
}

function grow(input) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
}

/** Start and Unblock stand in the place of the input, as in Telegram. */
function showAction(chat, { context, action, form, replies, say }) {
  const grouped = context.place() !== null;
  const { blocked } = chat.person;
  const waiting = !grouped && (blocked || chat.messages.length === 0);
  action.hidden = !waiting;
  form.hidden = waiting || !chat.may_write;
  if (waiting) replies.node.hidden = true;
  action.textContent = blocked ? context.words.unblock : context.words.start;
  action.onclick = () =>
    blocked ? attempt(post(`/people/${context.id}/blocks`, { blocked: false })) : say("/start");
}

function attachMenu(context, send) {
  const { words } = context;
  const items = () => [
    { icon: "photo", label: words.photo, choose: () => sendPicked("image/*", send, photoBody) },
    { icon: "file", label: words.file, choose: () => sendPicked("", send, fileBody) },
    { icon: "pin", label: words.location, choose: () => sendLocation(context, send) },
    { icon: "smile", label: words.sticker, choose: () => send({ sticker: true }) },
  ];
  return menuButton({ icon: "clip", label: words.attach, items });
}

async function sendLocation(context, send) {
  const place = await askLocation(context.words.location);
  if (place) send({ location: place });
}

const photoBody = async (file) => ({ photo: { base64: await base64(file) } });

const fileBody = async (file) => ({
  file: { name: file.name, mime: file.type || "application/octet-stream", base64: await base64(file) },
});

function sendPicked(accept, send, bodyOf) {
  const picker = el("input", { type: "file", accept: accept || false });
  picker.addEventListener("change", async () => {
    const [file] = picker.files;
    if (file) send(await bodyOf(file));
  });
  picker.click();
}

/** The bot's buttons under the input: the newest message that sets or removes them decides. */
function replyKeyboard(words, send) {
  const node = el("div", { class: "replies", hidden: true, role: "group", "aria-label": words.keyboard });
  const toggle = iconButton("grid", words.keyboard, () => fold(!node.hidden), { "aria-expanded": "true", hidden: true });
  const fold = (hidden) => {
    node.hidden = hidden;
    toggle.setAttribute("aria-expanded", String(!hidden));
  };
  let shown = "";
  const update = (messages) => {
    const rows = keyboardOf(messages);
    const signature = JSON.stringify(rows);
    toggle.hidden = !rows.length;
    if (signature === shown) return;
    shown = signature;
    node.replaceChildren(...rows.map((row) => keyRow(row, words, send)));
    fold(!rows.length);
  };
  return { node, toggle, update };
}

function keyboardOf(messages) {
  const sets = ({ from, keyboard, remove_keyboard: removed }) => from !== "me" && (keyboard?.length || removed);
  const setter = messages.findLast(sets);
  return setter?.keyboard ?? [];
}

function keyRow(row, words, send) {
  return el("div", { class: "row" }, ...row.map((key) =>
    el("button", { type: "button", class: "reply-key", dir: "auto", click: () => pressKey(key, words, send) }, key.text)));
}

async function pressKey(key, words, send) {
  if (!key.request_location) return send({ text: key.text });
  return sendLocation({ words }, send);
}

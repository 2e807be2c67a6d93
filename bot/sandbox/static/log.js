/** The list of messages of one chat: days, runs by one sender, and staying at the newest. */
import { el, icon } from "./dom.js";
import { messageNode } from "./bubble.js";
import { dayName } from "./words.js";

const RUN_SECONDS = 600;
const NEAR_END = 60;

/** Rows of the list, each with a key that stays and a signature that changes with what is shown. */
function rowsOf(messages, language) {
  const rows = [];
  messages.forEach((message, index) => {
    const day = dayName(message.date, language);
    const before = messages[index - 1];
    if (!before || dayName(before.date, language) !== day) {
      rows.push({ key: `day ${day} ${message.id}`, signature: day, day });
    }
    const place = { first: !isRun(before, message), last: !isRun(message, messages[index + 1]) };
    rows.push({ key: message.id, signature: JSON.stringify([message, place]), message, place });
  });
  return rows;
}

function isRun(one, next) {
  if (!one || !next || one.from !== next.from) return false;
  const sameDay = Math.floor(one.date / 86_400) === Math.floor(next.date / 86_400);
  return sameDay && next.date - one.date < RUN_SECONDS;
}

/** @param {import("./bubble.js").Context & {id: number, language: string}} context */
export function createLog(context) {
  const inner = el("div", { class: "messages" });
  const scroller = el("div", {
    class: "scroller", role: "log", tabindex: "0", "aria-live": "polite", "aria-label": context.words.chat,
  }, inner);
  const count = el("span", { class: "count" });
  const chip = el("button", { type: "button", class: "chip", hidden: true, "aria-label": context.words.fresh },
    icon("down"), count);
  const log = {
    node: el("div", { class: "log" }, scroller, chip), scroller, inner, chip, count,
    known: new Map(), unseen: 0, sticking: true, size: "", top: 0,
  };
  chip.addEventListener("click", () => toEnd(log));
  scroller.addEventListener("scroll", () => onScroll(log), { passive: true });
  const settle = new ResizeObserver(() => log.sticking && toEnd(log));
  settle.observe(inner);
  settle.observe(scroller);
  log.show = (messages) => show(log, messages, context);
  log.end = () => toEnd(log);
  log.clear = () => clear(log);
  return log;
}

/** Another chat is shown from now on. */
function clear(log) {
  log.inner.replaceChildren();
  Object.assign(log, { known: new Map(), unseen: 0, filled: false, sticking: true });
}

const isNearEnd = ({ scroller }) =>
  scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;

/** Only moving up lets go of the newest: a change of size moves the list too, and must not. */
function onScroll(log) {
  const { scrollTop, scrollHeight, clientHeight } = log.scroller;
  const size = `${scrollHeight} ${clientHeight}`;
  if (isNearEnd(log)) log.sticking = true;
  else if (size === log.size && scrollTop < log.top) log.sticking = false;
  Object.assign(log, { size, top: scrollTop });
  if (log.sticking) log.unseen = 0;
  drawChip(log);
}

function toEnd(log) {
  log.scroller.scrollTop = log.scroller.scrollHeight;
  log.sticking = true;
  log.unseen = 0;
  drawChip(log);
}

function drawChip(log) {
  log.chip.hidden = log.sticking;
  log.count.textContent = log.unseen ? String(log.unseen) : "";
}

/** @returns {number} how many messages of the bot are new */
function show(log, messages, context) {
  const arrived = messages.filter((message) => !log.known.has(message.id));
  const mine = arrived.some((message) => message.from === "me");
  const fresh = log.filled ? arrived.length : 0;
  place(log, rowsOf(messages, context.language), context);
  log.filled = true;
  if (log.sticking || mine) toEnd(log);
  else log.unseen += fresh;
  drawChip(log);
  return fresh && arrived.filter((message) => message.from !== "me").length;
}

/** Puts the rows in order; a node is only built anew when what it shows has changed. */
function place(log, rows, context) {
  const before = log.known;
  log.known = new Map(rows.map((row) => [row.key, entryOf(log, row, before.get(row.key), context)]));
  for (const [key, entry] of before) if (!log.known.has(key)) entry.node.remove();
  let next = log.inner.firstChild;
  for (const { node } of log.known.values()) {
    if (next === node) next = node.nextSibling;
    else log.inner.insertBefore(node, next);
  }
}

/** The row as it stands, or drawn anew in its place. */
function entryOf(log, row, old, context) {
  if (old?.signature === row.signature) return old;
  const node = rowNode(row, context);
  if (!old && log.filled && row.message) node.classList.add("arriving");
  if (!old) return { signature: row.signature, node };
  const focused = focusPlace(old.node);
  old.node.replaceWith(node);
  if (focused) refocus(node, focused, log.scroller);
  return { signature: row.signature, node };
}

function rowNode(row, context) {
  if (row.day) return el("div", { class: "day" }, el("span", {}, row.day));
  return messageNode(row.message, row.place, context);
}

const controls = (node) => [...node.querySelectorAll("button, a")];

function focusPlace(node) {
  if (!node.contains(document.activeElement)) return null;
  return { index: controls(node).indexOf(document.activeElement) };
}

/** An edited message keeps the keyboard user where they were. */
function refocus(node, { index }, fallback) {
  const all = controls(node);
  (all[Math.min(index, all.length - 1)] ?? fallback).focus({ preventScroll: true });
}

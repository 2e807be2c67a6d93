/** The page: which chats are open, and one long poll that tells which of them changed. */
import { get, post } from "./api.js";
import { attempt, complain } from "./dom.js";
import { createClock } from "./clock.js";
import { addPerson, askWho } from "./dialogs.js";
import { createPane } from "./pane.js";
import { drawStrip, openDrawer } from "./people.js";

const WAIT = 25;
const RETRY = 1_500;
/** However busy the sandbox is, the page asks no more often than this. */
const BREATH = 120;

const stage = document.getElementById("stage");
const strip = document.getElementById("strip");
const offline = document.getElementById("offline");

/** @type {Map<number, ReturnType<typeof createPane>>} open chats, in order */
const panes = new Map();
const unseen = new Map();
const inView = new Set();
let state = { version: 0, people: [], doors: [], chats: {} };
let known = new Set();
let current = null;

const clock = createClock();
const personOf = (id) => state.people.find((person) => person.id === id);

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const id = Number(target.id.split("-")[1]);
    if (isIntersecting) inView.add(id);
    else inView.delete(id);
  }
  for (const id of inView) unseen.delete(id);
  current = [...panes.keys()].find((id) => inView.has(id)) ?? null;
  redraw();
}, { root: stage, threshold: 0.6 });

function open(id) {
  const person = personOf(id);
  if (!person || panes.has(id)) return;
  const pane = createPane(person, { close, follow, arrived, people: () => state.people });
  panes.set(id, pane);
  stage.append(pane.node);
  watcher.observe(pane.node);
  attempt(pane.refresh());
  changed();
}

function close(id) {
  const pane = panes.get(id);
  if (!pane) return;
  const before = [...panes.keys()];
  const neighbour = before[before.indexOf(id) + 1] ?? before[before.indexOf(id) - 1];
  watcher.unobserve(pane.node);
  pane.node.remove();
  for (const group of [panes, unseen, inView]) group.delete(id);
  changed();
  if (neighbour === undefined) document.getElementById("add").focus();
  else panes.get(neighbour)?.composer.focus();
}

function show(id) {
  open(id);
  const pane = panes.get(id);
  pane?.node.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  pane?.composer.focus({ preventScroll: true });
}

function changed() {
  history.replaceState(null, "", `#open=${[...panes.keys()].join(",")}`);
  redraw();
}

function redraw() {
  const several = inView.size > 1 ? null : current;
  drawStrip(strip, [...panes.keys()].map(personOf).filter(Boolean), { show, unseen, current: several });
  document.getElementById("count").textContent = String(state.people.length);
  drawInvitation();
}

/** Room that is left asks for somebody: a chat alone is not what this page is for. */
function drawInvitation() {
  const [title, text] = panes.size ? ["Play somebody else, too", "Every chat here is another person's."]
    : ["Nobody is here yet", "Add a person and talk to the bot as them."];
  const invitation = document.getElementById("empty");
  invitation.hidden = panes.size > 1;
  invitation.classList.toggle("beside", panes.size > 0);
  invitation.querySelector("h2").textContent = title;
  invitation.querySelector("p").textContent = text;
}

function arrived(id, count) {
  if (inView.has(id)) return;
  unseen.set(id, (unseen.get(id) ?? 0) + count);
  redraw();
}

async function add(payload = undefined) {
  const person = await addPerson(state.doors, payload);
  if (!person) return;
  if (!personOf(person.id)) state.people.push(person);
  known.add(person.id);
  show(person.id);
}

/** An invitation in a chat may be opened by anybody on this page. */
async function follow(payload) {
  const who = await askWho(state.people);
  if (who === "new") await add(payload);
  else if (who !== null && (await attempt(post(`/people/${who}/messages`, { text: `/start ${payload}` })))) show(who);
}

/** The chats named in the address; without it, those that are pinned. */
function openFirst() {
  const named = /^#open=([\d,]*)$/.exec(location.hash)?.[1].split(",").filter(Boolean).map(Number);
  const wanted = (named ?? []).filter(personOf);
  const pinned = state.people.filter((person) => person.pinned !== false).map(({ id }) => id);
  (wanted.length || named?.length === 0 ? wanted : pinned).forEach(open);
}

function openNew() {
  for (const { id, pinned } of state.people) if (!known.has(id) && pinned !== false) open(id);
}

function take(next) {
  const first = known.size === 0 && panes.size === 0;
  state = next;
  clock.set(next.clock);
  if (first) openFirst();
  else openNew();
  known = new Set(state.people.map(({ id }) => id));
  for (const [id, pane] of panes) if (state.chats[id] !== pane.version) attempt(pane.refresh());
  redraw();
}

/** Starts anew after a lost connection: the server may be another one, with other people. */
async function listen() {
  for (let after = -1; ;) {
    try {
      const next = await get("/state", { after, wait: after < 0 ? 0 : WAIT });
      offline.hidden = true;
      take(next);
      after = next.version;
      await pause(BREATH);
    } catch (error) {
      if (!(error instanceof TypeError)) complain(error);
      offline.hidden = false;
      after = -1;
      await pause(RETRY);
    }
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

document.getElementById("add").addEventListener("click", () => add());
document.getElementById("empty-add").addEventListener("click", () => add());
document.getElementById("people").addEventListener("click", () => openDrawer({
  people: () => state.people,
  isOpen: (id) => panes.has(id),
  toggle: (id) => (panes.has(id) ? close(id) : open(id)),
  add,
}));
listen();

/** The strip of open chats at the top, and the drawer of everybody. */
import { avatar, el, iconButton, openDialog } from "./dom.js";

/**
 * @param {HTMLElement} strip
 * @param {any[]} people whose chats are open, in order
 * @param {{ show: (id: number) => void, unseen: Map<number, number>, current: number | null }} options
 */
export function drawStrip(strip, people, { show, unseen, current }) {
  const signature = JSON.stringify([people.map(({ id, name, color }) => [id, name, color]), [...unseen], current]);
  if (strip.dataset.shown === signature) return;
  strip.dataset.shown = signature;
  const focused = document.activeElement?.closest("[data-person]")?.dataset.person;
  strip.replaceChildren(...people.map((person) => tab(person, { show, count: unseen.get(person.id) ?? 0, current })));
  if (focused) strip.querySelector(`[data-person="${focused}"]`)?.focus();
}

function tab(person, { show, count, current }) {
  const label = count ? `${person.name}, ${count} new` : person.name;
  const badge = count > 0 && el("span", { class: "badge", "aria-hidden": "true" }, String(count));
  return el("button", {
    type: "button", class: "tab", "data-person": person.id, "aria-label": label,
    "aria-current": person.id === current ? "true" : false, click: () => show(person.id),
  }, avatar(person), el("bdi", { class: "tab-name" }, person.name), badge);
}

/**
 * @param {{ people: () => any[], isOpen: (id: number) => boolean, toggle: (id: number) => void, add: () => void }} options
 */
export function openDrawer(options) {
  const list = el("ul", { class: "everyone" });
  const search = el("input", { type: "search", placeholder: "Search", "aria-label": "Search people", dir: "auto" });
  const draw = () => list.replaceChildren(...found(options.people(), search.value).map((person) => entry(person, options)));
  search.addEventListener("input", draw);
  const add = el("button", { type: "button", class: "primary" }, "Add a person");
  const close = iconButton("close", "Close", () => dialog.close());
  const dialog = openDialog("drawer", "People",
    el("div", { class: "drawer-body" },
      el("div", { class: "drawer-head" }, el("h2", {}, "People"), close), search, list, add));
  add.addEventListener("click", () => {
    dialog.close();
    options.add();
  });
  draw();
}

function found(people, wanted) {
  const text = wanted.trim().toLowerCase();
  return people.filter(({ name, language }) => `${name} ${language}`.toLowerCase().includes(text));
}

function entry(person, { isOpen, toggle }) {
  const button = el("button", { type: "button", class: "person", "aria-pressed": String(isOpen(person.id)) },
    avatar(person),
    el("span", { class: "about" }, el("bdi", { class: "name" }, person.name),
      el("span", { class: "size" }, person.pinned === false ? "simulated" : "played by you")),
    el("span", { class: "tag", dir: "ltr" }, person.language),
    el("span", { class: "switch", "aria-hidden": "true" }));
  button.addEventListener("click", () => {
    toggle(person.id);
    button.setAttribute("aria-pressed", String(isOpen(person.id)));
  });
  return el("li", {}, button);
}

/** A button that opens a small menu: arrows move, Escape closes. */
import { el, icon, iconButton } from "./dom.js";

/**
 * @typedef {{ icon: string, label: string, choose: () => void }} Item
 * @param {{ icon: string, label: string, items: () => Item[] }} options
 * @returns {HTMLElement} the button in a box its menu is placed by
 */
export function menuButton(options) {
  const box = el("div", { class: "menu-box" });
  const button = iconButton(options.icon, options.label, () => toggle(box, button, options), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  box.append(button);
  box.addEventListener("keydown", (event) => onKey(event, box, button));
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) close(box, button);
  });
  return box;
}

const menuOf = (box) => box.querySelector("[role=menu]");

function toggle(box, button, options) {
  if (menuOf(box)) return close(box, button);
  const entries = options.items().map((item) =>
    el("button", { type: "button", role: "menuitem", tabindex: "-1", click: () => pick(box, button, item) },
      icon(item.icon), el("span", {}, item.label)));
  const keepFocus = (event) => event.preventDefault();
  box.append(el("div", { role: "menu", class: "menu", "aria-label": options.label, mousedown: keepFocus }, ...entries));
  button.setAttribute("aria-expanded", "true");
  entries[0]?.focus();
}

function pick(box, button, item) {
  leave(box, button);
  item.choose();
}

function close(box, button) {
  menuOf(box)?.remove();
  button.setAttribute("aria-expanded", "false");
}

function onKey(event, box, button) {
  const entries = [...box.querySelectorAll("[role=menuitem]")];
  if (!entries.length) return;
  const here = entries.indexOf(document.activeElement);
  const moves = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: entries.length - 1 };
  if (event.key in moves) {
    event.preventDefault();
    entries.at(moves[event.key] % entries.length).focus();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    leave(box, button);
  }
}

/** The focus goes first: taking away what has it would close the menu a second time. */
function leave(box, button) {
  button.focus();
  close(box, button);
}

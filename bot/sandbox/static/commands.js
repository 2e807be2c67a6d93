/** The command menu: a list over the input, by its button or by typing "/". */
import { el, icon } from "./dom.js";

/**
 * @param {{ id: number, words: any }} context
 * @param {HTMLTextAreaElement} input
 * @param {(text: string) => void} say
 */
export function commandList(context, input, say) {
  const list = el("div", {
    class: "commands", role: "listbox", id: `commands-${context.id}`, "aria-label": context.words.menu, hidden: true,
  });
  const button = el("button", { type: "button", class: "menu-pill", hidden: true, "aria-expanded": "false" },
    icon("menu"), el("span", {}, context.words.menu));
  button.setAttribute("aria-controls", list.id);
  const menu = { list, button, input, say, all: [], shown: [], at: 0 };
  describeInput(menu);
  button.addEventListener("click", () => (list.hidden ? openAll(menu) : close(menu)));
  input.addEventListener("input", () => filter(menu));
  input.addEventListener("keydown", (event) => onKey(menu, event));
  input.addEventListener("blur", (event) => event.relatedTarget !== button && close(menu));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  return {
    list,
    button,
    update: (commands) => {
      menu.all = commands;
      button.hidden = !commands.length;
    },
  };
}

function describeInput({ input, list }) {
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
}

function openAll(menu) {
  menu.input.focus();
  draw(menu, menu.all);
}

function filter(menu) {
  const typed = /^\/(\w*)$/.exec(menu.input.value);
  if (!typed) return close(menu);
  const wanted = typed[1].toLowerCase();
  return draw(menu, menu.all.filter(({ command }) => command.startsWith(wanted)));
}

function draw(menu, commands) {
  if (!commands.length) return close(menu);
  menu.shown = commands;
  menu.list.replaceChildren(...commands.map((entry, index) => option(menu, entry, index)));
  menu.list.hidden = false;
  expanded(menu, true);
  return mark(menu, 0);
}

function option(menu, { command, description }, index) {
  return el("div", { role: "option", id: `${menu.list.id}-${index}`, click: () => choose(menu, index) },
    el("b", { dir: "ltr" }, `/${command}`), el("span", { dir: "auto" }, description));
}

function mark(menu, index) {
  menu.at = (index + menu.shown.length) % menu.shown.length;
  [...menu.list.children].forEach((node, place) => {
    node.setAttribute("aria-selected", String(place === menu.at));
  });
  const chosen = menu.list.children[menu.at];
  menu.input.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function choose(menu, index) {
  const { command } = menu.shown[index];
  close(menu);
  menu.input.value = "";
  menu.say(`/${command}`);
}

function close(menu) {
  menu.list.hidden = true;
  menu.input.removeAttribute("aria-activedescendant");
  expanded(menu, false);
}

function expanded({ input, button }, open) {
  for (const node of [input, button]) node.setAttribute("aria-expanded", String(open));
}

function onKey(menu, event) {
  if (menu.list.hidden || event.isComposing) return;
  const actions = {
    ArrowDown: () => mark(menu, menu.at + 1),
    ArrowUp: () => mark(menu, menu.at - 1),
    Enter: () => choose(menu, menu.at),
    Tab: () => complete(menu),
    Escape: () => close(menu),
  };
  if (!actions[event.key] || event.shiftKey) return;
  event.preventDefault();
  actions[event.key]();
}

/** Tab writes the command out, so that something can be added to it. */
function complete(menu) {
  menu.input.value = `/${menu.shown[menu.at].command} `;
  close(menu);
}

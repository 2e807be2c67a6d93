/** Telegram's formatting from the server's HTML, rebuilt element by element from a short list. */
import { el } from "./dom.js";

const PLAIN = new Set(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "br"]);
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "noscript", "svg", "math"]);
const LINKED = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])|(?<![\w/])(\/[A-Za-z]\w{0,31})(?![\w/])/g;

/**
 * @param {string} html
 * @param {(command: string) => void} onCommand a command in the text was chosen
 * @returns {DocumentFragment} only known elements, no attribute taken over but a checked address
 */
export function safeNodes(html, onCommand) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  copyChildren(parsed.body, fragment, onCommand, true);
  return fragment;
}

function copyChildren(from, to, onCommand, linking) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) to.append(...textNodes(child.data, onCommand, linking));
    else if (child.nodeType === Node.ELEMENT_NODE) copyElement(child, to, onCommand, linking);
  }
}

function copyElement(source, to, onCommand, linking) {
  const name = source.localName;
  if (DROPPED.has(name)) return;
  const copy = counterpart(source, name);
  if (copy) to.append(copy);
  const goOn = linking && !["a", "code", "pre"].includes(name);
  copyChildren(source, copy ?? to, onCommand, goOn);
}

function counterpart(source, name) {
  if (PLAIN.has(name)) return el(name);
  if (name === "tg-spoiler" || source.classList.contains("tg-spoiler")) return spoiler();
  if (name === "a") return link(source.getAttribute("href") ?? "");
  return null;
}

/** @param {string} address @returns {HTMLElement} a link if the address may be followed, else a span */
function link(address) {
  const followed = /^(https?:|mailto:|tel:)/i.test(address.trim());
  if (!followed) return el("span", { class: "mention" });
  return el("a", { href: address.trim(), target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text" });
  const reveal = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal();
  });
  return node;
}

/** Addresses and /commands in plain text can be pressed, as in Telegram. */
function textNodes(text, onCommand, linking) {
  if (!linking) return [text];
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINKED)) {
    nodes.push(text.slice(end, match.index), match[1] ? written(match[1]) : command(match[2], onCommand));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

function written(address) {
  const node = link(address);
  node.append(address);
  return node;
}

function command(text, onCommand) {
  return el("button", { type: "button", class: "command", dir: "ltr", click: () => onCommand(text) }, text);
}

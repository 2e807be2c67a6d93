/** Building and placing elements. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. A function among the props is a listener, a boolean switches an attribute.
 * @param {string} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, String(value));
    }
  }
  node.append(...children.filter((child) => child || child === ""));
  return node;
}

/** @param {string} name of a symbol in index.html */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A round button that shows only an icon. */
export function iconButton(name, label, click, props = {}) {
  const node = el("button", { type: "button", class: "icon-button", title: label, ...props }, icon(name));
  node.setAttribute("aria-label", label);
  node.addEventListener("click", click);
  return node;
}

/** The coloured disc with a person's initials. */
export function avatar(person) {
  const initials = person.name.trim().split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "");
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, initials.join("").toUpperCase());
  node.style.setProperty("--color", person.color ?? "#3390ec");
  return node;
}

/**
 * Opens a dialog that is thrown away when it closes.
 * @param {string} kind its class
 * @param {string} label
 * @param {...(Node | string)} children
 * @returns {HTMLDialogElement}
 */
export function openDialog(kind, label, ...children) {
  const dialog = el("dialog", { class: kind, "aria-label": label }, ...children);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Says something in a corner for a few seconds. */
export function toast(host, text) {
  const node = el("div", { class: "toast", dir: "auto" }, text);
  host.append(node);
  setTimeout(() => node.remove(), Math.min(10_000, 3_000 + text.length * 50));
}

/** Tells of a failure at the foot of the page. */
export function complain(error) {
  toast(document.getElementById("notices"), error instanceof Error ? error.message : String(error));
}

/** Runs a promise and shows what went wrong; resolves to undefined then. */
export async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    complain(error);
    return undefined;
  }
}

/** A person's groups and channels beside their chat with the bot: tabs, founding one, links into them. */
import { post } from "./api.js";
import { ask, field, options } from "./dialogs.js";
import { attempt, el } from "./dom.js";

const KINDS = [["supergroup", "Group"], ["channel", "Channel"]];
const NEW = "new";

/**
 * @param {HTMLElement} host
 * @param {{ chats: any[], place: number | null, bot: string, open: (id: number | null) => void }} options
 */
export function drawPlaces(host, { chats, place, bot, open }) {
  const groups = chats.filter(({ type }) => type !== "private");
  host.hidden = !groups.length;
  const all = [{ id: null, title: bot }, ...groups];
  const signature = JSON.stringify([all, place]);
  if (host.dataset.shown === signature) return;
  host.dataset.shown = signature;
  host.replaceChildren(...all.map(({ id, title }) => el("button", {
    type: "button", class: "place", "aria-pressed": String(id === place), click: () => open(id),
  }, el("bdi", {}, title))));
}

/** @returns {Promise<{id: number} | undefined>} the group or channel made */
export async function foundPlace(person, people, kinds = KINDS) {
  const others = people.filter(({ id }) => id !== person.id);
  const boxes = others.map(({ id, name }) => el("label", { class: "check" },
    el("input", { type: "checkbox", name: "member", value: id }), el("bdi", {}, name)));
  const answer = await ask("New group or channel", "Create", [
    field("Kind", el("select", { name: "type" }, ...options(kinds))),
    field("Name", el("input", { name: "title", required: true, maxlength: "128", autocomplete: "off", dir: "auto" })),
    boxes.length > 0 && el("fieldset", { class: "checks" }, el("legend", {}, "Who is in it"), ...boxes),
  ]);
  if (!answer) return undefined;
  const members = [person.id, ...answer.getAll("member").map(Number)];
  const given = { type: answer.get("type"), title: answer.get("title").trim(), members, bot: false };
  return attempt(post("/groups", given));
}

/** The group or channel a link that adds the bot adds it to; null when that is called off. */
async function choosePlace(person, people, chats, wanted) {
  const mine = chats.filter(({ type }) => (type === "channel") === (wanted === "channel") && type !== "private");
  const kinds = KINDS.filter(([kind]) => (kind === "channel") === (wanted === "channel"));
  if (mine.length) {
    const listed = [...mine.map(({ id, title }) => [id, title]), [NEW, "A new one…"]];
    const answer = await ask("Add the bot", "Add", [field("Where", el("select", { name: "where" }, ...options(listed)))]);
    if (!answer) return null;
    if (answer.get("where") !== NEW) return Number(answer.get("where"));
  }
  return (await foundPlace(person, people, kinds))?.id ?? null;
}

/**
 * What a link of Telegram does in this person's hands.
 * @returns {Promise<number | null>} the chat it leads to
 */
export async function openLink(url, person, people, chats) {
  const wanted = /[?&]start(group|channel)\b/.exec(url)?.[1];
  const chat = wanted ? await choosePlace(person, people, chats, wanted) : undefined;
  if (chat === null) return null;
  const opened = await attempt(post(`/people/${person.id}/links`, { url, chat }));
  return opened && opened.state !== "requested" ? opened.chat : null;
}

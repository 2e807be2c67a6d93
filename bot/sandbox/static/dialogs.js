/** What the page asks in a dialog: somebody new, a place, who opens an invitation, an alert. */
import { post } from "./api.js";
import { attempt, el, openDialog } from "./dom.js";
import { LANGUAGES } from "./words.js";

const PLACES = [
  ["Athens", 37.9838, 23.7275], ["Istanbul", 41.0082, 28.9784], ["Nicosia", 35.1856, 33.3823],
  ["Jerusalem", 31.7683, 35.2137], ["Ramallah", 31.9038, 35.2034], ["Madrid", 40.4168, -3.7038],
  ["Mexico City", 19.4326, -99.1332], ["London", 51.5072, -0.1276],
];

const OTHER = "other";

export function field(label, control, hint = "") {
  return el("label", { class: "field" }, el("span", {}, label), control, hint && el("small", {}, hint));
}

export function options(pairs) {
  return pairs.map(([value, text]) => el("option", { value }, text));
}

/** A dialog with a form; resolves to its data, or to null when it is closed. */
export function ask(title, submit, fields, focus) {
  return new Promise((resolve) => {
    const cancel = el("button", { type: "button", class: "plain" }, "Cancel");
    const form = el("form", { method: "dialog" }, el("h2", {}, title), ...fields,
      el("div", { class: "choices" }, cancel, el("button", { type: "submit", class: "primary" }, submit)));
    const dialog = openDialog("sheet", title, form);
    cancel.addEventListener("click", () => dialog.close());
    let answer = null;
    form.addEventListener("submit", () => { answer = new FormData(form); });
    dialog.addEventListener("close", () => resolve(answer));
    (focus ?? form.querySelector("input, select"))?.focus();
  });
}

/**
 * @param {{label: string, payload: string}[]} doors
 * @param {string} [payload] of an invitation that was just followed
 * @returns {Promise<{id: number} | undefined>} the person made
 */
export async function addPerson(doors, payload = undefined) {
  const known = !payload || doors.some((door) => door.payload === payload);
  const followed = known ? [] : [[payload, "The invitation you opened"]];
  const door = el("select", { name: "door" },
    ...options([["", "No invitation"], ...followed, ...doors.map((one) => [one.payload, one.label])]));
  door.value = payload ?? doors[0]?.payload ?? "";
  const answer = await ask("Add a person", "Add", [
    field("Name", el("input", { name: "name", required: true, maxlength: "64", autocomplete: "off", dir: "auto" })),
    ...languageFields(),
    field("Comes in by", door, "An invitation says /start at once."),
  ]);
  return answer && attempt(post("/people", personOf(answer)));
}

function personOf(answer) {
  const chosen = answer.get("language");
  const language = chosen === OTHER ? answer.get("code").trim() || "en" : chosen;
  const door = answer.get("door");
  return { name: answer.get("name").trim(), language, pinned: true, ...(door && { door }) };
}

function languageFields() {
  const pattern = "[A-Za-z]{2,3}([_\\-][A-Za-z0-9]+)*";
  const code = el("input", { name: "code", placeholder: "fr, uk, pt-br …", maxlength: "12", pattern, dir: "ltr" });
  const free = field("Language code", code);
  free.hidden = true;
  const select = el("select", { name: "language" }, ...options([...LANGUAGES, [OTHER, "Another…"]]));
  select.addEventListener("change", () => {
    free.hidden = select.value !== OTHER;
    code.required = !free.hidden;
    if (!free.hidden) code.focus();
  });
  return [field("Language", select, "What their Telegram is set to."), free];
}

/** @param {string} title @returns {Promise<{latitude: number, longitude: number} | null>} */
export async function askLocation(title) {
  const number = (name, limit) =>
    el("input", { name, type: "number", step: "any", min: -limit, max: limit, required: true, dir: "ltr" });
  const [latitude, longitude] = [number("latitude", 90), number("longitude", 180)];
  const place = el("select", {}, ...options(PLACES.map(([name], index) => [index, name])));
  const fill = () => { [, latitude.value, longitude.value] = PLACES[Number(place.value)]; };
  place.addEventListener("change", fill);
  fill();
  const answer = await ask(title, "Send", [
    field("Place", place), field("Latitude", latitude), field("Longitude", longitude),
  ]);
  return answer && { latitude: Number(answer.get("latitude")), longitude: Number(answer.get("longitude")) };
}

/**
 * Somebody pressed a link to the bot: on a real phone the one who presses it is meant, here anyone may.
 * @param {{id: number, name: string}[]} people
 * @returns {Promise<number | "new" | null>} who opens it
 */
export async function askWho(people) {
  const known = people.map(({ id, name }) => [id, name]);
  const who = el("select", { name: "who" }, ...options([["new", "Somebody new"], ...known]));
  const answer = await ask("Who opens this link?", "Open", [field("Person", who)]);
  if (!answer) return null;
  return answer.get("who") === "new" ? "new" : Number(answer.get("who"));
}

/** An alert of the bot. @param {string} name @param {string} text @param {string} direction */
export function alertBox(name, text, direction) {
  const dialog = openDialog("sheet", name, el("form", { method: "dialog", dir: direction },
    el("h2", { dir: "auto" }, name), el("p", { dir: "auto", role: "alert" }, text),
    el("div", { class: "choices" }, el("button", { type: "submit", class: "primary" }, "OK"))));
  return dialog;
}

/** The sandbox's clock: it ticks here between two words of the server. */
import { post } from "./api.js";
import { attempt, el } from "./dom.js";
import { clockTime, shortDate } from "./words.js";

const HOUR = 3_600;

/** @returns {{ set: (state: {now: string, next: string | null}) => void }} */
export function createClock() {
  const parts = {
    time: document.getElementById("time"), date: document.getElementById("date"),
    next: document.getElementById("next"), nextTime: document.getElementById("next-time"),
    said: document.getElementById("clock-said"),
  };
  const clock = { ...parts, now: Date.now(), at: performance.now(), due: null };
  const move = (body) => moveClock(clock, body);
  document.getElementById("hour").addEventListener("click", () => move({ advance: HOUR }));
  document.getElementById("day").addEventListener("click", () => move({ advance: 24 * HOUR }));
  clock.next.addEventListener("click", () => clock.due !== null && move({ next: true }));
  setInterval(() => draw(clock), 1_000);
  return { set: (state) => set(clock, state) };
}

async function moveClock(clock, body) {
  const state = await attempt(post("/clock", body));
  if (!state) return;
  set(clock, state);
  clock.said.textContent = `It is ${shortDate(clock.now)}, ${clockTime(clock.now / 1000)} UTC.`;
}

function set(clock, { now, next }) {
  clock.now = Date.parse(now);
  clock.at = performance.now();
  clock.due = next ? Date.parse(next) : null;
  clock.next.setAttribute("aria-disabled", String(clock.due === null));
  clock.nextTime.replaceChildren(clock.due === null ? "none due" : dueNode(clock.due, clock.now));
  draw(clock);
}

/** When it is due: the weekday when it is not today, the date where there is room for it. */
function dueNode(due, now) {
  const [weekday, date] = shortDate(due) === shortDate(now) ? ["", ""] : shortDate(due).split(", ");
  return el("time", { datetime: new Date(due).toISOString() },
    `${weekday} `, el("span", { class: "next-day" }, `${date.replace(/ \d{4}$/, "")} `), clockTime(due / 1000));
}

function draw(clock) {
  const now = clock.now + performance.now() - clock.at;
  const seconds = String(Math.floor(now / 1000) % 60).padStart(2, "0");
  clock.time.replaceChildren(clockTime(now / 1000), el("small", {}, `:${seconds}`));
  clock.time.setAttribute("datetime", new Date(now).toISOString());
  clock.date.textContent = `${shortDate(now)} · UTC`;
}

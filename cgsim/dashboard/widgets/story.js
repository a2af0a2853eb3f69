// What happened, in words: a log of all events, and turning points to walk along.

import { STATES, count, h, say, write } from "./dom.js";

const TURNS = new Set([
  "change", "change_ends", "organisation_leaves", "organisation_returns", "promise_broken",
  "first_win", "critical_mass", "state_up", "state_down", "many_leave",
]);
const NEWEST = 6;

export function turnsOf(run) {
  return run.events.filter((one) => TURNS.has(one.kind));
}

export function makeStory(clock, ask) {
  const title = h("h2");
  const on = h("button", { type: "button", class: "quiet", "data-testid": "story-on", onclick: toggle });
  const now = h("p", { class: "story-now", "data-testid": "story-now", role: "status" });
  const back = h("button", { type: "button", "data-testid": "story-back", onclick: () => walk(-1) });
  const next = h("button", { type: "button", "data-testid": "story-next", class: "main", onclick: () => walk(1) });
  const banner = h("section", { class: "walking" }, now, h("div", { class: "buttons" }, back, next));
  const list = h("ol", { class: "log", "data-testid": "log" });
  const all = h("details", { class: "more" });
  const summary = h("summary");
  const rest = h("ol", { class: "log", "data-testid": "log-all" });
  all.append(summary, rest);
  const element = h(
    "section",
    { class: "card story-card" },
    h("div", { class: "card-head" }, title, on),
    list,
    all,
  );
  let scene = null;
  let told = "";

  function toggle() {
    ask({ story: scene.view.extras.story ? null : "1" });
  }

  // Turning points of one month are told together.
  function stops() {
    return [...new Set(turnsOf(scene.run).map((one) => Math.max(one.after, 1)))];
  }

  function walk(way) {
    const every = stops();
    if (way > 0) clock.playTo(every.find((month) => month > clock.month) ?? clock.months);
    else clock.scrub(every.filter((month) => month < clock.month).pop() ?? 1);
  }

  function row(one, words) {
    return h("li", {}, h("b", {}, count(words, "after", one.after)), ` ${one.words[scene.view.lang]}`);
  }

  // What is said where nothing turns: at the start, at the end, on the way.
  function between(words) {
    if (scene.month === 1) return words.story_start;
    if (scene.month < clock.months) return words.story_between;
    const row = scene.month - 1;
    const state = words[STATES[scene.run.series.state[row]]].toLowerCase();
    return say(words, "story_end", { state, n: scene.run.series.producers[row] });
  }

  function tellNow(words) {
    const here = turnsOf(scene.run).filter((one) => Math.max(one.after, 1) === scene.month);
    const sentences = here.map((one) => one.words[scene.view.lang]).join(" ");
    const after = count(words, "after", scene.month);
    write(now, `${after}: ${sentences || between(words)}`);
    const every = stops();
    next.disabled = !every.some((month) => month > scene.month) && scene.month === clock.months;
    back.disabled = scene.month === 1;
  }

  return {
    element,
    banner,
    label({ view }) {
      write(title, view.words.story);
      write(back, view.words.story_back);
      write(next, view.words.story_next);
      write(on, view.words[view.extras.story ? "story_off" : "story_on"]);
      on.setAttribute("aria-pressed", String(Boolean(view.extras.story)));
      banner.hidden = !view.extras.story;
      banner.setAttribute("aria-label", view.words.story_told);
      told = "";
    },
    show(next_) {
      scene = next_;
      const { view, run, month } = scene;
      if (view.extras.story) tellNow(view.words);
      const happened = run.events.filter((one) => one.after <= month);
      const key = `${run.scenario_hash} ${run.seed} ${view.lang} ${happened.length}`;
      if (key === told) return;
      told = key;
      const newest = happened.slice().reverse();
      list.replaceChildren(...newest.slice(0, NEWEST).map((one) => row(one, view.words)));
      all.hidden = newest.length <= NEWEST;
      write(summary, say(view.words, "log_all", { n: newest.length }));
      rest.replaceChildren(...newest.map((one) => row(one, view.words)));
    },
  };
}

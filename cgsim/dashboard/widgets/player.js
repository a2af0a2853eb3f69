// Play, step, scrub, speed, reset; and where the cluster stands in the month shown.

import { FASTEST, SLOWEST } from "./clock.js";
import { STATES, decimal, h, icon, s, say, shape, write } from "./dom.js";

const ICONS = {
  play: "M7 4l13 8-13 8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  forward: "M5 4l10 8-10 8zM16 4h3v16h-3z",
  back: "M19 4L9 12l10 8zM5 4h3v16H5z",
  reset: "M12 5a7 7 0 1 1-6.9 8.2l-2 .4A9 9 0 1 0 6 5.3V2H4v7h7V7H7.2A7 7 0 0 1 12 5z",
};

function button(name, picture, act, more = {}) {
  const words = h("span", { class: "button-words" });
  const element = h(
    "button",
    { type: "button", "data-testid": name, onclick: act, ...more },
    icon(ICONS[picture]),
    words,
  );
  return { element, words };
}

function figure(name) {
  const value = h("span", { class: "figure-value", "data-testid": name });
  const label = h("span", { class: "figure-label" });
  return { element: h("div", { class: "figure" }, value, label), value, label };
}

function makeState() {
  const mark = s("svg", { viewBox: "0 0 20 20", "aria-hidden": "true", class: "state-mark" });
  const word = h("span", { "data-testid": "state" });
  const unseen = h("span", { class: "unseen" });
  const element = h("div", { class: "state", role: "status" }, unseen, mark, word);
  let now = null;
  return {
    element,
    show(state, words) {
      write(unseen, `${words.state}: `);
      write(word, words[state]);
      if (state === now) return;
      now = state;
      element.dataset.state = state;
      mark.replaceChildren(shape(state, 10, 10, 7));
    },
  };
}

function makeButtons(clock) {
  const play = button("play", "play", () => clock.toggle(), { class: "main" });
  const back = button("step-back", "back", () => clock.step(-1));
  const forward = button("step-forward", "forward", () => clock.step(1));
  const reset = button("reset", "reset", () => clock.reset());
  const all = [play, back, forward, reset];
  return {
    element: h("div", { class: "buttons" }, ...all.map((one) => one.element)),
    label(words) {
      const told = ["", words.step_back, words.step_forward, words.reset_long];
      all.forEach((one, k) => {
        if (k === 0) return;
        one.element.setAttribute("aria-label", told[k]);
        one.element.title = told[k];
      });
    },
    show(words) {
      write(play.words, clock.playing ? words.pause : words.play);
      const path = clock.playing ? ICONS.pause : ICONS.play;
      play.element.querySelector("path").setAttribute("d", path);
      back.element.disabled = clock.month === 1 && document.activeElement !== back.element;
      forward.element.disabled =
        clock.month === clock.months && document.activeElement !== forward.element;
    },
  };
}

function makeRange(name, attributes) {
  const label = h("label", { for: `cgsim-${name}` });
  const input = h("input", {
    type: "range",
    id: `cgsim-${name}`,
    "data-testid": name,
    ...attributes,
  });
  return { element: h("div", { class: `range ${name}` }, label, input), label, input };
}

export function makePlayer(clock) {
  const title = h("h2", { class: "unseen" });
  const buttons = makeButtons(clock);
  const scrub = makeRange("scrub", {
    min: 1,
    step: 1,
    oninput: () => clock.scrub(Number(scrub.input.value)),
  });
  const speed = makeRange("speed", {
    min: SLOWEST,
    max: FASTEST,
    step: 2,
    value: clock.speed,
    oninput: () => {
      clock.speed = Number(speed.input.value);
      labelSpeed();
    },
  });
  const state = makeState();
  const figures = ["month", "producers", "independents", "income", "mean-trust", "turns"].map(figure);
  const keys = h("p", { class: "hint keys" });
  let words = {};

  function labelSpeed() {
    speed.input.setAttribute("aria-valuetext", say(words, "speed_value", { n: clock.speed }));
  }

  return {
    element: h(
      "section",
      { class: "card player" },
      title,
      h("div", { class: "controls" }, buttons.element, scrub.element, speed.element),
      h("div", { class: "figures" }, state.element, ...figures.map((one) => one.element), keys),
    ),
    label({ view }) {
      words = view.words;
      write(title, words.player);
      write(scrub.label, words.scrub);
      write(speed.label, words.speed);
      write(keys, words.keys);
      const names = ["month", "producers", "independents", "income_short", "mean_trust", "turns"];
      figures.forEach((one, k) => write(one.label, words[names[k]]));
      buttons.label(words);
      labelSpeed();
    },
    show({ run, view }) {
      const row = clock.month - 1;
      const of = say(words, "of", { n: clock.month, all: clock.months });
      const values = [
        `${clock.month} / ${clock.months}`,
        String(run.series.producers[row]),
        String(run.series.independents[row]),
        decimal(view.lang, run.series.mean_income[row]),
        decimal(view.lang, run.series.tie_trust[row]),
        String(run.series.turns[row]),
      ];
      figures.forEach((one, k) => write(one.value, values[k]));
      state.show(STATES[run.series.state[row]], words);
      scrub.input.max = clock.months;
      scrub.input.value = clock.month;
      scrub.input.setAttribute("aria-valuetext", `${words.month} ${of}`);
      buttons.show(words);
    },
  };
}

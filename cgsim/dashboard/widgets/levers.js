// What a visitor can set: scenario, luck, and every lever; the usual ones are always seen.

import { count, h, say, write } from "./dom.js";
import { makeLever } from "./lever.js";

const SHARED = ["community", "process", "cluster", "market", "costs"];

// A lever's value for the month to come: as the scenario says, as set, as moved up to then,
// in one month first by the scenario and then by the visitor.
export function valueAt(offer, side, month) {
  let value = side.changed[offer.path] ?? offer.own;
  const every = [...side.planned, ...side.moves].sort((a, b) => a.month - b.month);
  for (const move of every)
    if (move.path === offer.path && move.month <= month) value = move.value;
  return value;
}

function testidOf(offer) {
  return `lever-${offer.path.replaceAll(".", "-")}`;
}

export function makeScenario(send, testid = "scenario") {
  const label = h("label", { for: `cgsim-${testid}` });
  const select = h("select", {
    id: `cgsim-${testid}`,
    "data-testid": testid,
    onchange: (event) => send(event.target.value),
  });
  const question = h("p", { class: "question", "data-testid": `${testid}-question` });
  return {
    element: h("div", { class: "story" }, h("div", { class: "field" }, label, select), question),
    label(view, side) {
      write(label, view.words.scenario);
      const offered = [...view.presets];
      if (side.scenario === "own") offered.unshift({ name: "own", title: side.title });
      select.replaceChildren(
        ...offered.map((one) =>
          h("option", { value: one.name, selected: one.name === side.scenario }, one.title),
        ),
      );
      write(question, side.question);
    },
  };
}

// All levers of one scenario; ask(path, value) when one is released. Where several scenarios
// stand side by side, mark tells their levers apart.
export function makeLeverPanel(ask, mark = "") {
  const first = h("div", { class: "organisations" });
  const firstTitle = h("legend");
  const single = h("div", { class: "pair" });
  const more = h("details", { class: "more", "data-testid": `${mark}more-levers` });
  const summary = h("summary");
  const rest = h("div", { class: "groups" });
  more.append(summary, rest);
  let levers = [];
  let built = null;

  function build(offers, view, side) {
    const names = Object.fromEntries(side.organisations.map((one) => [one.key, one.name]));
    levers = [];
    const make = (offer, options) => {
      const lever = makeLever(offer, view, (value) => ask(offer.path, value), {
        testid: mark + testidOf(offer),
        ...options,
      });
      levers.push([offer, lever]);
      return lever.element;
    };
    const usual = offers.filter((one) => one.first);
    first.replaceChildren(
      ...usual.filter((one) => one.ours).map((one) => make(one, { name: names[one.group] })),
    );
    single.replaceChildren(...usual.filter((one) => !one.ours).map((one) => make(one)));
    const others = offers.filter((one) => !one.first);
    const groups = [...side.organisations.map((one) => one.key), ...SHARED];
    rest.replaceChildren(
      ...groups.map((group) => {
        const own = others.filter((one) => one.group === group);
        const title = names[group] ?? view.words[`group_${group}`];
        return h(
          "fieldset",
          { class: "group" },
          h("legend", {}, title),
          ...own.map((one) => make(one, { help: true })),
        );
      }),
    );
  }

  return {
    elements: [h("fieldset", {}, firstTitle, first), single],
    more,
    single,
    label(offers, view, side) {
      write(firstTitle, view.words.monitoring);
      const key = JSON.stringify([view.lang, offers.map((one) => [one.path, one.own])]);
      write(summary, say(view.words, "more_levers", { n: offers.filter((o) => !o.first).length }));
      if (key === built) return;
      built = key;
      build(offers, view, side);
    },
    show(view, side, month) {
      for (const [offer, lever] of levers) {
        lever.set(valueAt(offer, side, month));
        const control = lever.element.querySelector("input, select");
        const over = month >= side.months;
        control.disabled = over || (offer.birth && month > 1);
        control.title = over ? view.words.acts_over : control.disabled ? view.words.birth : "";
      }
    },
  };
}

// What was moved and when, each to be taken back.
function makeMoves(ask) {
  const list = h("ul", { class: "moves", "data-testid": "moves" });
  const title = h("h3");
  const element = h("div", { class: "moved-levers" }, title, list);
  return {
    element,
    label(offers, view, side, words) {
      const labelOf = (path) => {
        const offer = offers.find((one) => one.path === path);
        const who = side.organisations.find((one) => one.key === offer.group);
        return who ? `${who.name} – ${offer.label}` : offer.label;
      };
      const row = (when, path, name) =>
        h(
          "li",
          {},
          `${when}: ${labelOf(path)} → ${words(path, name)}`,
          h(
            "button",
            {
              type: "button",
              class: "quiet small",
              "aria-label": `${view.words.take_back}: ${when}, ${labelOf(path)}`,
              onclick: () => ask({ [name]: null }),
            },
            view.words.take_back,
          ),
        );
      const rows = [
        ...Object.keys(side.changed).map((path) => row(view.words.from_start, path, path)),
        ...side.moves.map((move) =>
          row(
            count(view.words, "after", move.month),
            move.path,
            `at.${move.month}.${move.path}`,
          ),
        ),
      ];
      element.hidden = rows.length === 0;
      write(title, view.words.moved_levers);
      list.replaceChildren(...rows);
    },
  };
}

export function makeLevers(ask, shownOf) {
  const title = h("h2", { class: "unseen" });
  const scenario = makeScenario((name) => ask({ scenario: name, own: null }));
  const seedLabel = h("label", { for: "cgsim-seed" });
  const seed = h("input", {
    type: "number",
    id: "cgsim-seed",
    min: 0,
    max: 4294967295,
    step: 1,
    inputmode: "numeric",
    "data-testid": "seed",
    onchange: (event) => ask({ seed: event.target.value.trim() || "1" }),
  });
  const panel = makeLeverPanel((path, value) => ask({ lever: path, value: String(value) }));
  const moves = makeMoves(ask);
  const when = h("p", { class: "hint", "data-testid": "lever-acts" });
  const element = h(
    "section",
    { class: "card levers" },
    title,
    scenario.element,
    ...panel.elements,
    when,
    panel.more,
    moves.element,
  );
  const seedField = h("div", { class: "field" }, seedLabel, seed);
  return {
    element,
    label({ view, offers }) {
      const side = view.sides[0];
      write(title, view.words.levers);
      write(seedLabel, view.words.seed);
      scenario.label(view, side);
      panel.label(offers[0], view, side);
      panel.single.append(seedField);
      moves.label(offers[0], view, side, (path, name) => {
        const offer = offers[0].find((one) => one.path === path);
        const move = side.moves.find((one) => `at.${one.month}.${one.path}` === name);
        return shownOf(offer, move ? move.value : side.changed[path], view);
      });
      seed.value = view.seed;
    },
    show({ view, month }) {
      panel.show(view, view.sides[0], month);
      const key = month <= 1 ? "acts_start" : month < view.sides[0].months ? "acts_later" : "acts_over";
      write(when, say(view.words, key, { n: month }));
    },
  };
}

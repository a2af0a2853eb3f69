// Two to four scenarios, each with its levers; one is added, another taken away.

import { h, say, write } from "./dom.js";
import { MOST_BYTES, download } from "./files.js";
import { makeLeverPanel, makeScenario } from "./levers.js";

export const LETTERS = ["A", "B", "C", "D"];
const RUNS = [200, 500, 1000];
const WIDE = 700; // below it the levers stand behind a disclosure

export function badge(letter) {
  return h("span", { class: `badge side-${letter.toLowerCase()}`, "aria-hidden": "true" }, letter);
}

function makeSide(k, ask) {
  const letter = LETTERS[k];
  const small = letter.toLowerCase();
  const prefix = k ? `${small}.` : "";
  const title = h("h2", { id: `cgsim-side-${small}` });
  const remove = h("button", {
    type: "button",
    class: "quiet small",
    "data-testid": `remove-${small}`,
    onclick: () => ask({ [`${prefix}scenario`]: null }),
  });
  const scenario = makeScenario(
    (name) => ask({ [`${prefix}scenario`]: name, [`${prefix}own`]: null }),
    `${small}-scenario`,
  );
  const panel = makeLeverPanel((path, value) => ask({ [prefix + path]: String(value) }), `${small}-`);
  const summary = h("summary");
  const levers = h("details", { class: "side-levers", open: window.innerWidth > WIDE }, summary, ...panel.elements, panel.more);
  const moves = h("p", { class: "hint" });
  const said = h("span", { class: "hint", role: "status" });
  const fileLabel = h("label", { for: `cgsim-open-${small}`, class: "file-label" });
  const file = h("input", {
    type: "file",
    id: `cgsim-open-${small}`,
    accept: ".yaml,.yml,text/yaml",
    "data-testid": `open-${small}`,
    onchange: open,
  });
  const save = h("button", {
    type: "button",
    class: "quiet small",
    "data-testid": `save-${small}`,
    onclick: () => download(scene.files[k][0], [scene.files[k][1]], "text/yaml;charset=utf-8"),
  });
  let scene = null;

  async function open(event) {
    const chosen = event.target.files[0];
    event.target.value = "";
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) write(said, scene.view.words.file_large);
    else ask({}, { open: await chosen.text(), side: k ? small : "" });
  }

  const element = h(
    "section",
    { class: `card side side-${small}`, "aria-labelledby": title.id, "data-testid": `side-${small}` },
    h(
      "div",
      { class: "card-head" },
      h("span", { class: "side-name" }, badge(letter), title),
      h("span", { class: "side-tools" }, save, h("span", { class: "opener" }, fileLabel, file), remove),
    ),
    said,
    scenario.element,
    levers,
    moves,
  );
  return {
    element,
    label(now) {
      scene = now;
      const side = now.view.sides[k];
      element.hidden = !side;
      if (!side) return;
      const { words } = now.view;
      write(title, k ? say(words, "side", { letter }) : words.side_first);
      write(remove, words.remove);
      remove.setAttribute("aria-label", say(words, "remove_long", { letter }));
      remove.hidden = k === 0 || now.view.sides.length <= 2;
      scenario.label(now.view, side);
      write(summary, say(words, "side_levers", { letter }));
      panel.label(now.offers[k], now.view, side);
      panel.show(now.view, side, 1);
      moves.hidden = side.moves.length === 0;
      write(moves, say(words, "side_moves", { n: side.moves.length }));
      write(save, words.save_short);
      save.setAttribute("aria-label", say(words, "save_side", { letter }));
      write(fileLabel, words.open_short);
      file.setAttribute("aria-label", say(words, "open_side", { letter }));
      write(said, "");
    },
  };
}

export function makeSides(ask) {
  const sides = LETTERS.map((_, k) => makeSide(k, ask));
  const add = h("button", {
    type: "button",
    "data-testid": "add-side",
    onclick: () => ask({}, { add: true }),
  });
  const runsLabel = h("label", { for: "cgsim-runs" });
  const runs = h("select", {
    id: "cgsim-runs",
    "data-testid": "runs",
    onchange: () => ask({ runs: runs.value === String(RUNS[0]) ? null : runs.value }),
  });
  const seedLabel = h("label", { for: "cgsim-seed" });
  const seed = h("input", {
    id: "cgsim-seed",
    type: "number",
    min: 0,
    max: 4294967295,
    step: 1,
    inputmode: "numeric",
    "data-testid": "seed",
    onchange: (event) => ask({ seed: event.target.value.trim() || "1" }),
  });
  const laid = h("div", { class: "sides" }, ...sides.map((side) => side.element));
  return {
    element: h(
      "div",
      { class: "sides-whole" },
      laid,
      h(
        "div",
        { class: "sides-row" },
        add,
        h("div", { class: "field" }, runsLabel, runs),
        h("div", { class: "field" }, seedLabel, seed),
      ),
    ),
    label(now) {
      const { view } = now;
      for (const side of sides) side.label(now);
      laid.dataset.count = view.sides.length;
      write(add, view.words.add);
      add.disabled = view.sides.length >= LETTERS.length;
      write(runsLabel, view.words.runs);
      runs.replaceChildren(
        ...RUNS.map((n) =>
          h("option", { value: n, selected: n === now.runs }, say(view.words, "pairs_of", { n: n.toLocaleString(view.lang) })),
        ),
      );
      write(seedLabel, view.words.seed);
      seed.value = view.seed;
    },
  };
}

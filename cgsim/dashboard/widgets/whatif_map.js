// Where the scenarios stand on the shipped map of monitoring and persistence; a cell sets one.

import { h, say, write } from "./dom.js";
import { makeCell } from "./map_cell.js";
import { makeMapGrid } from "./map_grid.js";
import { LETTERS } from "./sides.js";

export function makeWhatIfMap(ask) {
  const title = h("h2");
  const about = h("p", { class: "hint" });
  const off = h("p", { class: "hint", "data-testid": "off-map" });
  const label = h("label", { for: "cgsim-cell-sets" });
  const sets = h("select", { id: "cgsim-cell-sets", "data-testid": "cell-sets" });
  const link = h("button", { type: "button", "data-testid": "open-map", onclick: () => ask({}, { page: "map" }) });
  const cell = makeCell();
  const grid = makeMapGrid({ look: (place) => cell.look(place), choose });
  const drawn = h("div", { class: "map-parts" }, grid.element, cell.element);
  const element = h(
    "section",
    { class: "card map", "data-testid": "what-if-map" },
    h("div", { class: "card-head" }, title, h("div", { class: "field beside" }, label, sets)),
    about,
    drawn,
    off,
    h("div", {}, link),
  );

  function choose(changes) {
    const prefix = sets.value === "A" ? "" : `${sets.value.toLowerCase()}.`;
    ask(Object.fromEntries(Object.entries(changes).map(([path, value]) => [prefix + path, String(value)])));
  }

  return {
    element,
    label(scene) {
      const { view, phases } = scene;
      const { words } = view;
      const shown = Boolean(phases.counts);
      write(title, words.to_map);
      write(link, words.to_map_link);
      drawn.hidden = label.parentElement.hidden = !shown;
      off.hidden = shown && phases.off.length === 0;
      const names = shown ? phases.off.join(", ") : "A";
      write(off, say(words, "off_map", { names }));
      about.hidden = !shown;
      if (!shown) return;
      const told = { runs: phases.runs.toLocaleString(view.lang), seed: phases.seed, months: phases.months };
      write(about, say(words, "about_shipped", told));
      write(label, words.cell_sets);
      const chosen = sets.value || "B";
      const letters = LETTERS.slice(0, view.sides.length);
      sets.replaceChildren(
        ...letters.map((letter) => h("option", { value: letter, selected: letter === chosen }, say(words, "side", { letter }))),
      );
      cell.label(scene);
      grid.label(scene);
    },
    stop: () => grid.stop(),
  };
}

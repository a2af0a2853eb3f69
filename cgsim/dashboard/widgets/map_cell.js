// The numbers of one cell of a map, what the signs mean, and all cells as a table.

import { STATES, h, s, say, shape, write } from "./dom.js";
import { axisWords, likeliest, percent, valueWords } from "./map_grid.js";

function mark(state) {
  return s("svg", { viewBox: "0 0 20 20", class: "state-key", "aria-hidden": "true" }, shape(state, 10, 10, 6.5));
}

function legendOf({ view, phases }) {
  const { words } = view;
  const line = (kind, text) => h("li", {}, s("svg", { viewBox: "0 0 26 20", class: "line-key", "aria-hidden": "true" }, kind), text);
  const rows = [
    line(s("rect", { x: 3, y: 3, width: 20, height: 14, class: "cell-open" }), words.legend_open),
    line(s("path", { d: "M2 10H24", class: "contour" }), words.legend_contour),
  ];
  for (const pin of phases.pins) {
    const known = [...pin.x, ...pin.y].every((one) => one !== null);
    const spread = new Set(pin.x).size > 1 || new Set(pin.y).size > 1;
    const letter = h("b", { class: "pin-key" }, pin.letter);
    const more = known ? (spread ? ` ${words.pin_spread}` : "") : ` ${words.pin_none}`;
    rows.push(h("li", {}, letter, `${pin.title}${more}`));
  }
  return rows;
}

export function makeCell() {
  const title = h("h3", { "data-testid": "cell-title" });
  const rows = h("ul", { class: "cell-shares", "data-testid": "cell-shares" });
  const other = h("p", { class: "hint", "data-testid": "cell-other" });
  const open = h("p", { class: "hint" });
  const legend = h("ul", { class: "map-legend" });
  const element = h("div", { class: "map-aside" }, h("div", { class: "cell-now" }, title, rows, open, other), legend);
  let scene = null;

  return {
    element,
    label(next) {
      scene = next;
      legend.replaceChildren(...legendOf(scene));
    },
    look([x, y]) {
      const { phases, view } = scene;
      const counts = phases.counts[0][x]?.[y];
      if (!counts) return;
      write(title, `${axisWords(view, phases.x, x)} · ${axisWords(view, phases.y, y)}`);
      rows.replaceChildren(
        ...STATES.map((state, k) => {
          const fill = h("span", { class: `share-fill ${state}` });
          fill.style.width = `${(100 * counts[k]) / phases.runs}%`;
          const [low, high] = phases.intervals[x][y][k].map((end) => percent(view.lang, end));
          return h(
            "li",
            {},
            mark(state),
            h("span", {}, view.words[state]),
            h("b", {}, percent(view.lang, counts[k] / phases.runs)),
            h("span", { class: "share-bar", "aria-hidden": "true" }, fill),
            h("span", { class: "hint" }, say(view.words, "interval", { low, high })),
          );
        }),
      );
      const names = phases.counts.map((each) => view.words[STATES[each[x][y].indexOf(Math.max(...each[x][y]))]].toLowerCase());
      write(other, say(view.words, names[1] === names[0] && names[2] === names[0] ? "cutoffs_same" : "cutoffs_other", { lower: names[1], higher: names[2] }));
      write(open, phases.told[x][y] ? "" : view.words.not_told);
    },
  };
}

// What runs, what the map does not say.
export function mapNotes({ view, phases }) {
  const { words } = view;
  const cells = phases.x.words.length * phases.y.words.length;
  const notes = [
    say(words, "note_within", { months: phases.months }),
    say(words, "note_cutoffs", { lower: phases.differs.lenient, higher: phases.differs.strict, cells }),
  ];
  if (phases.moved.length) notes.push(say(words, "note_moved", { levers: phases.moved.join(", ") }));
  if (phases.pins.length > 1) notes.push(words.note_pins);
  if (view.sides[0].moves.length) notes.push(words.note_moves);
  return notes;
}

export function makeMapTable() {
  const summary = h("summary");
  const head = h("thead");
  const body = h("tbody");
  const caption = h("caption", { class: "unseen" });
  const table = h("div", { class: "wide", tabindex: 0, role: "region" }, h("table", { "data-testid": "map-table" }, caption, head, body));
  return {
    element: h("details", { class: "as-table" }, summary, table),
    label({ view, phases }) {
      write(summary, view.words.as_table);
      table.setAttribute("aria-label", view.words.as_table);
      write(caption, view.words.grid_long);
      head.replaceChildren(
        h("tr", {}, h("th", { scope: "col" }, `${phases.y.label} \\ ${phases.x.label}`), ...phases.x.words.map((_, x) => h("th", { scope: "col" }, valueWords(view, phases.x, x)))),
      );
      body.replaceChildren(
        ...phases.y.words.map((_, y) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, valueWords(view, phases.y, y)),
            ...phases.x.words.map((__, x) => {
              const code = likeliest(phases, x, y);
              const share = percent(view.lang, phases.counts[0][x][y][code] / phases.runs);
              return h("td", {}, `${view.words[STATES[code]].toLowerCase()} ${share}${phases.told[x][y] ? "" : "?"}`);
            }),
          ),
        ),
      );
    },
  };
}

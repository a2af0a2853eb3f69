// The map page: a grid of cells over two levers, the numbers of one cell, a table of all.

import { decimal, h, say, write } from "./dom.js";
import { mountFrame } from "./frame.js";
import { shownValue } from "./lever.js";
import { makeLevers } from "./levers.js";
import { makeCell, makeMapTable, mapNotes } from "./map_cell.js";
import { makeMapGrid } from "./map_grid.js";
import { makeWork } from "./work.js";

const GROUPS = ["*", "community", "process", "cluster", "market", "costs"];

// Which lever lies along an axis.
function makeAxisChoice(name, ask) {
  const label = h("label", { for: `cgsim-axis-${name}` });
  const select = h("select", {
    id: `cgsim-axis-${name}`,
    "data-testid": `axis-${name}`,
    onchange: (event) => ask({ [name]: event.target.value }),
  });
  return {
    element: h("div", { class: "field" }, label, select),
    label({ view, axes, phases }) {
      write(label, view.words[`axis_${name}`]);
      const chosen = phases.chosen[name === "x" ? 0 : 1];
      const other = phases.chosen[name === "x" ? 1 : 0];
      const titles = Object.fromEntries(view.sides[0].organisations.map((one) => [one.key, one.name]));
      const groups = ["*", ...Object.keys(titles), ...GROUPS.slice(1)];
      select.replaceChildren(
        ...groups.map((group) =>
          h(
            "optgroup",
            { label: titles[group] ?? view.words[group === "*" ? "all_organisations" : `group_${group}`] },
            ...axes
              .filter((one) => one.group === group)
              .map((one) =>
                h("option", { value: one.path, selected: one.path === chosen, disabled: one.path === other }, one.label),
              ),
          ),
        ),
      );
    },
  };
}

function makeWrong() {
  const list = h("ul");
  const element = h("div", { class: "notices", role: "alert", "data-testid": "map-wrong" }, list);
  return {
    element,
    label({ wrong }) {
      element.hidden = wrong.length === 0;
      list.replaceChildren(...wrong.map((words) => h("li", {}, words)));
    },
  };
}

function makeMap(ask) {
  const title = h("h2");
  const about = h("p", { class: "hint", "data-testid": "map-about" });
  const choices = ["x", "y"].map((name) => makeAxisChoice(name, ask));
  const wrong = makeWrong();
  const work = makeWork("map-work");
  const cell = makeCell();
  const grid = makeMapGrid({
    look: (place) => cell.look(place),
    choose: (changes) => ask(changes),
  });
  const notes = h("ul", { class: "map-notes hint", "data-testid": "map-notes" });
  const table = makeMapTable();
  const drawn = h("div", { class: "map-parts" }, grid.element, cell.element);
  const element = h(
    "section",
    { class: "card map" },
    h("div", { class: "card-head" }, title, about),
    h("div", { class: "axes" }, ...choices.map((one) => one.element)),
    wrong.element,
    work.element,
    drawn,
    notes,
    table.element,
  );
  return {
    element,
    label(scene) {
      const { view, phases } = scene;
      const done = phases.state === "done";
      write(title, view.words.map);
      for (const one of [...choices, wrong]) one.label(scene);
      work.show(phases, view.words);
      drawn.hidden = notes.hidden = table.element.hidden = about.hidden = !done;
      if (!done) return;
      const told = { runs: phases.runs.toLocaleString(view.lang), seed: phases.seed, months: phases.months };
      write(about, say(view.words, `about_${phases.source}`, told));
      notes.replaceChildren(...mapNotes(scene).map((words) => h("li", {}, words)));
      cell.label(scene);
      grid.label(scene);
      table.label(scene);
    },
    stop: () => grid.stop(),
  };
}

function render({ model, el }) {
  const frame = mountFrame(
    { model, el },
    {
      scene: () => ({
        phases: model.get("phases"),
        axes: model.get("axes"),
        wrong: model.get("wrong"),
        month: 1,
      }),
      parts: (ask) => {
        // what is set here acts from the start
        const set = ({ lever, value, ...rest }) => ask(lever ? { [lever]: value } : rest);
        return [makeMap(ask), makeLevers(set, shownValue)];
      },
      tools: {
        table: ({ phases }) => phases.csv ?? "",
        pictures: () => [...el.querySelectorAll("svg.chart")],
        name: "cgsim-map",
      },
    },
  );
  frame.label();
  const events = "change:view change:phases change:wrong change:faults";
  model.on(events, frame.label);
  return () => {
    model.off(events, frame.label);
    frame.stop();
  };
}

export default { render };

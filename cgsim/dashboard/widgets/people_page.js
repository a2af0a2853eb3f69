// The people page: everybody ever trained, one life, its reasons, and why people leave at all.

import { h, say, write } from "./dom.js";
import { mountFrame } from "./frame.js";
import { shownValue } from "./lever.js";
import { makeLevers } from "./levers.js";
import { makeEverybody } from "./people_list.js";
import { makeKeeping, makeReasons } from "./people_reasons.js";
import { makeLife } from "./people_life.js";

function makeSentences() {
  const title = h("h2", { "data-testid": "person-title" });
  const list = h("ul", { class: "told", "data-testid": "sentences" });
  const element = h("section", { class: "card person-told" }, title, list);
  return {
    element,
    label({ view, person }) {
      element.hidden = person.who === undefined;
      if (element.hidden) return;
      write(title, say(view.words, person.left ? "why_left" : "why_stayed", { n: person.who }));
      list.replaceChildren(...person.sentences.map((words) => h("li", {}, words)));
    },
  };
}

// The same person in another scenario: one that is compared already, or a preset.
function makeBeside(ask) {
  const label = h("label", { for: "cgsim-beside" });
  const select = h("select", {
    id: "cgsim-beside",
    "data-testid": "beside",
    onchange: (event) => ask({ "b.scenario": event.target.value || null }),
  });
  return {
    element: h("div", { class: "card field beside" }, label, select),
    label({ view }) {
      write(label, view.words.beside);
      const side = view.sides[1];
      const other = side && side.scenario === "own" ? [h("option", { value: "own", selected: true }, side.title)] : [];
      select.replaceChildren(
        h("option", { value: "", selected: !side }, view.words.beside_none),
        ...other,
        ...view.presets.map((one) => h("option", { value: one.name, selected: one.name === side?.scenario }, one.title)),
      );
    },
  };
}

function makeWrong() {
  const list = h("ul");
  const element = h("section", { class: "notices", role: "status", "data-testid": "people-wrong" }, list);
  return {
    element,
    label({ wrong }) {
      element.hidden = wrong.length === 0;
      list.replaceChildren(...wrong.map((words) => h("li", {}, words)));
    },
  };
}

// The person's months as a table, every number as the page got it.
function table({ person, terms }) {
  if (!person.life) return "";
  const names = Object.keys(terms).filter((name) => name !== "base");
  const head = ["month", "hazard", "probability", "luck", "threshold", ...names.map((n) => `hazard_${n}`), ...names.map((n) => `read_${n}`)];
  return `${["person", ...head].join(",")}\n${person.life.months.map((row) => [person.who, ...row].join(",")).join("\n")}\n`;
}

function render({ model, el }) {
  const frame = mountFrame(
    { model, el },
    {
      scene: () => ({
        everybody: model.get("everybody"),
        person: model.get("person"),
        reasons: model.get("reasons"),
        terms: model.get("terms"),
        wrong: model.get("wrong"),
        month: 1,
      }),
      parts: (ask) => {
        // what is set here acts from the start
        const set = ({ lever, value, ...rest }) => ask(lever ? { [lever]: value } : rest);
        const wrong = makeWrong();
        const all = makeEverybody(ask);
        const told = makeSentences();
        const life = makeLife(ask);
        const keeping = makeKeeping();
        const beside = makeBeside(ask);
        const one = h("div", { class: "one-person" }, told.element, life.element, beside.element, keeping.element);
        const laid = { element: h("div", { class: "people-parts" }, all.element, one) };
        const inner = [all, told, life, keeping, beside].map((part) => ({ ...part, element: null }));
        return [wrong, laid, ...inner, makeReasons(ask), makeLevers(set, shownValue)];
      },
      tools: { table, pictures: () => [...el.querySelectorAll("svg.chart")], name: "cgsim-people" },
    },
  );
  frame.label();
  const events = "change:view change:everybody change:person change:reasons change:wrong change:faults";
  model.on(events, frame.label);
  return () => {
    model.off(events, frame.label);
    frame.stop();
  };
}

export default { render };

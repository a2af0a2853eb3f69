// What a visitor can set. Every change is sent when it is released, never while it moves.

import { decimal, h, say, write } from "./dom.js";

let fields = 0;

function field(label, control, ...more) {
  const id = `cgsim-field-${++fields}`;
  control.id = id;
  label.htmlFor = id;
  return h("div", { class: "field" }, label, control, ...more);
}

function interval(words, months) {
  if (months === "never") return words.never;
  return months === 1 ? words.every_month : say(words, "every_months", { n: months });
}

function option(value, words, chosen) {
  return h("option", { value, selected: String(value) === String(chosen) }, words);
}

export function makeLevers(ask) {
  const title = h("h2", { class: "unseen" });
  const scenarioLabel = h("label");
  const question = h("p", { class: "question", "data-testid": "question" });
  const scenario = h("select", {
    "data-testid": "scenario",
    onchange: (event) => ask({ scenario: event.target.value }),
  });
  const monitoringTitle = h("legend");
  const organisations = h("div", { class: "organisations" });
  const persistenceLabel = h("label");
  const persistenceValue = h("output", { class: "value", "data-testid": "persistence-value" });
  const persistence = h("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 0.05,
    "data-testid": "lever-persistence",
    oninput: () => showPersistence(),
    onchange: (event) => ask({ persistence: event.target.value }),
  });
  const seedLabel = h("label");
  const seed = h("input", {
    type: "number",
    min: 0,
    max: 4294967295,
    step: 1,
    inputmode: "numeric",
    "data-testid": "seed",
    onchange: (event) => ask({ seed: event.target.value.trim() || "1" }),
  });
  let lang = "en";

  function showPersistence() {
    const words = decimal(lang, Number(persistence.value));
    write(persistenceValue, words);
    persistence.setAttribute("aria-valuetext", words);
  }

  function organisation(one, words) {
    const select = h(
      "select",
      {
        "data-testid": `lever-monitor-${one.key}`,
        onchange: (event) => ask({ [`monitor.${one.key}`]: event.target.value }),
      },
      ...one.choices.map((months) => option(months, interval(words, months), one.interval)),
    );
    return field(h("label", {}, one.name), select);
  }

  const persistenceField = field(persistenceLabel, persistence);
  persistenceField.firstChild.after(persistenceValue);
  return {
    element: h(
      "section",
      { class: "card levers" },
      title,
      h("div", { class: "story" }, field(scenarioLabel, scenario), question),
      h("fieldset", {}, monitoringTitle, organisations),
      h("div", { class: "pair" }, persistenceField, field(seedLabel, seed)),
    ),
    label({ view }) {
      const words = view.words;
      lang = view.lang;
      write(title, words.levers);
      write(scenarioLabel, words.scenario);
      write(monitoringTitle, words.monitoring);
      write(persistenceLabel, words.persistence);
      write(seedLabel, words.seed);
      scenario.replaceChildren(
        ...view.presets.map((one) => option(one.name, one.title, view.scenario)),
      );
      write(question, view.presets.find((one) => one.name === view.scenario).question);
      const focused = document.activeElement?.dataset.testid;
      organisations.replaceChildren(...view.organisations.map((one) => organisation(one, words)));
      if (focused?.startsWith("lever-monitor"))
        organisations.querySelector(`[data-testid="${focused}"]`)?.focus();
      // a value between the steps is shown as it is
      persistence.step = Number.isInteger(Math.round(view.persistence * 1e6) / 5e4) ? 0.05 : 0.01;
      persistence.value = view.persistence;
      seed.value = view.seed;
      showPersistence();
    },
  };
}

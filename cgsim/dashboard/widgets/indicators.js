// Six indicators as bars, with both cut-offs and a tick where they stood at the start.

import { decimal, h, say, write } from "./dom.js";

const NAMES = [
  "product_development",
  "technology",
  "marketing_area",
  "skill",
  "trust",
  "market_information",
];

function percent(value) {
  return `${(100 * Math.min(Math.max(value, 0), 1)).toFixed(2)}%`;
}

function makeBar(name) {
  const label = h("span", { class: "bar-label" });
  const fill = h("span", { class: "fill" });
  const ticks = ["active", "dynamic"].map((level) => h("span", { class: `tick-at ${level}` }));
  const start = h("span", { class: "began" });
  const value = h("span", { class: "bar-value", "data-testid": `indicator-${name}` });
  const bar = h("span", { class: "bar", "aria-hidden": "true" }, fill, ...ticks, start);
  return {
    element: h("li", {}, label, bar, value),
    label({ run, view }) {
      write(label, view.words[name]);
      ticks[0].style.left = percent(run.cutoffs.active.cutoff);
      ticks[1].style.left = percent(run.cutoffs.dynamic.cutoff);
      start.style.left = percent(run.series[name][0]);
    },
    show({ run, view, month }) {
      const now = run.series[name][month - 1];
      fill.style.width = percent(now);
      write(value, decimal(view.lang, now));
    },
  };
}

export function makeIndicators() {
  const title = h("h2");
  const whose = h("span", { class: "hint" });
  const bars = NAMES.map(makeBar);
  const told = ["active", "dynamic", "start"].map((kind) => ({
    kind,
    words: h("span"),
  }));
  return {
    element: h(
      "section",
      { class: "card indicators" },
      h("div", { class: "card-head" }, title, whose),
      h("ul", { class: "bars" }, ...bars.map((bar) => bar.element)),
      h(
        "ul",
        { class: "legend" },
        ...told.map(({ kind, words }) =>
          h("li", {}, h("span", { class: `key ${kind === "start" ? "began" : kind}`, "aria-hidden": "true" }), words),
        ),
      ),
    ),
    label(scene) {
      const { run, view } = scene;
      write(title, view.words.indicators);
      write(whose, view.words.cutoffs);
      for (const { kind, words } of told) {
        const cutoff = decimal(view.lang, run.cutoffs[kind]?.cutoff ?? 0);
        const key = kind === "start" ? "start" : `cutoff_${kind}`;
        write(words, say(view.words, key, { cutoff }));
      }
      bars.forEach((bar) => bar.label(scene));
    },
    show: (scene) => bars.forEach((bar) => bar.show(scene)),
  };
}

// Each scenario over time: the run in the middle, half of the runs, nine in ten of them.

import { decimal, h, s, say, widthOf, write } from "./dom.js";
import { LETTERS } from "./sides.js";

const LEFT = 40;
const RIGHT = 26;
const TOP = 10;
const HEIGHT = 250;
const AXIS = 24;
const APART = 15; // between the letters at the ends of the lines
const DIGITS = { producers: 0, cluster_index: 2, mean_income: 2 };

function ticksUpTo(most) {
  const rough = most / 4;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * unit).find((one) => one >= rough);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, k) => k * step);
}

function area(x, y, low, high, attributes) {
  const edge = (values) => values.map((value, row) => `${x(row + 1).toFixed(1)} ${y(value).toFixed(1)}`);
  return s("path", { d: `M${edge(high).join("L")}L${edge(low).reverse().join("L")}Z`, ...attributes });
}

function line(x, y, values, attributes) {
  const points = values.map((value, row) => `${x(row + 1).toFixed(1)} ${y(value).toFixed(1)}`);
  return s("path", { d: `M${points.join("L")}`, fill: "none", ...attributes });
}

// Letters that would overlap stand one below the other.
function ends(bands, x, y) {
  const at = bands.map((band, k) => [k, y(band.median[band.median.length - 1])]);
  at.sort((one, other) => one[1] - other[1]);
  at.forEach((one, k) => {
    if (k && one[1] < at[k - 1][1] + APART) one[1] = at[k - 1][1] + APART;
  });
  return at.map(([k, place]) =>
    s("text", { x: x + 6, y: place + 5, class: `end-letter side-${LETTERS[k].toLowerCase()}` }, LETTERS[k]),
  );
}

function years(months, x, width, words) {
  const rough = Math.ceil((months / 12) * (64 / width));
  const every = 12 * ([1, 2, 5, 10, 20].find((n) => n >= rough) ?? 50);
  const found = [];
  for (let month = 0; month <= months; month += every) {
    const anchor = month === 0 ? "start" : month > months - every / 3 ? "end" : "middle";
    const label = month === 0 ? "0" : say(words, "year", { n: month / 12 });
    found.push(s("text", { x: x(month), y: TOP + HEIGHT + 18, class: "tick", "text-anchor": anchor }, label));
  }
  return found;
}

function draw(svg, { view, found }, shown, width) {
  const bands = found.bands[shown];
  const inner = width - LEFT - RIGHT;
  const most = Math.max(...bands.flatMap((band) => band.q95), 1e-9);
  const ticks = ticksUpTo(most);
  const top = ticks[ticks.length - 1];
  const x = (month) => LEFT + (inner * month) / found.months;
  const y = (value) => TOP + HEIGHT * (1 - value / top);
  const height = TOP + HEIGHT + AXIS;
  const named = (k, name) => ({ class: `${name} side-${LETTERS[k].toLowerCase()}` });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  svg.replaceChildren(
    s("rect", { x: LEFT, y: TOP, width: inner, height: HEIGHT, class: "plot" }),
    ...ticks.flatMap((value) => [
      s("line", { x1: LEFT, x2: LEFT + inner, y1: y(value), y2: y(value), class: "grid-line" }),
      s("text", { x: LEFT - 6, y: y(value) + 4, class: "tick", "text-anchor": "end" }, value.toLocaleString(view.lang)),
    ]),
    ...bands.map((band, k) => area(x, y, band.q05, band.q95, named(k, "side-band most"))),
    ...bands.map((band, k) => area(x, y, band.q25, band.q75, named(k, "side-band half"))),
    ...bands.map((band, k) => line(x, y, band.median, named(k, "side-line"))),
    ...ends(bands, LEFT + inner, y),
    ...years(found.months, x, inner, view.words),
  );
}

function words({ view, found }, band, shown, k) {
  const last = found.months - 1;
  const told = Object.fromEntries(
    Object.entries(band).map(([name, values]) => [name, decimal(view.lang, values[last], DIGITS[shown])]),
  );
  return say(view.words, "bands_words", { ...told, letter: LETTERS[k], months: found.months });
}

export function makeBands(ask) {
  const title = h("h2");
  const legend = h("p", { class: "hint" });
  const label = h("label", { for: "cgsim-shown" });
  const select = h("select", {
    id: "cgsim-shown",
    "data-testid": "shown",
    onchange: () => ask({ shown: select.value === "producers" ? null : select.value }),
  });
  const svg = s("svg", { role: "img", "data-testid": "bands", class: "chart still" });
  const said = h("ul", { class: "spoken", "data-testid": "bands-words" });
  const element = h(
    "section",
    { class: "card" },
    h("div", { class: "card-head" }, title, h("div", { class: "field beside" }, label, select)),
    legend,
    svg,
    said,
  );
  let scene = null;
  const shownOf = ({ view }) => view.extras.shown ?? "producers";

  function paint() {
    const width = widthOf(svg);
    if (scene?.found && width > 0) draw(svg, scene, shownOf(scene), width);
  }

  const watcher = new ResizeObserver(paint);
  watcher.observe(element);
  return {
    element,
    label(now) {
      scene = now;
      const shown = shownOf(now);
      write(title, now.view.words.over_time);
      write(legend, now.view.words.bands_legend);
      write(label, now.view.words.shown);
      select.replaceChildren(
        ...Object.entries(now.labels.quantities).map(([name, word]) =>
          h("option", { value: name, selected: name === shown }, word),
        ),
      );
      if (!now.found) return;
      svg.dataset.title = now.labels.quantities[shown];
      const lines = now.found.bands[shown].map((band, k) => words(now, band, shown, k));
      svg.setAttribute("aria-label", `${now.labels.quantities[shown]}. ${lines.join(" ")}`);
      said.replaceChildren(...lines.map((one) => h("li", {}, one)));
      paint();
    },
    stop: () => watcher.disconnect(),
  };
}

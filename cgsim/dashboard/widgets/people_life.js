// One life: the chance of leaving as a line, the luck drawn as dots; the six terms of one month.

import { decimal, h, s, say, widthOf, write } from "./dom.js";
import { LINE, lines, written } from "./svg_words.js";

const LEFT = 48;
const RIGHT = 12;
const STRIP = { top: 20, height: 18 };
const PLOT = { top: 52, height: 150 };
const AXIS = 24;
const STATUSES = ["community", "training", "artisan", "independent", "left"];

function text(x, y, words, attributes = {}) {
  return s("text", { x, y, ...attributes }, words);
}

const LEAST = 36; // months shown at least

// The months around a life: those in the programme, here and in the other scenario.
function stretch({ life, other }) {
  const lived = [...life.months, ...(other?.months ?? [])].map((row) => row[0]);
  const total = Math.max(life.status.length, other?.status.length ?? 0);
  const last = Math.min(total, Math.max(...lived) + 7);
  const first = Math.max(0, Math.min(Math.min(...lived) - 3, last - LEAST));
  return { first, last: Math.min(total, Math.max(last, first + LEAST)) };
}

function scaleOf(width, { first, last }, most) {
  const inner = Math.max(width - LEFT - RIGHT, 50);
  const bottom = PLOT.top + PLOT.height;
  const one = inner / (last - first);
  return {
    first,
    last,
    one,
    x: (month) => LEFT + (month + 0.5 - first) * one,
    edge: (month) => LEFT + (Math.min(Math.max(month, first), last) - first) * one,
    month: (x) => Math.min(Math.max(first + Math.floor((x - LEFT) / one), first), last - 1),
    y: (value) => bottom - (Math.min(value, most) / most) * PLOT.height,
    right: LEFT + inner,
    bottom,
  };
}

// Months on end in one status.
function spells(status) {
  const found = [];
  status.forEach((code, month) => {
    const last = found[found.length - 1];
    if (last && last.code === code) last.end = month + 1;
    else found.push({ code, start: month, end: month + 1 });
  });
  return found.filter((one) => one.code > 0);
}

function strip(life, scale, top, words) {
  const seen = spells(life.status).filter((one) => one.end > scale.first && one.start < scale.last);
  return seen.flatMap(({ code, start, end }) => {
    const [x, width] = [scale.edge(start), scale.edge(end) - scale.edge(start)];
    const word = words[`status_${STATUSES[code]}`];
    const parts = [s("rect", { x, y: top, width: Math.max(width - 1, 1), height: STRIP.height, rx: 2, class: `spell ${STATUSES[code]}` })];
    if (width > word.length * 7 + 8) parts.push(text(x + 6, top + 13.5, word, { class: `spell-word ${STATUSES[code]}` }));
    return parts;
  });
}

// The chance of leaving, broken where the person was not in the programme.
function chance(life, scale, attributes) {
  let last = null;
  const d = life.months.map(([month, , p]) => {
    const go = last === month - 1 ? "L" : "M";
    last = month;
    return `${go}${scale.x(month).toFixed(1)} ${scale.y(p).toFixed(1)}`;
  });
  return s("path", { d: d.join(""), fill: "none", ...attributes });
}

function luckDots(life, scale, most) {
  return life.months.map(([month, , p, u]) => {
    const [x, y] = [scale.x(month), scale.y(u)];
    if (u < p) return s("path", { d: `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}`, class: "luck-left" });
    if (u > most) return s("path", { d: `M${x} ${PLOT.top - 5}V${PLOT.top}`, class: "luck-far" });
    return s("circle", { cx: x, cy: y, r: 2.6, class: "luck-dot" });
  });
}

function monthTicks(scale, y, words) {
  const every = [1, 2, 3, 6, 12, 24, 60].find((n) => n * scale.one >= 44) ?? 120;
  const ticks = [];
  for (let month = Math.ceil(scale.first / every) * every; month < scale.last; month += every)
    ticks.push(text(scale.x(month), y, String(month), { class: "tick", "text-anchor": "middle" }));
  ticks.push(text(scale.right, y + 17, words.month_axis, { class: "tick", "text-anchor": "end" }));
  return ticks;
}

function drawLife(svg, scene, width, month) {
  const { person, view } = scene;
  const { life, other } = person;
  const { words, lang } = view;
  const all = [...life.months, ...(other?.months ?? [])].map((row) => row[2]);
  const most = Math.max(0.04, ...all) * 1.25;
  const scale = scaleOf(width, stretch(person), most);
  const named = other ? lines(say(words, "beside_life", { scenario: other.scenario }), width - LEFT) : [];
  const beside = scale.bottom + 50 + LINE * named.length;
  const below = other ? 32 + LINE * named.length : 0;
  const height = scale.bottom + AXIS + 18 + below;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const share = (value) => value.toLocaleString(lang, { style: "percent", maximumFractionDigits: 1 });
  svg.replaceChildren(
    ...strip(life, scale, STRIP.top, words),
    text(LEFT, STRIP.top - 6, words.life_status, { class: "tick" }),
    s("rect", { x: LEFT, y: PLOT.top, width: scale.right - LEFT, height: PLOT.height, class: "plot" }),
    ...[0, most / 2, most].map((value) => text(LEFT - 5, scale.y(value) + 4, share(value), { class: "tick", "text-anchor": "end" })),
    ...life.visits.map(([at, who]) => s("path", { d: `M${scale.x(at)} ${scale.bottom}v-7`, class: "visit" }, s("title", {}, who))),
    ...(other ? [chance(other, scale, { class: "chance other" })] : []),
    chance(life, scale, { class: "chance" }),
    ...luckDots(life, scale, most),
    s("path", { d: `M${scale.x(month)} ${STRIP.top}V${scale.bottom}`, class: "playhead" }),
    ...monthTicks(scale, scale.bottom + 16, words),
    ...(other ? [written(LEFT, scale.bottom + 54, named, { class: "tick" }), ...strip(other, scale, beside, words)] : []),
  );
  svg.setAttribute("aria-label", say(words, "life_long", { n: person.who, came: life.came.join(", "), left: life.left.join(", ") || "–" }));
  return scale;
}

// Six bars: to the right a reason pushes out, to the left it holds; and their sum against the luck.
function drawTerms(svg, scene, width, row) {
  const { terms, view } = scene;
  const { words, lang } = view;
  const names = Object.keys(terms).filter((name) => name !== "base");
  const values = names.map((_, k) => row[5 + k]);
  const sum = values.reduce((total, one) => total + one, 0);
  const borne = row[1] > 0 && row[4] > 0 ? sum + Math.log(row[4] / row[1]) : 0;
  const most = Math.max(0.5, ...values.map(Math.abs), Math.abs(sum), Math.min(Math.abs(borne), 3)) * 1.05;
  const label = Math.min(178, width * 0.4);
  const middle = label + (width - label - 8) / 2;
  const long = (value) => (Math.min(Math.max(value, -most), most) / most) * ((width - label - 8) / 2);
  const line = 30;
  const height = 24 + line * (names.length + 1) + 8;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const bar = (value, top, kind) => {
    const x = value >= 0 ? middle : middle + long(value);
    return s("rect", { x, y: top + 5, width: Math.max(Math.abs(long(value)), 0.5), height: line - 12, rx: 2, class: `term ${value >= 0 ? "push" : "hold"} ${kind}` });
  };
  const rows = names.flatMap((name, k) => {
    const top = 22 + line * k;
    return [
      text(label - 10, top + 18, `${terms[name]} ${decimal(lang, row[11 + k])}`, { class: "term-word", "text-anchor": "end" }),
      bar(values[k], top, ""),
      text(values[k] >= 0 ? middle - 6 : middle + 6, top + 18, `× ${decimal(lang, Math.exp(values[k]))}`, { class: "tick", "text-anchor": values[k] >= 0 ? "end" : "start" }),
    ];
  });
  const top = 22 + line * names.length;
  const bears = middle + long(borne);
  svg.replaceChildren(
    text(width < 480 ? 0 : label, 14, `← ${words.holds_back}`, { class: "tick" }),
    text(width - 4, 14, `${words.pushes_out} →`, { class: "tick", "text-anchor": "end" }),
    s("path", { d: `M${middle} 22V${height - 8}`, class: "axis-line" }),
    ...rows,
    text(label - 10, top + 18, words.sum_of_six, { class: "term-word strong", "text-anchor": "end" }),
    bar(sum, top, "sum"),
    s("path", { d: `M${bears} ${top}v${line - 2}`, class: "bears" }),
  );
  const told = names.map((name, k) => `${terms[name]} × ${decimal(lang, Math.exp(values[k]))}`);
  svg.setAttribute("aria-label", say(words, "terms_long", { month: row[0], terms: told.join(", ") }));
}

// Two shares with as many digits as it takes to tell them apart.
function apart(lang, one, other) {
  let both = [];
  for (let digits = 1; digits <= 2 && both[0] === both[1]; digits++)
    both = [one, other].map((value) => value.toLocaleString(lang, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits }));
  return both;
}

export function makeLife(ask) {
  const title = h("h2");
  const svg = s("svg", { role: "img", class: "chart life", "data-testid": "life" });
  const legend = h("p", { class: "hint" });
  const label = h("label", { for: "cgsim-when" });
  const output = h("output", { "data-testid": "when-value" });
  const slider = h("input", {
    type: "range",
    id: "cgsim-when",
    min: 0,
    step: 1,
    "data-testid": "when",
    oninput: () => peek(Number(slider.value)),
    onchange: () => choose(Number(slider.value)),
  });
  const leavings = h("div", { class: "leavings", role: "group", "data-testid": "leavings" });
  const terms = s("svg", { role: "img", class: "chart terms", "data-testid": "terms" });
  const termsTitle = h("h3");
  const termsHint = h("p", { class: "hint" });
  const decided = h("p", { "data-testid": "decided" });
  const element = h(
    "section",
    { class: "card life-card" },
    title,
    svg,
    legend,
    h("div", { class: "field lever when" }, label, output, slider),
    leavings,
    termsTitle,
    decided,
    terms,
    termsHint,
  );
  let scene = null;
  let scale = null;
  let month = 0;
  let shown = "";

  function rowOf(at) {
    return scene.person.life.months.find((row) => row[0] === at);
  }

  function draw() {
    const width = widthOf(svg);
    if (!scene?.person.life || width === 0) return;
    scale = drawLife(svg, scene, width, month);
    const row = rowOf(month);
    const { words, lang } = scene.view;
    write(termsTitle, say(words, "reasons_of_month", { month }));
    terms.style.display = row ? "" : "none";
    if (row) {
      drawTerms(terms, scene, width, row);
      const [p, u] = apart(lang, row[2], row[3]);
      write(decided, say(words, row[3] < row[2] ? "decided_left" : "decided_stayed", { p, u }));
    } else write(decided, words.not_there);
  }

  function peek(at) {
    month = at;
    write(output, String(at));
    slider.setAttribute("aria-valuetext", say(scene.view.words, "month_n", { month: at }));
    draw();
  }

  function choose(at) {
    const months = scene.person.life.months.map((row) => row[0]);
    const near = months.reduce((best, one) => (Math.abs(one - at) < Math.abs(best - at) ? one : best));
    ask({ when: String(near) });
  }

  // Who left more than once: each leaving to be chosen.
  function offerLeavings({ view, person }) {
    leavings.hidden = person.leavings.length < 2;
    leavings.setAttribute("aria-label", view.words.leavings);
    leavings.replaceChildren(
      h("span", {}, view.words.leavings),
      ...person.leavings.map((at) =>
        h("button", { type: "button", class: "small", "aria-pressed": String(at === person.month), onclick: () => choose(at) }, String(at)),
      ),
    );
  }

  svg.addEventListener("click", (event) => {
    if (!scale) return;
    const box = svg.getBoundingClientRect();
    const at = scale.month(((event.clientX - box.left) / box.width) * widthOf(svg));
    choose(at);
  });
  const watcher = new ResizeObserver(draw);
  watcher.observe(element);
  return {
    element,
    label(next) {
      scene = next;
      const { view, person } = scene;
      element.hidden = person.who === undefined;
      if (element.hidden) return;
      const { words } = view;
      write(title, say(words, "life", { n: person.who }));
      svg.dataset.title = title.textContent;
      terms.dataset.title = words.reasons;
      write(legend, words.life_legend + (person.other ? ` ${words.life_legend_other}` : ""));
      write(label, words.when);
      write(termsHint, words.terms_hint);
      offerLeavings(scene);
      slider.min = person.life.months[0][0];
      slider.max = person.life.months[person.life.months.length - 1][0];
      // news of work on the way do not move a slider that somebody holds
      const now = `${person.who} ${person.month} ${view.query}`;
      if (now !== shown) slider.value = person.month;
      peek(now === shown ? month : person.month);
      shown = now;
    },
    stop: () => watcher.disconnect(),
  };
}

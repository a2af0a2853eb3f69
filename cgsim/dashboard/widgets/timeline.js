// The cluster over time: ribbon of states, way to the next one, producers; drag to scrub.

import { STATES, count, decimal, h, s, say, shape, widthOf, write } from "./dom.js";

const LEFT = 34;
const RIGHT = 10;
const RIBBON = { top: 22, height: 120 };
const CURVE = { top: 14, height: 104 };
const AXIS = 22;
const ABOVE = 1.25; // how far above the cut-off the line is followed

function line(points, attributes) {
  const d = points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return s("path", { d, fill: "none", ...attributes });
}

function text(x, y, words, attributes = {}) {
  return s("text", { x, y, ...attributes }, words);
}

// Where a month lies: month m is the moment after m months.
function scaleOf(width, months) {
  const inner = Math.max(width - LEFT - RIGHT, 50);
  return {
    x: (month) => LEFT + (month / months) * inner,
    month: (x) => ((x - LEFT) / inner) * months,
    right: LEFT + inner,
  };
}

// Stretches of months in one state, up to the month shown.
function stretches(states, month) {
  const found = [];
  for (let row = 0; row < month; row++) {
    const last = found[found.length - 1];
    if (last && last.state === states[row]) last.end = row + 1;
    else found.push({ state: states[row], start: row, end: row + 1 });
  }
  return found;
}

function axis(scale, months, y, words) {
  const years = Math.ceil((months / 12) * (66 / (scale.right - LEFT)));
  const every = 12 * [1, 2, 5, 10, 20].find((n) => n >= years);
  const ticks = [];
  for (let month = 0; month <= months; month += every) {
    const anchor = month === 0 ? "start" : month > months - every / 3 ? "end" : "middle";
    const label = month === 0 ? "0" : say(words, "year", { n: month / 12 });
    ticks.push(text(scale.x(month), y, label, { class: "tick", "text-anchor": anchor }));
  }
  return ticks;
}

function bands({ run, month, view }, scale) {
  return stretches(run.series.state, month).flatMap((one) => {
    const state = STATES[one.state];
    const x = scale.x(one.start);
    const width = scale.x(one.end) - x;
    const parts = [
      s("rect", { x, y: RIBBON.top, width, height: RIBBON.height, class: `band ${state}` }),
      s("rect", { x, y: RIBBON.top - 18, width, height: 18, class: `head ${state}` }),
    ];
    if (width >= 15) parts.push(shape(state, x + 8.5, RIBBON.top - 9, 4.5));
    const word = view.words[state];
    if (width >= 24 + word.length * 7.6)
      parts.push(text(x + 18, RIBBON.top - 4.5, word, { class: `head-word ${state}` }));
    return parts;
  });
}

// How near the next state is, drawn anew wherever the state, and so the next one, changes.
function way({ run, month }, scale) {
  const { state, closeness_active: active, closeness_dynamic: dynamic } = run.series;
  const bottom = RIBBON.top + RIBBON.height;
  const y = (value) => bottom - (Math.min(value, ABOVE) / ABOVE) * RIBBON.height;
  const parts = stretches(state, month).map((one) => {
    const points = [];
    for (let row = one.start; row < one.end; row++)
      points.push([scale.x(row + 1), y((state[row] === 0 ? active : dynamic)[row])]);
    if (points.length === 1) points.unshift([scale.x(one.start), points[0][1]]);
    return line(points, { class: "way" });
  });
  return { parts, cutoff: y(1) };
}

function marksShown({ run, month }) {
  return run.marks.filter((mark) => mark.planned || mark.month < month);
}

function flags(scene, scale) {
  const bottom = RIBBON.top + RIBBON.height;
  let last = -Infinity;
  let storey = 0; // heads that would overlap stand above one another
  return marksShown(scene).flatMap((mark, k) => {
    const x = scale.x(mark.month);
    storey = x - last < 18 ? (storey + 1) % 5 : 0;
    last = x;
    const y = bottom - 10 - 18 * storey;
    return [
      s("line", { x1: x, x2: x, y1: RIBBON.top, y2: bottom, class: "flag" }),
      s("circle", { cx: x, cy: y, r: 8, class: "flag-head" }),
      text(x, y + 4, String(k + 1), { class: "flag-word", "text-anchor": "middle" }),
    ];
  });
}

function playhead(scale, month, top, height) {
  const x = scale.x(month);
  return s("line", { x1: x, x2: x, y1: top, y2: top + height, class: "playhead" });
}

function drawRibbon(svg, scene, width) {
  const { run, view, month } = scene;
  const scale = scaleOf(width, run.months);
  const height = RIBBON.top + RIBBON.height + AXIS;
  const { parts, cutoff } = way(scene, scale);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const plot = { x: LEFT, width: scale.right - LEFT };
  svg.replaceChildren(
    s("rect", { ...plot, y: RIBBON.top, height: RIBBON.height, class: "plot" }),
    ...bands(scene, scale),
    s("line", { x1: LEFT, x2: scale.right, y1: cutoff, y2: cutoff, class: "cutoff" }),
    text(LEFT - 6, cutoff + 4, "1", { class: "tick", "text-anchor": "end" }),
    text(LEFT - 6, RIBBON.top + RIBBON.height, "0", { class: "tick", "text-anchor": "end" }),
    text(scale.right - 4, cutoff - 6, view.words.reached, { class: "note", "text-anchor": "end" }),
    ...parts,
    ...flags(scene, scale),
    ...invitation(scene, plot),
    playhead(scale, month, RIBBON.top - 18, RIBBON.height + 18),
    ...axis(scale, run.months, height - 6, view.words),
  );
  svg.setAttribute("aria-label", ribbonWords(scene));
}

function invitation({ view, month, playing }, plot) {
  if (month > 1 || playing) return [];
  const middle = plot.x + plot.width / 2;
  const place = { class: "invite", "text-anchor": "middle" };
  return [text(middle, RIBBON.top + RIBBON.height * 0.62, view.words.invite, place)];
}

function ribbonWords({ run, view, month }) {
  const lived = run.series.state.slice(0, month);
  const counted = STATES.map((state, code) => [state, lived.filter((one) => one === code).length]);
  const state = view.words[STATES[lived[month - 1]]].toLowerCase();
  return say(view.words, "ribbon_long", { month, state, ...Object.fromEntries(counted) });
}

// Half of the other runs, and nine in ten, where somebody asked whether it was luck.
function luckBand({ luck }, scale, y) {
  if (luck?.state !== "done") return [];
  const area = (low, high, name) => {
    const edge = (values) => values.map((n, row) => `${scale.x(row + 1).toFixed(1)} ${y(n).toFixed(1)}`);
    const d = `M${edge(luck[high]).join("L")}L${edge(luck[low]).reverse().join("L")}Z`;
    return s("path", { d, class: `luck-band ${name}` });
  };
  return [area("low", "high", "most"), area("lower", "upper", "half")];
}

function drawCurve(svg, scene, width) {
  const { run, view, month } = scene;
  const scale = scaleOf(width, run.months);
  const { producers, independents } = run.series;
  const wanted = ["active", "dynamic"].map((state) => [state, run.cutoffs[state].producers]);
  const other = scene.luck?.state === "done" ? scene.luck.high : [];
  const most = Math.max(...producers, ...other, ...wanted.map(([, count]) => count + 5));
  const top = Math.ceil(most / 10) * 10;
  const height = CURVE.top + CURVE.height + AXIS;
  const y = (count) => CURVE.top + CURVE.height * (1 - count / top);
  const points = (counts) => counts.slice(0, month).map((n, row) => [scale.x(row + 1), y(n)]);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const plot = { x: LEFT, width: scale.right - LEFT, y: CURVE.top, height: CURVE.height };
  svg.replaceChildren(
    s("rect", { ...plot, class: "plot" }),
    ...(y(0) - y(wanted[0][1]) < 13 ? [top] : [0, top]).map((n) => text(LEFT - 6, y(n) + 4, n, { class: "tick", "text-anchor": "end" })),
    ...wanted.flatMap(([state, count]) => [
      s("line", { x1: LEFT, x2: scale.right, y1: y(count), y2: y(count), class: "cutoff" }),
      text(LEFT - 6, y(count) + 4, count, { class: "tick", "text-anchor": "end" }),
      text(scale.right - 4, y(count) - 5, view.words[state], { class: "note", "text-anchor": "end" }),
    ]),
    ...luckBand(scene, scale, y),
    line(points(independents), { class: "independents" }),
    line(points(producers), { class: "producers" }),
    playhead(scale, month, CURVE.top, CURVE.height),
    ...axis(scale, run.months, height - 6, view.words),
  );
  const told = { month, producers: producers[month - 1], independents: independents[month - 1] };
  svg.setAttribute("aria-label", say(view.words, "curve_long", told));
}

// What the next state wants, in words.
export function needs({ run, view, month }) {
  const { words, lang } = view;
  const row = month - 1;
  const now = STATES[run.series.state[row]];
  const next = now === "inactive" ? "active" : "dynamic";
  const wanted = run.cutoffs[next];
  const names = ["product_development", "technology", "marketing_area", "skill", "trust", "market_information"];
  const reached = names.filter((name) => run.series[name][row] >= wanted.cutoff).length;
  const told = {
    state: words[next].toLowerCase(),
    indicators: wanted.indicators,
    cutoff: decimal(lang, wanted.cutoff),
    producers: wanted.producers,
  };
  const parts = [
    say(words, now === "dynamic" ? "needs_dynamic" : "needs", told),
    say(words, "now", { indicators: reached, producers: run.series.producers[row] }),
  ];
  const n = run.cutoffs.hold_months;
  const near = run.series[`closeness_${next}`][row];
  const safe = now === "inactive" || run.series[`closeness_${now}`][row] >= 1;
  if (!safe) parts.push(say(words, "falling", { n }));
  else if (now !== "dynamic" && near >= 1) parts.push(say(words, "holds", { n }));
  return parts.join(" ");
}

function scrubBy(svg, clock) {
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const width = widthOf(svg);
    const x = ((event.clientX - box.left) / box.width) * width;
    clock.scrub(scaleOf(width, clock.months).month(x));
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    at(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) at(event);
  });
}

function markWords({ view }, mark) {
  const why = mark.why[view.lang] ?? "";
  return [
    h("b", {}, count(view.words, "after", mark.month)),
    ` ${mark.ends ? say(view.words, "ends", { why }) : why}`,
  ];
}

export function makeTimeline(clock) {
  const title = h("h2");
  const legend = h("span", { class: "hint" });
  const needed = h("p", { class: "needs", "data-testid": "needs" });
  const curveTitle = h("h3");
  const curveLegend = h("span", { class: "hint" });
  const ribbon = s("svg", { role: "img", "data-testid": "ribbon", class: "chart" });
  const curve = s("svg", { role: "img", "data-testid": "producers-chart", class: "chart" });
  const marksTitle = h("h3", { class: "unseen" });
  const marks = h("ol", { class: "marks", "data-testid": "marks" });
  const element = h(
    "section",
    { class: "card timeline" },
    h("div", { class: "card-head" }, title, legend),
    ribbon,
    needed,
    marksTitle,
    marks,
    h("div", { class: "card-head" }, curveTitle, curveLegend),
    curve,
  );
  let scene = null;
  let marksNow = "";

  function draw() {
    const width = widthOf(ribbon);
    if (!scene || width === 0) return;
    drawRibbon(ribbon, scene, width);
    drawCurve(curve, scene, width);
  }

  function listMarks() {
    const shown = marksShown(scene);
    const key = `${scene.view.lang} ${scene.run.scenario_hash} ${scene.run.seed} ${shown.length}`;
    if (key === marksNow) return;
    marksNow = key;
    marksTitle.hidden = marks.hidden = shown.length === 0;
    marks.replaceChildren(...shown.map((mark) => h("li", {}, ...markWords(scene, mark))));
  }

  scrubBy(ribbon, clock);
  scrubBy(curve, clock);
  const watcher = new ResizeObserver(draw);
  watcher.observe(element);
  return {
    element,
    label({ view }) {
      ribbon.dataset.title = view.words.over_time;
      curve.dataset.title = view.words.curve;
      write(title, view.words.over_time);
      write(legend, view.words.line);
      write(curveTitle, view.words.curve);
      write(curveLegend, view.words.curve_legend);
      write(marksTitle, view.words.interventions);
    },
    show(next) {
      scene = next;
      write(needed, needs(scene));
      listMarks();
      draw();
    },
    stop: () => watcher.disconnect(),
  };
}

// The cells of a map: the likeliest state as colour and shape, its probability as a number.

import { STATES, h, s, say, shape, widthOf, write } from "./dom.js";
import { LINE, lines, written } from "./svg_words.js";

const RIGHT = 12;

export function likeliest(phases, x, y) {
  const counts = phases.counts[0][x][y];
  return counts.indexOf(Math.max(...counts));
}

export function percent(lang, share) {
  const rounded = Math.round(100 * share);
  const shown = Math.min(Math.max(rounded, share > 0 ? 1 : 0), share < 1 ? 99 : 100);
  const sign = share > 0 && share < 0.005 ? "<" : share < 1 && share > 0.995 ? ">" : "";
  return sign + (shown / 100).toLocaleString(lang, { style: "percent" });
}

export function cellWords({ view, phases }, x, y) {
  const shares = STATES.map((state, k) => `${view.words[state].toLowerCase()} ${percent(view.lang, phases.counts[0][x][y][k] / phases.runs)}`);
  const told = { x: axisWords(view, phases.x, x), y: axisWords(view, phases.y, y), shares: shares.join(", ") };
  const words = say(view.words, "cell_long", told);
  return phases.told[x][y] ? words : `${words} ${view.words.not_told}`;
}

export function valueWords(view, axis, k) {
  if (axis.sort !== "interval") return axis.words[k];
  const months = axis.stated[k];
  if (months === "never") return view.words.never;
  return months === 1 ? view.words.every_month : say(view.words, "every_months", { n: months });
}

export function axisWords(view, axis, k) {
  return `${axis.label}: ${valueWords(view, axis, k)}`;
}

// Which state has more than half of the runs; none: -1.
function morelikely(phases, x, y) {
  return phases.counts[0][x][y].findIndex((count) => count > phases.runs / 2);
}

// Edges between cells in which another state, or none, has more than half of the runs.
function contour(phases, at) {
  const [nx, ny] = [phases.counts[0].length, phases.counts[0][0].length];
  const edges = [];
  for (let x = 0; x < nx; x++)
    for (let y = 0; y < ny; y++) {
      const here = morelikely(phases, x, y);
      if (x + 1 < nx && morelikely(phases, x + 1, y) !== here)
        edges.push(`M${at.left(x + 1)} ${at.top(y)}V${at.top(y) + at.h}`);
      if (y + 1 < ny && morelikely(phases, x, y + 1) !== here)
        edges.push(`M${at.left(x)} ${at.top(y)}H${at.left(x + 1)}`);
    }
  return s("path", { d: edges.join(""), class: "contour", "aria-hidden": "true" });
}

function titleOf(view, axis) {
  const unit = axis.sort === "interval" ? view.words.months : axis.unit;
  return axis.label + (unit ? ` [${unit}]` : "");
}

function scaleOf(width, { phases, view }) {
  const [nx, ny] = [phases.x.words.length, phases.y.words.length];
  const longest = Math.max(...phases.y.words.map((words) => words.length));
  const left = Math.min(16 + longest * 7.4, width * (width < 600 ? 0.24 : 0.3));
  const w = (width - left - RIGHT) / nx;
  const wide = w >= 74;
  const high = wide ? (ny > 9 ? 34 : 42) : 46;
  const above = lines(`↑ ${titleOf(view, phases.y)}`, width - 8, 8);
  const ticks = phases.x.words.map((words) => lines(words, w - 2, 7));
  const below = lines(`${titleOf(view, phases.x)} →`, width - left, 8);
  const top = 10 + LINE * above.length;
  const bottom = top + ny * high;
  const title = bottom + 22 + LINE * Math.max(...ticks.map((many) => many.length));
  const legend = title + LINE * below.length + 8;
  return {
    w,
    h: high,
    wide,
    x0: left,
    bottom,
    above,
    ticks,
    below,
    title,
    legend,
    height: legend + 14,
    left: (x) => left + x * w,
    top: (y) => top + (ny - 1 - y) * high,
    middle: (x, y) => [left + (x + 0.5) * w, top + (ny - 0.5 - y) * high],
  };
}

function drawCell(scene, at, x, y) {
  const { phases, view } = scene;
  const code = likeliest(phases, x, y);
  const share = phases.counts[0][x][y][code] / phases.runs;
  const box = { x: at.left(x) + 1, y: at.top(y) + 1, width: at.w - 2, height: at.h - 2, rx: 3 };
  const [cx, cy] = at.middle(x, y);
  const told = phases.told[x][y];
  const { wide } = at;
  const number = percent(view.lang, share) + (told ? "" : "?");
  const fill = s("rect", { ...box, class: `phase ${STATES[code]}` });
  fill.style.setProperty("--share", Math.max(0, (share - 1 / 3) * 1.5).toFixed(3));
  return s(
    "g",
    { role: "gridcell", class: "cell", tabindex: -1, "data-testid": `cell-${x}-${y}`, "aria-label": cellWords(scene, x, y) },
    s("rect", { ...box, class: "cell-paper" }),
    fill,
    ...(told ? [] : [s("rect", { x: box.x + 3, y: box.y + 3, width: box.width - 6, height: box.height - 6, class: "cell-open" })]),
    shape(STATES[code], wide ? cx - 24 : cx, wide ? cy : cy - 13, wide ? 6 : 4.5),
    s("text", { x: wide ? cx - 12 : cx, y: wide ? cy + 5 : cy + 6, class: at.w < 48 ? "cell-number small" : "cell-number", "text-anchor": wide ? "start" : "middle" }, number),
    s("rect", { ...box, class: "ring" }),
  );
}

// Where a scenario stands; of organisations that differ, a line from the first to the last.
function drawPin(pin, at, taken) {
  if (!pin.x.length || !pin.y.length || [...pin.x, ...pin.y].some((one) => one === null)) return [];
  const mean = (many) => many.reduce((sum, one) => sum + one, 0) / many.length;
  const [x, y] = [mean(pin.x), mean(pin.y)];
  const ends = (many) => [Math.min(...many), Math.max(...many)];
  const [[x1, x2], [y1, y2]] = [ends(pin.x), ends(pin.y)];
  const spread = x1 !== x2 || y1 !== y2;
  const exact = !spread && Number.isInteger(x) && Number.isInteger(y);
  let [cx, cy] = at.middle(x, y);
  const parts = [];
  if (spread) {
    const [[ax, ay], [bx, by]] = [at.middle(x1, y1), at.middle(x2, y2)];
    const down = at.h / 2 - 6; // below the numbers
    parts.push(s("path", { d: `M${ax} ${ay + down}L${bx} ${by + down}`, class: "pin-spread" }));
    for (const one of new Set(pin.x.length > 1 ? pin.x : pin.y)) {
      const [px, py] = pin.x.length > 1 ? at.middle(one, y) : at.middle(x, one);
      parts.push(s("circle", { cx: px, cy: py + down, r: 4, class: "pin-dot" }));
    }
    cy += down;
  }
  if (exact) {
    parts.push(s("rect", { x: at.left(x) + 2, y: at.top(y) + 2, width: at.w - 4, height: at.h - 4, rx: 3, class: "pin-cell" }));
    [cx, cy] = [at.left(x + 1) - 10, at.top(y) + 10];
  }
  const here = `${cx.toFixed(1)} ${cy.toFixed(1)}`; // pins at one place stand side by side
  taken.set(here, (taken.get(here) ?? -1) + 1);
  cx -= 18 * taken.get(here);
  parts.push(s("circle", { cx, cy, r: 9, class: "pin" }), s("text", { x: cx, y: cy + 4.5, class: "pin-letter", "text-anchor": "middle" }, pin.letter));
  return [s("g", { class: "pinned", "aria-hidden": "true", "data-testid": `pin-${pin.letter}` }, ...parts)];
}

function axesOf({ phases, view }, at, width) {
  const centre = at.x0 + (width - at.x0 - RIGHT) / 2;
  const step = Math.min(130, (width - 8) / STATES.length);
  return [
    ...at.ticks.map((many, x) => written(at.middle(x, 0)[0], at.bottom + 16, many, { class: "tick", "text-anchor": "middle" })),
    ...phases.y.words.map((words, y) => {
      const many = lines(words, at.x0 - 8, 7);
      return written(at.x0 - 7, at.middle(0, y)[1] + 4.5 - (many.length - 1) * (LINE / 2), many, { class: "tick", "text-anchor": "end" });
    }),
    written(centre, at.title, at.below, { class: "axis-title", "text-anchor": "middle" }),
    written(2, 15, at.above, { class: "axis-title" }),
    ...STATES.flatMap((state, k) => [
      shape(state, 8 + k * step, at.legend, 6),
      s("text", { x: 20 + k * step, y: at.legend + 4.5, class: "legend-word" }, view.words[state]),
    ]),
  ];
}

export function makeMapGrid({ look, choose }) {
  const grid = s("g", { role: "grid" });
  const over = s("g", { class: "over" });
  const svg = s("svg", { class: "chart phases", "data-testid": "map" }, grid, over);
  const hint = h("p", { class: "hint" });
  const element = h("div", { class: "map-grid" }, svg, hint);
  let scene = null;
  let here = [0, 0];
  let cells = [];

  function start() {
    const own = scene.phases.pins[0];
    const near = (many, count) => {
      const known = many.filter((one) => one !== null);
      const mean = known.length ? known.reduce((sum, one) => sum + one, 0) / known.length : 0;
      return Math.min(Math.max(Math.round(mean), 0), count - 1);
    };
    return [near(own.x, scene.phases.x.words.length), near(own.y, scene.phases.y.words.length)];
  }

  function stand(x, y, focus) {
    cells[here[0]]?.[here[1]]?.setAttribute("tabindex", -1);
    here = [x, y];
    cells[x][y].setAttribute("tabindex", 0);
    if (focus) cells[x][y].focus();
    look(here);
  }

  function take(x, y) {
    const changes = {};
    for (const [axis, k] of [[scene.phases.x, x], [scene.phases.y, y]])
      for (const path of axis.sets) changes[path] = axis.stated[k];
    choose(changes);
  }

  function key(event) {
    const [nx, ny] = [cells.length, cells[0].length];
    const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Home: [-nx, 0], End: [nx, 0], PageUp: [0, ny], PageDown: [0, -ny] };
    const move = moves[event.key];
    if (move) {
      const inside = (value, count) => Math.min(Math.max(value, 0), count - 1);
      stand(inside(here[0] + move[0], nx), inside(here[1] + move[1], ny), true);
    } else if (event.key === "Enter" || event.key === " ") take(...here);
    else return;
    event.preventDefault();
  }

  function draw() {
    const width = widthOf(svg);
    if (!scene || width < 120) return; // not laid out yet
    const { phases } = scene;
    const focused = grid.contains(document.activeElement);
    const at = scaleOf(width, scene);
    svg.setAttribute("viewBox", `0 0 ${width} ${at.height}`);
    svg.setAttribute("height", at.height);
    const ys = phases.y.words.map((_, y) => y).reverse();
    cells = phases.x.words.map(() => []);
    grid.replaceChildren(
      ...ys.map((y) =>
        s("g", { role: "row" }, ...phases.x.words.map((_, x) => {
          const cell = drawCell(scene, at, x, y);
          cell.addEventListener("click", () => take(x, y));
          cell.addEventListener("pointerenter", () => look([x, y]));
          cell.addEventListener("focus", () => stand(x, y, false));
          cells[x][y] = cell;
          return cell;
        })),
      ),
    );
    const taken = new Map();
    over.replaceChildren(contour(phases, at), ...phases.pins.flatMap((pin) => drawPin(pin, at, taken)), ...axesOf(scene, at, width));
    const inside = here[0] < cells.length && here[1] < cells[0].length;
    stand(...(inside ? here : [0, 0]), focused);
  }

  grid.addEventListener("keydown", key);
  svg.addEventListener("pointerleave", () => scene && look(here));
  const watcher = new ResizeObserver(draw);
  watcher.observe(element);
  return {
    element,
    label(next) {
      const other = JSON.stringify(next.phases.pins[0]) !== JSON.stringify(scene?.phases.pins[0]);
      const levers = String(next.phases.chosen) !== String(scene?.phases.chosen);
      scene = next;
      if (other || levers) here = start();
      const told = { runs: scene.phases.runs.toLocaleString(scene.view.lang), seed: scene.phases.seed, months: scene.phases.months };
      svg.dataset.title = say(scene.view.words, `about_${scene.phases.source}`, told);
      grid.setAttribute("aria-label", scene.view.words.grid_long);
      write(hint, scene.view.words.grid_hint);
      draw();
    },
    stop: () => watcher.disconnect(),
  };
}

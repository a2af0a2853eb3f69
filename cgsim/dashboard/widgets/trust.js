// Who trusts whom: organisations and the trainees; width is trust, dashed where it is low.

import { makeChartCard } from "./chart.js";
import { decimal, folded, s, say } from "./dom.js";

const LOW = 0.35;
const HEIGHT = 352;
const CHIP = { width: 36, height: 20 };
const SHARES = [0.5, 0.36, 0.64, 0.28, 0.72, 0.22, 0.78]; // of a line, where its number may stand

function places(count, width) {
  const [rx, ry] = [Math.min(width / 2 - (width < 420 ? 62 : 84), 180), 108];
  const angles = Array.from({ length: count }, (_, k) => (Math.PI * (2 * k + 1)) / count - Math.PI);
  const widest = Math.max(...angles.map((angle) => Math.abs(Math.cos(angle))));
  const highest = Math.max(...angles.map((angle) => Math.abs(Math.sin(angle))));
  const fit = (value, most) => (most > 1e-9 ? value / most : 0);
  return angles.map((angle) => [
    width / 2 + rx * fit(Math.cos(angle), widest),
    HEIGHT / 2 + ry * fit(Math.sin(angle), highest),
  ]);
}

// Every pair with the trust between them, null where nobody is there to trust.
function ties({ run, month }) {
  const row = month - 1;
  const found = [];
  const count = run.organisations.length;
  for (let o = 0; o < count; o++) {
    for (let p = o + 1; p < count; p++) {
      const there = run.organisations[o].present[row] && run.organisations[p].present[row];
      found.push([o, p, (run.pacts[row][o][p] + run.pacts[row][p][o]) / 2, Boolean(there)]);
    }
    found.push([o, count, run.organisations[o].trust[row], Boolean(run.organisations[o].present[row])]);
  }
  return found;
}

function node([x, y], name, there, company, most) {
  const shape = company
    ? s("rect", { x: x - 17, y: y - 17, width: 34, height: 34, rx: 4 })
    : s("circle", { cx: x, cy: y, r: 18 });
  shape.setAttribute("class", there ? "node" : "node gone");
  const told = folded(name, most);
  const top = y > HEIGHT / 2 ? y + 34 : y - 25 - 16 * (told.length - 1);
  return [
    shape,
    s(
      "text",
      { "text-anchor": "middle", class: "node-name" },
      ...told.map((line, k) => s("tspan", { x, y: top + 16 * k }, line)),
    ),
  ];
}

// Where two lines cross, if they do; a number there could be either's.
function crossing([ax, ay], [bx, by], [cx, cy], [dx, dy]) {
  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const across = ux * vy - uy * vx;
  if (Math.abs(across) < 1e-9) return null;
  const t = ((cx - ax) * vy - (cy - ay) * vx) / across;
  const u = ((cx - ax) * uy - (cy - ay) * ux) / across;
  return t > 0.01 && t < 0.99 && u > 0.01 && u < 0.99 ? [ax + t * ux, ay + t * uy] : null;
}

function crossings(at, pairs) {
  const lines = pairs.map(([a, b]) => [at[a], at[b]]);
  return lines
    .flatMap((one, k) => lines.slice(k + 1).map((other) => crossing(...one, ...other)))
    .filter(Boolean);
}

// A place on the line where no other number and no organisation stands.
function placeOf([x1, y1], [x2, y2], taken) {
  const at = (share) => [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
  const free = ([x, y]) =>
    taken.every(([tx, ty]) => Math.abs(x - tx) > CHIP.width + 2 || Math.abs(y - ty) > CHIP.height + 2);
  return SHARES.map(at).find(free) ?? at(0.5);
}

function short(name) {
  const inside = /\(([^)]{2,8})\)/.exec(name);
  return inside ? inside[1] : name;
}

function draw(svg, scene, width) {
  const { run, view, month } = scene;
  const names = [...run.organisations.map((one) => short(one.name[view.lang])), view.words.trainees];
  const at = places(names.length, width);
  const lines = [];
  const chips = [];
  const told = [];
  const taken = [...at, ...crossings(at, ties(scene))];
  for (const [a, b, trust, there] of ties(scene)) {
    if (trust === null) continue;
    const [[x1, y1], [x2, y2]] = [at[a], at[b]];
    const low = trust < LOW || !there;
    lines.push(
      s("line", {
        x1, y1, x2, y2,
        class: `tie${low ? " low" : ""}${there ? "" : " gone"}`,
        "stroke-width": (1 + 9 * trust).toFixed(1),
      }),
    );
    const [x, y] = placeOf(at[a], at[b], taken);
    taken.push([x, y]);
    const number = decimal(view.lang, trust);
    chips.push(
      s("rect", { x: x - CHIP.width / 2, y: y - CHIP.height / 2, ...CHIP, rx: 10, class: "chip" }),
      s("text", { x, y: y + 4, "text-anchor": "middle", class: "chip-word" }, number),
    );
    told.push(`${names[a]} – ${names[b]} ${number}`);
  }
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.setAttribute("height", HEIGHT);
  const nodes = names.flatMap((name, k) => {
    const one = run.organisations[k];
    return node(at[k], name, one ? Boolean(one.present[month - 1]) : true, one?.company, width < 420 ? 13 : 22);
  });
  svg.replaceChildren(...lines, ...nodes, ...chips);
  svg.setAttribute("aria-label", say(view.words, "trust_long", { ties: told.join("; ") }));
}

export function makeTrust() {
  const words = { title: "who_trusts", hint: "who_trusts_legend" };
  return makeChartCard({ name: "trust", testid: "trust-network", words, draw });
}

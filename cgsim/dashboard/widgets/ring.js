// The Ansell–Gash cycle as it turns: five steps, each filled as far as its quantity goes.

import { makeChartCard } from "./chart.js";
import { decimal, folded, s, say } from "./dom.js";

const STEPS = ["dialogue_quality", "organisation_trust", "commitment", "shared_understanding", "small_wins"];
const GAP = 0.07; // radians between two steps

function arc(x, y, r, from, to) {
  const at = (angle) => `${(x + r * Math.sin(angle)).toFixed(1)} ${(y - r * Math.cos(angle)).toFixed(1)}`;
  const large = to - from > Math.PI ? 1 : 0;
  return `M${at(from)} A${r} ${r} 0 ${large} 1 ${at(to)}`;
}

function label(x, y, anchor, words, value, most) {
  const told = folded(words, most);
  const top = y - (told.length * 15) / 2 + 2;
  return s(
    "text",
    { x, "text-anchor": anchor, class: "step" },
    ...told.map((line, k) => s("tspan", { x, y: top + 15 * k }, line)),
    s("tspan", { x, y: top + 15 * told.length, class: "step-value" }, value),
  );
}

function draw(svg, { run, view, month }, width) {
  const row = month - 1;
  const narrow = width < 420; // words beside the ring need two thirds of a phone
  const height = narrow ? 300 : 352;
  const [x, y] = [width / 2, height / 2 + 14];
  const r = Math.max(Math.min(112, width / 2 - (narrow ? 112 : 130)), 46);
  const each = (2 * Math.PI) / STEPS.length;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const parts = [];
  const told = [];
  STEPS.forEach((name, k) => {
    const value = Math.min(Math.max(run.series[name][row], 0), 1);
    const [from, to] = [k * each - each / 2 + GAP, k * each + each / 2 - GAP];
    const words = view.words[`step_${name}`];
    const number = decimal(view.lang, value);
    parts.push(s("path", { d: arc(x, y, r, from, to), class: "ring-all" }));
    if (value > 0.005)
      parts.push(s("path", { d: arc(x, y, r, from, from + (to - from) * value), class: "ring-done" }));
    const [sine, cosine] = [Math.sin(k * each), Math.cos(k * each)];
    const anchor = Math.abs(sine) < 0.2 ? "middle" : sine > 0 ? "start" : "end";
    const away = r + (k === 0 ? 40 : Math.abs(cosine) > 0.5 ? 46 : 24);
    const most = narrow && k > 0 ? 8 : 16;
    parts.push(label(x + (r + 24) * sine, y - away * cosine, anchor, words, number, most));
    told.push(`${words} ${number}`);
  });
  const turns = run.series.turns[row];
  parts.push(
    s("text", { x, y: y + 6, "text-anchor": "middle", class: "ring-number" }, turns),
    s("text", { x, y: y + 24, "text-anchor": "middle", class: "note" }, view.words.turns_short),
  );
  svg.replaceChildren(...parts);
  svg.setAttribute("aria-label", say(view.words, "ring_long", { turns, steps: told.join("; ") }));
}

export function makeRing() {
  const words = { title: "ring", hint: "ring_source" };
  return makeChartCard({ name: "ring", testid: "ring", words, draw });
}

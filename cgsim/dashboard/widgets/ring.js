// The Ansell–Gash cycle as it turns: five steps, each filled as far as its quantity goes.

import { decimal, h, s, say, write } from "./dom.js";

const STEPS = ["dialogue_quality", "organisation_trust", "commitment", "shared_understanding", "small_wins"];
const GAP = 0.07; // radians between two steps

function arc(x, y, r, from, to) {
  const at = (angle) => `${(x + r * Math.sin(angle)).toFixed(1)} ${(y - r * Math.cos(angle)).toFixed(1)}`;
  const large = to - from > Math.PI ? 1 : 0;
  return `M${at(from)} A${r} ${r} 0 ${large} 1 ${at(to)}`;
}

function lines(words, most) {
  const found = [""];
  for (const word of words.split(" ")) {
    const last = found[found.length - 1];
    if (last && `${last} ${word}`.length > most) found.push(word);
    else found[found.length - 1] = last ? `${last} ${word}` : word;
  }
  return found;
}

function label(x, y, anchor, words, value) {
  const told = lines(words, 14);
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
  const height = 296;
  const [x, y] = [width / 2, height / 2 + 8];
  const r = Math.min(92, width / 2 - 114);
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
    parts.push(label(x + (r + 26) * sine, y - away * cosine, anchor, words, number));
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
  const title = h("h2");
  const whose = h("span", { class: "hint" });
  const svg = s("svg", { role: "img", "data-testid": "ring", class: "chart" });
  const element = h("section", { class: "card ring" }, h("div", { class: "card-head" }, title, whose), svg);
  let scene = null;
  const paint = () => {
    const width = Math.round(svg.getBoundingClientRect().width);
    if (scene && width > 0) draw(svg, scene, width);
  };
  const watcher = new ResizeObserver(paint);
  watcher.observe(element);
  return {
    element,
    label({ view }) {
      write(title, view.words.ring);
      write(whose, view.words.ring_source);
      svg.dataset.title = view.words.ring;
    },
    show(next) {
      scene = next;
      paint();
    },
    stop: () => watcher.disconnect(),
  };
}

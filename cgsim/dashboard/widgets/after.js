// Afterwards: the room beside what else could have been, under the same luck.

import { STATES, h, s, say, shape, write } from "./dom.js";

const LEFT = 46;
const RIGHT = 12;
const AXIS = 22;
const LINES = ["room", "as_is", "plan"];

function scaleOf(width, months) {
  const inner = Math.max(width - LEFT - RIGHT, 50);
  return { x: (month) => LEFT + (month / months) * inner, right: LEFT + inner };
}

function years(scale, months, y, words) {
  const inner = scale.right - LEFT;
  const every = inner > 520 ? 12 : inner > 340 ? 24 : 60;
  const ticks = [];
  for (let month = 0; month <= months; month += every) {
    const anchor = month === 0 ? "start" : month > months - every / 3 ? "end" : "middle";
    const label = month === 0 ? "0" : say(words, "year", { n: month / 12 });
    ticks.push(s("text", { x: scale.x(month), y, class: "tick", "text-anchor": anchor }, label));
  }
  return ticks;
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return Math.ceil(value / power) * power;
}

function curve(svg, { view, found }, name, width) {
  const height = 170;
  const scale = scaleOf(width, found.months);
  const most = nice(Math.max(...found.sides.flatMap((one) => one[name])));
  const y = (value) => 12 + (height - AXIS - 16) * (1 - value / most);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const lines = found.sides.map((one) => {
    const d = one[name].map((value, row) => `${row ? "L" : "M"}${scale.x(row + 1).toFixed(1)} ${y(value).toFixed(1)}`);
    return s("path", { d: d.join(""), fill: "none", class: `beside-line ${one.name}` });
  });
  const label = (value) => s("text", { x: LEFT - 6, y: y(value) + 4, class: "tick", "text-anchor": "end" }, value.toLocaleString(view.lang));
  svg.replaceChildren(
    s("rect", { x: LEFT, y: 12, width: scale.right - LEFT, height: height - AXIS - 16, class: "plot" }),
    label(0),
    label(most),
    ...end(scale, found, 12, height - AXIS - 16),
    ...lines.reverse(),
    ...years(scale, found.months, height - 4, view.words),
  );
  const ends = found.sides.map((one) => {
    const value = Math.round(one[name][found.months - 1]).toLocaleString(view.lang);
    return say(view.words, "after_long", { title: one.title, end: value });
  });
  svg.setAttribute("aria-label", `${view.words[`after_${name}`]}. ${ends.join(" ")}`);
}

// Where the play ended and the rest passed by itself.
function end(scale, found, y, height) {
  if (found.played >= found.months) return [];
  const x = scale.x(found.played);
  return [s("line", { x1: x, x2: x, y1: y, y2: y + height, class: "flag" })];
}

function ribbons(svg, { view, found }, width) {
  const each = 30;
  const height = found.sides.length * each + AXIS;
  const scale = scaleOf(width, found.months);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const told = [];
  const parts = found.sides.flatMap((one, k) => {
    const y = k * each + 2;
    const bands = [];
    let start = 0;
    one.state.forEach((code, row) => {
      if (row + 1 < one.state.length && one.state[row + 1] === code) return;
      const state = STATES[code];
      const [x, width] = [scale.x(start), scale.x(row + 1) - scale.x(start)];
      bands.push(s("rect", { x, y, width, height: each - 6, class: `head ${state}` }));
      if (width > 18) bands.push(shape(state, x + 10, y + 12, 4.5));
      const word = view.words[state];
      if (width > 26 + word.length * 7.6)
        bands.push(s("text", { x: x + 20, y: y + 17, class: `head-word ${state}` }, word));
      start = row + 1;
    });
    told.push(say(view.words, "after_long", { title: one.title, end: view.words[STATES[one.state[found.months - 1]]] }));
    return [key(one.name, 6, y + 12), ...bands];
  });
  svg.replaceChildren(...parts, ...end(scale, found, 0, height - AXIS), ...years(scale, found.months, height - 4, view.words));
  svg.setAttribute("aria-label", `${view.words.after_state}. ${told.join(" ")}`);
}

function key(name, x, y) {
  return s("line", { x1: x, x2: x + 32, y1: y, y2: y, class: `beside-line ${name}` });
}

function download(words, name) {
  const link = h("a", { href: URL.createObjectURL(new Blob([words], { type: "text/yaml" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function makeAfter(wish) {
  const title = h("h2");
  const legend = h("ul", { class: "sides-legend" });
  const said = h("ul", { class: "log said", "data-testid": "after-said" });
  const names = ["producers", "state", "spent"];
  const charts = names.map((name) => ({ name, title: h("h3"), svg: s("svg", { role: "img", class: "chart at-rest", "data-testid": `after-${name}` }) }));
  const ask = h("button", { type: "button", "data-testid": "after-luck", onclick: () => wish("luck") });
  const hint = h("p", { class: "hint" });
  const luck = h("ul", { class: "log said", "data-testid": "after-luck-said", role: "status" });
  const save = h("button", { type: "button", class: "main", "data-testid": "save-room", onclick: () => download(scene.seen.saved, "room.yaml") });
  const commandWord = h("p", { class: "hint" });
  const command = h("code", { "data-testid": "room-command" });
  let scene = null;
  const element = h(
    "section",
    { class: "card after", "data-testid": "after" },
    title,
    legend,
    said,
    ...charts.flatMap((one) => [one.title, one.svg]),
    h("div", { class: "buttons" }, ask, save),
    hint,
    luck,
    h("div", { class: "command-line" }, commandWord, command),
  );

  function draw() {
    const width = Math.round(charts[0].svg.getBoundingClientRect().width);
    if (!scene?.found.sides || width === 0) return;
    for (const one of charts) {
      if (one.name === "state") ribbons(one.svg, scene, width);
      else curve(one.svg, scene, one.name, width);
    }
  }

  const watcher = new ResizeObserver(draw);
  watcher.observe(element);
  return {
    element,
    show(next) {
      scene = next;
      const words = next.view.words;
      if (!next.found.sides) return;
      write(title, words.after_title);
      legend.replaceChildren(
        ...next.found.sides.map((one) =>
          h("li", {}, s("svg", { viewBox: "0 0 40 12", width: 40, height: 12, "aria-hidden": "true" }, key(one.name, 4, 6)), one.title),
        ),
      );
      said.replaceChildren(...next.found.said.map((line) => h("li", {}, line)));
      for (const one of charts) write(one.title, words[`after_${one.name}`]);
      write(ask, words.luck_ask);
      write(hint, say(words, "luck_hint", { seed: next.seen.seed }));
      write(save, words.save);
      write(commandWord, words.command);
      write(command, next.seen.command);
      ask.disabled = ["waiting", "running"].includes(next.luck.state);
      const where = { waiting: say(words, "work_waiting", { n: next.luck.before ?? 0 }), running: words.work_running, busy: words.work_busy, failed: words.work_failed };
      const lines = next.luck.state === "done" ? next.luck.said : [where[next.luck.state]].filter(Boolean);
      luck.replaceChildren(...lines.map((line) => h("li", {}, line)));
      draw();
    },
    stop: () => watcher.disconnect(),
  };
}

// What would have kept a person, and why people leave over many runs.

import { h, s, say, widthOf, write } from "./dom.js";
import { makeWork } from "./work.js";

function table(caption, heads, rows, testid) {
  return h(
    "div",
    { class: "wide", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      { "data-testid": testid },
      h("caption", { class: "unseen" }, caption),
      h("thead", {}, h("tr", {}, ...heads.map((words) => h("th", { scope: "col" }, words)))),
      h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((cell) => h("td", {}, cell))))),
    ),
  );
}

export function makeKeeping() {
  const title = h("h2");
  const verdict = h("p", { "data-testid": "verdict" });
  const momentTitle = h("h3");
  const moment = h("div");
  const worldTitle = h("h3");
  const work = makeWork("kept-work");
  const world = h("div", { class: "kept", "data-testid": "kept" });
  const element = h("section", { class: "card keeping" }, title, verdict, momentTitle, moment, worldTitle, work.element, world);
  let shown = "";
  return {
    element,
    label({ view, person, terms }) {
      const { words } = view;
      element.hidden = person.who === undefined;
      if (element.hidden) return;
      work.show(person.left ? person.work : {}, words);
      const now = JSON.stringify([view.query, view.lang, person.who, person.month, person.moment, person.levers.length]);
      if (now === shown) return;
      shown = now;
      write(title, words[person.left ? "what_keeps" : "what_loses"]);
      const decisive = person.decisive.map((name) => terms[name]).join(", ");
      write(verdict, !person.left ? "" : decisive ? say(words, "decisive", { terms: decisive }) : words.bad_luck);
      verdict.hidden = !person.left;
      write(momentTitle, say(words, "at_the_moment", { month: person.month }));
      moment.replaceChildren(
        table(
          momentTitle.textContent,
          [words.column_term, words.column_was, words[person.left ? "column_keeps" : "column_loses"]],
          person.moment.map((one) => [terms[one.term] + (one.decisive && person.left ? ` (${words.alone})` : ""), one.value, one.flip || words.no_value]),
          "moment",
        ),
      );
      worldTitle.hidden = world.hidden = !person.left;
      write(worldTitle, words.through_the_world);
      const kept = person.levers.filter((one) => one.outcome === "kept");
      const tried = person.levers.filter((one) => one.outcome !== "moved").length;
      if (!person.levers.length) world.replaceChildren();
      else if (!kept.length) world.replaceChildren(h("p", {}, say(words, "kept_none", { n: tried })));
      else
        world.replaceChildren(
          table(words.through_the_world, [words.column_lever, words.column_now, words.column_keeps], kept.map((one) => [one.label, one.present, one.flip]), "world"),
          h("p", { class: "hint" }, say(words, "kept_of", { n: kept.length, all: tried })),
        );
    },
  };
}

// Shares of the hazard as bars from 0, with their intervals.
function drawShares(svg, { reasons, terms, view }, width) {
  const rows = reasons.rows;
  const label = Math.min(150, width * 0.36);
  const ends = rows.flatMap((row) => [row[2], row[3]]);
  const [low, high] = [Math.min(0, ...ends), Math.max(...ends)];
  const room = width - label - 64;
  const x = (value) => label + 8 + ((value - low) / (high - low)) * room;
  const line = 30;
  svg.setAttribute("viewBox", `0 0 ${width} ${rows.length * line + 6}`);
  svg.setAttribute("height", rows.length * line + 6);
  const percent = (value) => value.toLocaleString(view.lang, { style: "percent" });
  svg.replaceChildren(
    s("path", { d: `M${x(0)} 0V${rows.length * line}`, class: "axis-line" }),
    ...rows.flatMap(([part, share, from, to], k) => {
      const y = k * line;
      const kind = part === "base" ? "base" : share >= 0 ? "push" : "hold";
      return [
        s("text", { x: label, y: y + 19, class: "term-word", "text-anchor": "end" }, terms[part]),
        s("rect", { x: Math.min(x(0), x(share)), y: y + 6, width: Math.abs(x(share) - x(0)), height: line - 12, rx: 2, class: `term ${kind}` }),
        s("path", { d: `M${x(from)} ${y + 15}H${x(to)}M${x(from)} ${y + 11}v8M${x(to)} ${y + 11}v8`, class: "whisker" }),
        s("text", { x: width - 4, y: y + 19, class: "tick", "text-anchor": "end" }, percent(share)),
      ];
    }),
  );
  svg.setAttribute("aria-label", rows.map((row) => `${terms[row[0]]} ${percent(row[1])}`).join(", "));
}

export function makeReasons(ask) {
  const title = h("h2");
  const hint = h("p", { class: "hint" });
  const button = h("button", { type: "button", "data-testid": "ask-reasons", onclick: () => ask({ reasons: asked ? null : "1" }) });
  const work = makeWork("reasons-work");
  const svg = s("svg", { role: "img", class: "chart shares", "data-testid": "shares" });
  const told = h("ul", { class: "told", "data-testid": "reasons-told" });
  const answer = h("div", { class: "reasons-answer" }, svg, told);
  const element = h("section", { class: "card reasons" }, h("div", { class: "card-head" }, title, button), hint, work.element, answer);
  let scene = null;
  let asked = false;

  function draw() {
    const width = widthOf(svg);
    if (scene?.reasons.state === "done" && width > 0) drawShares(svg, scene, width);
  }

  const watcher = new ResizeObserver(draw);
  watcher.observe(element);
  return {
    element,
    label(next) {
      scene = next;
      const { view, reasons } = scene;
      const { words } = view;
      asked = view.extras.reasons === "1";
      write(title, words.why_leave);
      write(button, words[asked ? "reasons_hide" : "reasons_ask"]);
      write(hint, words.why_leave_hint);
      work.show(reasons, words);
      const done = reasons.state === "done";
      answer.hidden = !done;
      if (!done) return;
      svg.dataset.title = words.why_leave;
      told.replaceChildren(...reasons.sentences[view.lang].map((line) => h("li", {}, line)));
      draw();
    },
    stop: () => watcher.disconnect(),
  };
}

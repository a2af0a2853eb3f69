// Everybody ever trained, as a shape by status; a click asks for that person's life, where one can.

import { h, s, say, write } from "./dom.js";

// The status of a person after so many months.
function statusAt(changes, month) {
  let status = 0;
  for (const [turn, code] of changes) if (turn < month) status = code;
  return status;
}

const DRAWN = {
  community: () => s("circle", { cx: 10, cy: 10, r: 3, class: "person-open" }),
  training: () => s("circle", { cx: 10, cy: 10, r: 6.5, class: "person-open" }),
  artisan: () => s("circle", { cx: 10, cy: 10, r: 7, class: "person-full" }),
  independent: () => s("path", { d: "M10 1L19 10L10 19L1 10Z", class: "person-full" }),
  left: () => s("path", { d: "M5 5L15 15M15 5L5 15", class: "person-cross" }),
};

export function personShape(status) {
  return s("svg", { viewBox: "0 0 20 20", class: "person-shape", "aria-hidden": "true" }, DRAWN[status]());
}

export function makePeople(ask = null) {
  const title = h("h2");
  const count = h("span", { class: "hint" });
  const list = h("ul", { class: "people-list", "data-testid": "people" });
  const legend = h("ul", { class: "legend people-legend" });
  const hint = h("p", { class: "hint" });
  const element = h(
    "section",
    { class: "card people" },
    h("div", { class: "card-head" }, title, count),
    list,
    legend,
    hint,
  );
  let run = null;
  let shown = [];

  function build(view) {
    shown = run.lives.map(([number, , changes]) => {
      const testid = { class: "person", "data-testid": `person-${number}` };
      const button =
        ask === null
          ? h("span", { ...testid, role: "img" })
          : h("button", {
              type: "button",
              ...testid,
              onclick: () => ask({ who: String(number) }, { page: "people" }),
            });
      return { number, changes, button, row: h("li", {}, button), status: null };
    });
    list.replaceChildren(...shown.map((one) => one.row));
    legend.replaceChildren(
      ...["training", "artisan", "independent", "left"].map((status) =>
        h("li", {}, personShape(status), h("span", {}, view.words[`status_${status}`])),
      ),
    );
  }

  return {
    element,
    label({ run: now, view }) {
      write(title, view.words.people);
      write(hint, view.words.people_hint);
      run = now;
      build(view);
    },
    show({ view, month }) {
      let there = 0;
      for (const one of shown) {
        const code = statusAt(one.changes, month);
        const came = one.changes[0][0] < month;
        one.row.hidden = !came;
        if (code >= 1 && code <= 3) there += 1;
        const status = run.statuses[code];
        if (status === one.status) continue;
        one.status = status;
        one.button.replaceChildren(personShape(status));
        one.button.setAttribute(
          "aria-label",
          say(view.words, "person", { n: one.number, status: view.words[`status_${status}`] }),
        );
        one.button.title = one.button.getAttribute("aria-label");
      }
      write(count, say(view.words, "people_count", { n: there }));
    },
  };
}

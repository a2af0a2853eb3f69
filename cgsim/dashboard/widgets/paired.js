// Pair by pair: differences with their intervals, who pays, which pairs change, who loses.

import { STATES, decimal, h, s, say, write } from "./dom.js";
import { LETTERS, badge } from "./sides.js";

const WIDTH = 96;
const MOST_LOST = 4; // named at once; the others stand behind a disclosure
const MONEY = { decimals: 0, percent: false };

function figure(lang, how, value, signed = false) {
  if (value === null) return "–";
  const words = decimal(lang, how.percent ? 100 * value : value, how.decimals);
  const nought = Number((how.percent ? 100 * value : value).toFixed(how.decimals)) === 0;
  if (nought) return decimal(lang, 0, how.decimals);
  return signed && value > 0 ? `+${words}` : words.replace("-", "−");
}

// A table that on a phone is a list: every cell carries the name of its column.
function grid(testid, heads, rows, caption) {
  return h(
    "table",
    { class: heads.length > 3 ? "grid many" : "grid", role: "table", "data-testid": testid },
    h("caption", { class: "unseen" }, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads.map((head) => h("th", { role: "columnheader", scope: "col" }, head)))),
    h(
      "tbody",
      { role: "rowgroup" },
      ...rows.map(([name, ...cells]) =>
        h(
          "tr",
          { role: "row" },
          h("th", { role: "rowheader", scope: "row" }, name),
          ...cells.map((cell, k) => h("td", { role: "cell", "data-label": heads[k + 1] }, cell)),
        ),
      ),
    ),
  );
}

// Where an interval lies to nought, on a scale that all of its row share.
function interval(one, reach, letter) {
  const ends = [one.low ?? -reach, one.high ?? reach];
  const x = (value) => WIDTH / 2 + (value / reach) * (WIDTH / 2 - 4);
  return s(
    "svg",
    { viewBox: `0 0 ${WIDTH} 16`, width: WIDTH, height: 16, class: "interval", "aria-hidden": "true" },
    s("line", { x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: 16, class: "nought" }),
    s("line", { x1: x(ends[0]), x2: x(ends[1]), y1: 8, y2: 8, class: `reach side-${letter.toLowerCase()}` }),
    s("circle", { cx: x(one.mean), cy: 8, r: 3.5, class: `point side-${letter.toLowerCase()}` }),
  );
}

function differenceCells({ view, found }, row, how, judged) {
  const { lang, words } = view;
  const least = 1.5 * 10 ** -(how.decimals + (how.percent ? 2 : 0)); // what rounds to nothing looks like it
  const reach = Math.max(least, ...row.others.flatMap((one) => [one.mean, one.low, one.high].map((end) => Math.abs(end ?? 0))));
  return row.others.map((one, k) => {
    const sure = ["better", "worse", "more", "less"].includes(one.judgement);
    const same = found.verdicts[k].answer === "same";
    return h(
      "span",
      { class: "difference" },
      interval(one, reach, LETTERS[k + 1]),
      h("b", {}, figure(lang, how, one.mean, true)),
      same ? null : h("span", { class: "soft" }, `${figure(lang, how, one.low, true)} … ${figure(lang, how, one.high, true)}`),
      judged ? h("span", { class: sure ? "judged" : "judged soft" }, words[`judged_${one.judgement}`]) : null,
    );
  });
}

function heads({ view, found }, first) {
  const others = LETTERS.slice(1, found.sides.length);
  return [first, "A", ...others.map((b) => say(view.words, "minus", { a: "A", b }))];
}

function makeCard(testid, key, fill, hint) {
  const title = h("h2");
  const told = h("p", { class: "hint" });
  const body = h("div", { class: "found-body" });
  return {
    element: h("section", { class: "card", "data-testid": testid }, title, told, body),
    label(now) {
      write(title, now.view.words[key]);
      if (!now.found) return;
      told.hidden = !hint;
      if (hint) write(told, say(now.view.words, hint, { months: now.found.months }));
      const open = [...body.querySelectorAll("details[open]")].map((one) => one.dataset.testid);
      body.replaceChildren(...fill(now));
      for (const one of body.querySelectorAll("details")) one.open = open.includes(one.dataset.testid);
    },
  };
}

function disclosure(testid, words, inside) {
  return h("details", { "data-testid": testid }, h("summary", {}, words), inside);
}

export function makeDifferences() {
  return makeCard("differences", "differences", (now) => {
    const { view, found, labels } = now;
    const row = (one) => {
      const how = labels.outcomes[one.name];
      return [how.label, figure(view.lang, how, one.before), ...differenceCells(now, one, how, true)];
    };
    const names = heads(now, view.words.outcome);
    const first = found.outcomes.filter((one) => labels.outcomes[one.name].key);
    const rest = found.outcomes.filter((one) => !labels.outcomes[one.name].key);
    return [
      grid("outcomes", names, first.map(row), view.words.differences),
      disclosure(
        "more-outcomes",
        say(view.words, "more_outcomes", { n: rest.length }),
        grid("outcomes-rest", names, rest.map(row), view.words.differences),
      ),
    ];
  }, "differences_hint");
}

// How a payer is called: organisations have their names from the scenarios shown.
function payerName(view, key) {
  for (const side of view.sides)
    for (const one of side.organisations) if (one.key === key) return one.name;
  return key;
}

export function makeMoney() {
  return makeCard("money", "money", (now) => {
    const { view, found, labels } = now;
    const called = {
      payer: (name) => payerName(view, name),
      activity: (name) => labels.activities[name],
      all: () => view.words.all_spending,
    };
    const rows = (...kinds) =>
      found.money
        .filter((one) => kinds.includes(one.kind))
        .map((one) => [called[one.kind](one.name), figure(view.lang, MONEY, one.before), ...differenceCells(now, one, MONEY, false)]);
    return [
      grid("payers", heads(now, view.words.payer), rows("payer", "all"), view.words.money),
      disclosure(
        "more-money",
        view.words.more_activities,
        grid("activities", heads(now, view.words.activity), rows("activity", "all"), view.words.more_activities),
      ),
    ];
  }, "money_hint");
}

function matrix({ view, found }, counts, k) {
  const { words } = view;
  const told = { a: "A", b: LETTERS[k + 1] };
  const states = STATES.map((state) => words[state]);
  const sum = (keep) => counts.flatMap((row, i) => row.filter((_, j) => keep(i, j))).reduce((all, n) => all + n, 0);
  return h(
    "div",
    { class: "matrix-whole" },
    h(
      "table",
      { class: "matrix", "data-testid": `transitions-${told.b.toLowerCase()}` },
      h("caption", {}, say(words, "transitions_of", told)),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say(words, "transitions_corner", told)), ...states.map((word) => h("th", { scope: "col" }, word)))),
      h(
        "tbody",
        {},
        ...counts.map((row, i) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, states[i]),
            ...row.map((n, j) =>
              h("td", { class: i === j ? "stays" : "", style: `--share: ${((26 * n) / found.runs).toFixed(1)}%` }, n.toLocaleString(view.lang)),
            ),
          ),
        ),
      ),
    ),
    h("p", {}, say(words, "transitions_words", {
      ...told,
      n: found.runs.toLocaleString(view.lang),
      better: sum((i, j) => j > i),
      equal: sum((i, j) => j === i),
      worse: sum((i, j) => j < i),
    })),
  );
}

export function makeTransitions() {
  return makeCard("transitions", "transitions", (now) =>
    now.found.transitions.map((counts, k) => matrix(now, counts, k)),
  );
}

function loser({ view, found, labels }, one) {
  const { lang, words } = view;
  if (one.kind === "payer")
    return say(words, "loser_pays", { who: payerName(view, one.name), more: figure(lang, MONEY, one.mean) });
  const how = labels.outcomes[one.name];
  return say(words, "loser_outcome", {
    what: how.label,
    before: figure(lang, how, one.before),
    after: figure(lang, how, one.before + one.mean),
    percent: decimal(lang, 100 * one.worse, 0),
  });
}

function listOf(now, lost) {
  return h("ul", { class: "spoken" }, ...lost.map((one) => h("li", {}, loser(now, one))));
}

export function makeLosers() {
  return makeCard("losers", "losers", (now) => {
    const { words } = now.view;
    const lists = now.found.losers.map((lost, k) => {
      const b = LETTERS[k + 1];
      if (!lost.length) return h("p", {}, say(words, "losers_none", { b }));
      return h(
        "div",
        {},
        h("h3", {}, badge(b), say(words, "losers_of", { a: "A", b })),
        listOf(now, lost.slice(0, MOST_LOST)),
        lost.length > MOST_LOST
          ? disclosure(`more-losers-${b.toLowerCase()}`, say(words, "more_losers", { n: lost.length - MOST_LOST }), listOf(now, lost.slice(MOST_LOST)))
          : null,
      );
    });
    return lists;
  });
}

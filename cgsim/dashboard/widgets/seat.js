// A player's own part: how the last round went, the levers of the next, and being ready.

import { decimal, h, say, write } from "./dom.js";
import { makeLever } from "./lever.js";

const MAIN = ["monitoring_interval", "promised_interval", "attends"];

// A share of the budget; it is sent when released, and shown in money as it moves.
function makeShare(offer, view, purse, wish) {
  const id = `cgsim-share-${offer.lever}`;
  const value = h("output", { class: "value", for: id, "data-testid": `share-${offer.lever}-value` });
  const input = h("input", {
    id,
    type: "range",
    min: 0,
    max: 100,
    step: "any",
    "aria-describedby": `${id}-help`,
    "data-testid": `share-${offer.lever}`,
    oninput: () => display(Number(input.value)),
    onchange: () => wish("share", { lever: offer.lever, value: Math.round(2 * Number(input.value)) / 200 }),
  });
  function display(percent) {
    const cost = decimal(view.lang, (percent / 100) * purse.budget, 1);
    const rounded = percent.toLocaleString(view.lang, { maximumFractionDigits: 1 });
    const told = say(view.words, "share_value", { percent: rounded, cost });
    write(value, told);
    input.setAttribute("aria-valuetext", told);
  }
  const help = h("p", { class: "hint", id: `${id}-help` }, offer.help);
  return {
    element: h("div", { class: "field lever" }, h("label", { for: id }, offer.label), value, input, help),
    set(one, now) {
      purse = now;
      input.disabled = one.free;
      if (one.free) {
        write(value, view.words.free_of_cost);
        return;
      }
      if (input.matches(":active")) return; // it is being moved
      input.value = 100 * one.share;
      display(100 * one.share);
    },
  };
}

function makeControls(seen, view, wish) {
  const shares = new Map();
  const levers = new Map();
  for (const offer of seen.levers) {
    if (seen.purse && !MAIN.includes(offer.lever)) {
      shares.set(offer.lever, makeShare(offer, view, seen.purse, wish));
      continue;
    }
    const send = (value) => wish("lever", { path: offer.path, value: String(value) });
    const shown = seen.purse ? offer : { ...offer, label: view.words.effort, help: view.words.effort_hint, low: 0, high: 2, step: 0.1 };
    levers.set(offer.lever, makeLever(shown, view, send, { testid: `lever-${offer.lever}`, help: true }));
  }
  const parts = [];
  if (shares.size) {
    parts.push(
      h(
        "section",
        { class: "card" },
        h("h2", {}, `${view.words.budget}: ${say(view.words, "million", { n: decimal(view.lang, seen.purse.budget, 1) })}`),
        ...[...shares.values()].map((one) => one.element),
        h("p", { class: "hint" }, view.words.split_hint),
      ),
    );
  }
  const title = shares.size ? [h("h2", {}, view.words.decide)] : [];
  parts.push(h("section", { class: "card" }, ...title, ...[...levers.values()].map((one) => one.element)));
  return { shares, levers, parts };
}

export function makeSeat(wish) {
  const who = h("h2", { "data-testid": "you-are" });
  const partners = h("p", { class: "hint", "data-testid": "partners" });
  const leave = h("button", { type: "button", class: "quiet", "data-testid": "leave", onclick: () => wish("leave") });
  const cluster = h("p", { "data-testid": "cluster-now", role: "status" });
  const lastTitle = h("h3");
  const last = h("ul", { class: "log", "data-testid": "last-round" });
  const controls = h("div", { class: "controls-of-part" });
  const planned = h("p", { class: "planned", "data-testid": "planned", role: "status" });
  const waiting = h("p", { class: "hint", role: "status", "data-testid": "waiting" });
  let seenNow = null;
  const ready = h("button", { type: "button", class: "main", "data-testid": "ready", onclick: () => wish("ready", { value: !seenNow.ready }) });
  const bar = h("div", { class: "ready-bar" }, planned, waiting, ready);
  let built = null;
  let builtFor = "";

  function build(seen, view) {
    const key = JSON.stringify([seen.part, view.lang, seen.purse?.budget]);
    if (key !== builtFor) {
      builtFor = key;
      built = makeControls(seen, view, wish);
      controls.replaceChildren(...built.parts);
    }
    for (const one of seen.purse?.split ?? []) built.shares.get(one.lever).set(one, seen.purse);
    for (const one of seen.levers) built.levers.get(one.lever)?.set(one.value);
  }

  function tellPlan({ purse }, { words, lang }) {
    planned.hidden = !purse;
    if (!purse) return;
    const n = (value) => decimal(lang, value, 1);
    const rest = purse.budget - purse.planned;
    const told = purse.over
      ? say(words, "too_much", { n: n(-rest) })
      : say(words, "left_over", { n: n(Math.max(rest, 0)) });
    write(planned, `${say(words, "planned", { planned: n(purse.planned), budget: n(purse.budget) })}. ${told}`);
    planned.classList.toggle("too-much", purse.over);
  }

  return {
    element: h(
      "div",
      { class: "seat-page" },
      h("section", { class: "card" }, h("div", { class: "card-head" }, who, leave), partners, cluster, lastTitle, last),
      controls,
      bar,
    ),
    show(seen, view) {
      const words = view.words;
      seenNow = seen;
      write(who, say(words, "you_are", { name: seen.name, part: seen.part }));
      write(leave, words.leave);
      write(partners, seen.partners.length ? say(words, "with", { names: seen.partners.join(", ") }) : "");
      const now = seen.state && { month: seen.month, state: words[seen.state].toLowerCase(), producers: seen.producers };
      write(cluster, now ? say(words, "cluster_now", now) : say(words, "cluster_start", seen));
      write(lastTitle, words.last_round);
      lastTitle.hidden = seen.told.length === 0;
      const told = seen.round === 0 ? [words.first_round] : seen.told;
      last.replaceChildren(...(seen.over ? [words.over, ...told] : told).map((line) => h("li", {}, line)));
      controls.hidden = bar.hidden = seen.over;
      if (seen.over) return;
      build(seen, view);
      tellPlan(seen, view);
      write(ready, seen.ready ? words.set_not_ready : words.set_ready);
      write(waiting, seen.ready ? words.waiting : "");
      ready.classList.toggle("is-ready", seen.ready);
    },
  };
}

// The answer in a sentence, and in which state the runs end.

import { STATES, h, s, say, shape, widthOf, write } from "./dom.js";
import { LETTERS, badge } from "./sides.js";
import { makeWork } from "./work.js";

const ROW = 44;
const LEFT = 30;

function verdict({ view, found }, one, k) {
  const { words } = view;
  const told = { a: "A", b: LETTERS[k + 1], n: found.runs.toLocaleString(view.lang) };
  return h(
    "div",
    { class: "verdict", "data-testid": `verdict-${told.b.toLowerCase()}` },
    h("h3", {}, badge(told.b), say(words, `answer_${one.answer}`, told)),
    one.label ? h("p", { class: "label-differs" }, words.label_differs) : null,
    h("p", {}, one.sentence[view.lang]),
  );
}

function about({ view, found }) {
  const told = {
    n: found.runs.toLocaleString(view.lang),
    seed: found.seed,
    months: found.months,
    names: found.shortened.join(", "),
  };
  const parts = [say(view.words, "about", told)];
  if (found.shortened.length) parts.push(say(view.words, "shortened", told));
  return parts.join(" ");
}

function bar({ view, found }, counts, k, width) {
  const inner = width - LEFT;
  const y = k * ROW;
  let x = LEFT;
  const parts = [s("text", { x: 2, y: y + 23, class: "bar-letter" }, LETTERS[k])];
  STATES.forEach((state, code) => {
    const wide = (inner * counts[code]) / found.runs;
    if (wide > 0) {
      parts.push(s("rect", { x, y, width: Math.max(wide - 1, 0.5), height: 34, class: `head ${state}` }));
      const word = `${view.words[state]} ${counts[code]}`;
      if (wide > 22) parts.push(shape(state, x + 13, y + 17, 5));
      if (wide > 34 + word.length * 7.8)
        parts.push(s("text", { x: x + 25, y: y + 22, class: `head-word ${state}` }, word));
    }
    x += wide;
  });
  return parts;
}

function endWords({ view, found }, counts, k) {
  const share = (n) => `${n} (${((100 * n) / found.runs).toLocaleString(view.lang, { maximumFractionDigits: 1 })} %)`;
  const told = Object.fromEntries(STATES.map((state, code) => [state, share(counts[code])]));
  return say(view.words, "ends_words", { ...told, letter: LETTERS[k], n: found.runs.toLocaleString(view.lang) });
}

export function makeFindings() {
  const title = h("h2");
  const work = makeWork("work");
  const refused = h("p", { class: "refused", role: "alert", "data-testid": "refused" });
  const verdicts = h("div", { class: "verdicts" });
  const told = h("p", { class: "hint", "data-testid": "about" });
  const endsTitle = h("h3");
  const svg = s("svg", { role: "img", "data-testid": "ends", class: "chart still" });
  const ends = h("ul", { class: "spoken", "data-testid": "ends-words" });
  const whole = h("div", { class: "findings-found" }, h("div", {}, verdicts, told), h("div", {}, endsTitle, svg, ends));
  const element = h(
    "section",
    { class: "card findings", "data-testid": "findings" },
    h("div", { class: "card-head" }, title, work.element),
    refused,
    whole,
  );
  let scene = null;

  function paint() {
    const width = widthOf(svg);
    if (!scene?.found || width === 0) return;
    const height = scene.found.sides.length * ROW;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    svg.setAttribute("aria-label", scene.view.words.ends_long);
    svg.replaceChildren(...scene.found.sides.flatMap((counts, k) => bar(scene, counts, k, width)));
  }

  const watcher = new ResizeObserver(paint);
  watcher.observe(element);
  return {
    element,
    label(now) {
      scene = now;
      const { words } = now.view;
      write(title, words.findings);
      work.show({ state: now.work, before: now.before, share: now.share }, words);
      element.setAttribute("aria-busy", String(now.work === "waiting" || now.work === "running"));
      refused.hidden = !now.refused;
      write(refused, now.refused ? `${words.refused} ${now.refused}` : "");
      whole.hidden = !now.found || Boolean(now.refused);
      whole.classList.toggle("stale", now.work !== "done");
      if (whole.hidden) return;
      verdicts.replaceChildren(...now.found.verdicts.map((one, k) => verdict(now, one, k)));
      write(told, about(now));
      write(endsTitle, words.ends);
      svg.dataset.title = words.ends;
      ends.replaceChildren(...now.found.sides.map((counts, k) => h("li", {}, endWords(now, counts, k))));
      paint();
    },
    stop: () => watcher.disconnect(),
  };
}

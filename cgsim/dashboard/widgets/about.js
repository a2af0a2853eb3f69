// The about page: what is sourced and what is assumed, to be searched; limits, month, patterns.

import { h, say, write } from "./dom.js";
import { mountFrame } from "./frame.js";

const MARKS = ["sourced", "leans", "assumed"];

function card(testid, ...children) {
  const title = h("h2");
  const element = h("section", { class: "card about-card", "data-testid": testid }, title, ...children);
  return { title, element };
}

function makePurpose() {
  const told = h("p", { class: "purpose" });
  const { title, element } = card("purpose", told);
  return {
    element,
    label({ view }) {
      write(title, view.words.purpose);
      write(told, view.words.purpose_told);
    },
  };
}

// A list of sentences under a heading.
function makeSentences(testid, key, sentencesOf, tag = "ul") {
  const list = h(tag, { class: tag === "ol" ? "told numbered" : "told dotted" });
  const hint = h("p", { class: "hint" });
  const { title, element } = card(testid, hint, list);
  return {
    element,
    label({ view, about }) {
      write(title, view.words[key]);
      write(hint, view.words[`${key}_hint`]);
      list.replaceChildren(...sentencesOf(about).map((words) => h("li", {}, words)));
    },
  };
}

function matches(words, wanted) {
  const text = words.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((part) => text.includes(part));
}

function sum(words) {
  return `${words[0].toUpperCase()}${words.slice(1)}`;
}

// Every lever and constant with its mark, and what the codes say.
function makeSources(ask) {
  const counts = h("p", { class: "counted", "data-testid": "counts" });
  const bar = h("div", { class: "marks-bar", "aria-hidden": "true" });
  const label = h("label", { for: "cgsim-find" });
  const find = h("input", {
    type: "search",
    id: "cgsim-find",
    "data-testid": "find",
    maxlength: 40,
    oninput: filter,
    onchange: () => remember(find.value),
  });
  const markLabel = h("label", { for: "cgsim-mark" });
  const mark = h("select", { id: "cgsim-mark", "data-testid": "mark", onchange: filter });
  const found = h("p", { class: "hint", role: "status", "data-testid": "found" });
  const numbersTitle = h("h3");
  const numbers = h("div", { class: "about-scroll", tabindex: 0, role: "region" });
  const evidenceTitle = h("h3");
  const evidence = h("div", { class: "about-scroll", tabindex: 0, role: "region" });
  const { title, element } = card(
    "sources",
    counts,
    bar,
    h("div", { class: "finding" }, h("div", { class: "field" }, label, find), h("div", { class: "field" }, markLabel, mark)),
    found,
    h("div", { class: "about-two" }, h("div", {}, numbersTitle, numbers), h("div", {}, evidenceTitle, evidence)),
  );
  let scene = null;
  let rows = [];
  let entries = [];
  let built = "";

  // What is typed counts at once; the address follows, and leads only on arrival and on the way back.
  function remember(words) {
    ask({ find: words.replace(/[^\p{L}\p{N}_ .*-]/gu, "").trim() || null });
  }

  function comeBack() {
    find.value = new URLSearchParams(window.location.search).get("find") ?? "";
    filter();
  }

  function chip(kind, words) {
    return h("span", { class: `mark ${kind}` }, words[`mark_${kind}`]);
  }

  function code(name) {
    return h("button", { type: "button", class: "code", onclick: () => go(name), "aria-label": say(scene.view.words, "to_code", { code: name }) }, name);
  }

  function go(name) {
    const entry = entries.find((one) => one.code === name);
    if (!entry) return;
    if (find.value) remember("");
    find.value = "";
    filter();
    for (const one of entries) one.element.classList.toggle("chosen", one === entry);
    entry.element.focus({ preventScroll: true });
    evidence.scrollTop = entry.element.offsetTop - 12;
    if (evidence.getBoundingClientRect().top < 0 || evidence.getBoundingClientRect().top > innerHeight - 80) entry.element.scrollIntoView({ block: "center" });
  }

  function build() {
    const { view, about } = scene;
    const { words } = view;
    rows = about.parameters.map((one) => ({
      mark: one.mark,
      text: [one.label, one.path, one.help, one.codes.join(" "), words[`mark_${one.mark}`]].join(" "),
      element: h(
        "li",
        { class: "number", "data-path": one.path },
        h("span", { class: "number-name" }, h("b", {}, one.label), " ", h("span", { class: "hint" }, words[one.lever ? "lever" : "constant"])),
        h("span", { class: "number-value" }, `${one.value || words.stated}${one.value && one.unit ? ` ${one.unit}` : ""}`),
        h("span", { class: "number-help hint" }, one.help),
        h("span", { class: "number-marks" }, chip(one.mark, words), ...one.codes.map(code)),
      ),
    }));
    entries = about.evidence.map((one) => ({
      code: one.code,
      text: [one.code, one.section, one.words, one.use, one.source].join(" "),
      element: h(
        "li",
        { class: "entry", tabindex: -1, "data-testid": `evidence-${one.code}` },
        h("b", { class: "entry-code" }, one.code),
        " ",
        h("span", { class: "hint" }, `${one.section} · ${one.standing.map((name) => words[`standing_${name}`]).join(", ")}`),
        h("p", {}, one.words),
        one.use ? h("p", {}, sum(one.use)) : null,
        one.source ? h("p", { class: "hint" }, one.source) : null,
      ),
    }));
    numbers.replaceChildren(h("ul", { "data-testid": "numbers" }, ...rows.map((one) => one.element)));
    evidence.replaceChildren(h("ul", { "data-testid": "evidence" }, ...entries.map((one) => one.element)));
  }

  function filter() {
    const wanted = find.value.trim();
    let shown = 0;
    let said = 0;
    for (const one of rows) {
      one.element.hidden = !((!mark.value || one.mark === mark.value) && matches(one.text, wanted));
      shown += !one.element.hidden;
    }
    for (const one of entries) {
      one.element.hidden = !matches(one.text, wanted);
      said += !one.element.hidden;
    }
    write(found, say(scene.view.words, "found", { n: shown, all: rows.length, said, entries: entries.length }));
  }

  window.addEventListener("popstate", comeBack);
  return {
    element,
    label(next) {
      scene = next;
      const { view, about } = scene;
      const { words } = view;
      write(title, words.sources);
      write(counts, say(words, "counts", about.counts));
      bar.replaceChildren(
        ...MARKS.map((kind) => {
          const part = h("span", { class: `mark-part ${kind}` });
          part.style.flexGrow = about.counts[kind];
          return part;
        }),
      );
      write(label, words.find);
      write(markLabel, words.mark);
      const chosen = mark.value;
      mark.replaceChildren(h("option", { value: "" }, words.mark_all), ...MARKS.map((kind) => h("option", { value: kind, selected: kind === chosen }, `${words[`mark_${kind}`]} (${about.counts[kind]})`)));
      write(numbersTitle, words.numbers);
      numbers.setAttribute("aria-label", words.numbers);
      write(evidenceTitle, words.evidence);
      evidence.setAttribute("aria-label", words.evidence);
      if (built !== view.lang) build();
      if (!built) find.value = view.extras.find ?? "";
      built = view.lang;
      filter();
    },
    stop: () => window.removeEventListener("popstate", comeBack),
  };
}

function makePatterns() {
  const counts = h("p", { "data-testid": "verdicts" });
  const body = h("ul", { class: "patterns" });
  const hint = h("p", { class: "hint" });
  const { title, element } = card("patterns", counts, body, hint);
  return {
    element,
    label({ view, about }) {
      const { words } = view;
      write(title, words.patterns);
      const told = { met: about.verdicts.met, direction: about.verdicts["direction met"], not: about.verdicts["not met"], all: about.patterns.length };
      write(counts, say(words, "verdicts", told));
      write(hint, words.patterns_hint);
      body.replaceChildren(
        ...about.patterns.map((one) =>
          h(
            "li",
            { class: one.ruling === "not met" ? "open" : null },
            h("b", {}, one.name),
            h("span", {}, one.title, one.note ? h("span", { class: "pattern-note hint" }, one.note) : null),
            h("span", { class: "verdict" }, one.verdict),
          ),
        ),
      );
    },
  };
}

function makeCiting() {
  const how = h("p", { "data-testid": "cite" });
  const study = h("p");
  const summary = h("summary");
  const list = h("ul", { class: "told dotted" });
  const versions = h("p", { class: "hint", "data-testid": "versions" });
  const { title, element } = card("citing", how, study, h("details", {}, summary, list), versions);
  return {
    element,
    label({ view, about }) {
      const { words } = view;
      write(title, words.cite);
      write(how, say(words, "cite_us", { version: about.versions.cgsim }));
      write(study, say(words, "cite_study", { study: about.references[0].citation }));
      write(summary, words.references);
      list.replaceChildren(...about.references.map((one) => h("li", {}, `${one.citation}${one.doi ? ` doi:${one.doi}` : ""}`)));
      write(versions, `${words.versions}: ${Object.entries(about.versions).map(([name, number]) => `${name} ${number}`).join(" · ")}`);
    },
  };
}

function table({ about }) {
  const quoted = (words) => `"${String(words).replaceAll('"', '""')}"`;
  const rows = about.parameters.map((one) => [one.path, one.label, one.value, one.unit, one.mark, one.codes.join(" ")].map(quoted).join(","));
  return `path,label,value,unit,mark,codes\n${rows.join("\n")}\n`;
}

function render({ model, el }) {
  const frame = mountFrame(
    { model, el },
    {
      scene: () => ({ about: model.get("about") }),
      parts: (ask) => {
        const notice = makePurpose();
        const limits = makeSentences("limits", "limits", (about) => about.limits);
        const month = makeSentences("month-told", "month_told", (about) => about.month, "ol");
        const patterns = makePatterns();
        const citing = makeCiting();
        const right = h("div", { class: "about-right" }, month.element, citing.element);
        const two = { element: h("div", { class: "about-columns" }, limits.element, right) };
        const inner = [limits, month, citing].map((part) => ({ ...part, element: null }));
        return [notice, two, makeSources(ask), patterns, ...inner];
      },
      tools: { table, pictures: null, name: "cgsim-numbers" },
    },
  );
  frame.label();
  const events = "change:view change:about change:faults";
  model.on(events, frame.label);
  return () => {
    model.off(events, frame.label);
    frame.stop();
  };
}

export default { render };

// Everybody ever trained: when they came, when they left, the strongest reason.

import { h, say, write } from "./dom.js";
import { personShape } from "./people.js";

const SHOWN = ["all", "left", "there"];

export function makeEverybody(ask) {
  const title = h("h2");
  const label = h("label", { for: "cgsim-who-shown", class: "unseen" });
  let kind = "all";
  const select = h("select", {
    id: "cgsim-who-shown",
    "data-testid": "who-shown",
    onchange: (event) => {
      kind = event.target.value;
      fill();
    },
  });
  const head = h("thead");
  const body = h("tbody", { "data-testid": "everybody" });
  const caption = h("caption", { class: "unseen" });
  const frame = h("div", { class: "people-table", tabindex: 0, role: "region" }, h("table", {}, caption, head, body));
  const hint = h("p", { class: "hint" });
  const element = h("section", { class: "card everybody" }, h("div", { class: "card-head" }, title, label, select), frame, hint);
  let scene = null;
  let filled = [];

  function row(one) {
    const { view, terms, person } = scene;
    const { words } = view;
    const chosen = one.who === person.who;
    const status = words[`status_${one.status}`];
    const reason = !one.left.length ? "–" : one.strongest ? terms[one.strongest] : words.no_reason;
    return h(
      "tr",
      { class: chosen ? "chosen" : null },
      h(
        "th",
        { scope: "row" },
        h(
          "button",
          {
            type: "button",
            class: "who",
            "data-testid": `who-${one.who}`,
            "aria-current": chosen ? "true" : null,
            "aria-label": say(words, "person", { n: one.who, status }),
            onclick: () => ask({ who: String(one.who), when: null }),
          },
          personShape(one.status),
          h("span", {}, String(one.who)),
        ),
      ),
      h("td", {}, one.came.join(", ")),
      h("td", {}, one.left.join(", ") || "–"),
      h("td", {}, reason, one.luck ? h("span", { class: "hint" }, words.by_luck) : ""),
    );
  }

  function fill() {
    const focused = document.activeElement?.dataset?.testid;
    const kept = scene.everybody.filter((one) => kind === "all" || one.left.length > 0 === (kind === "left"));
    body.replaceChildren(...kept.map(row));
    if (focused?.startsWith("who-") && focused !== "who-shown") body.querySelector(`[data-testid="${focused}"]`)?.focus();
    const here = body.querySelector(".chosen");
    if (here) frame.scrollTop = Math.max(0, here.offsetTop - frame.clientHeight / 2);
  }

  return {
    element,
    label(next) {
      scene = next;
      const { words } = scene.view;
      write(title, words.everybody);
      write(label, words.who_shown);
      const left = scene.everybody.filter((one) => one.left.length > 0).length;
      const counts = { all: scene.everybody.length, left, there: scene.everybody.length - left };
      select.replaceChildren(
        ...SHOWN.map((one) => h("option", { value: one, selected: one === kind }, say(words, `shown_${one}`, { n: counts[one] }))),
      );
      frame.setAttribute("aria-label", words.everybody);
      write(caption, words.everybody);
      head.replaceChildren(h("tr", {}, ...["column_who", "column_in", "column_out", "column_reason"].map((key) => h("th", { scope: "col" }, words[key]))));
      write(hint, words.months_hint);
      // news of work on the way leave the list, and where it was scrolled to, alone
      const now = [scene.everybody, scene.person.who, scene.view.lang];
      if (now.some((one, k) => one !== filled[k])) fill();
      filled = now;
    },
  };
}

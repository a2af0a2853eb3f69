// The way in: code and name first, then a part.

import { h, say, write } from "./dom.js";

function field(id, attributes) {
  const label = h("label", { for: id });
  const input = h("input", { id, type: "text", autocomplete: "off", "aria-describedby": `${id}-hint`, ...attributes });
  const hint = h("p", { class: "hint", id: `${id}-hint` });
  return { element: h("div", { class: "entry-field" }, label, input, hint), label, input, hint };
}

function makeDoor(wish) {
  const title = h("h2");
  const code = field("cgsim-code", { "data-testid": "your-code", maxlength: 12, autocapitalize: "characters", spellcheck: "false" });
  const name = field("cgsim-name", { "data-testid": "your-name", maxlength: 24 });
  const next = h("button", { type: "submit", class: "main", "data-testid": "next" });
  code.input.value = new URLSearchParams(window.location.search).get("code") ?? "";
  const element = h(
    "form",
    {
      class: "card door",
      onsubmit: (event) => {
        event.preventDefault();
        wish("look", { code: code.input.value, name: name.input.value });
      },
    },
    title,
    code.element,
    name.element,
    next,
  );
  return {
    element,
    show(words) {
      write(title, words.join);
      for (const [one, key] of [[code, "your_code"], [name, "your_name"]]) {
        write(one.label, words[key]);
        write(one.hint, words[`${key}_hint`]);
      }
      write(next, words.next);
    },
  };
}

function makeChoice(wish) {
  const title = h("h2", { tabindex: -1 });
  const list = h("ul", { class: "choice" });
  const hint = h("p", { class: "hint" });
  let shown = "";
  return {
    element: h("section", { class: "card" }, title, list, hint),
    title,
    show(parts, words) {
      write(title, words.choose);
      write(hint, words.share_hint);
      const key = JSON.stringify([parts, words.take]);
      if (key === shown) return;
      shown = key;
      list.replaceChildren(
        ...parts.map((one) => {
          const names = one.players.join(", ");
          const who = names ? say(words, "taken_by", { names }) : words.taken_nobody;
          return h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: `take ${one.kind}`, "data-testid": `take-${one.key}`, onclick: () => wish("take", { part: one.key }) },
              h("b", {}, one.name),
              h("span", { class: "hint" }, who),
            ),
          );
        }),
      );
    },
  };
}

export function makeEntry(wish) {
  const door = makeDoor(wish);
  const choice = makeChoice(wish);
  let before = "guest";
  return {
    element: h("div", { class: "way-in" }, door.element, choice.element),
    show(seen, { words }) {
      const choosing = seen.who === "chooser";
      door.element.hidden = choosing;
      choice.element.hidden = !choosing;
      door.show(words);
      if (choosing) choice.show(seen.parts, words);
      if (choosing && before !== "chooser") choice.title.focus();
      before = seen.who;
    },
  };
}

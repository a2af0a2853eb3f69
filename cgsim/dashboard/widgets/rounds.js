// Where the room stands, and what the lecturer may do: play the round, take it back, end the play.

import { STATES, h, s, say, shape, write } from "./dom.js";

function figure(testid) {
  const value = h("span", { class: "figure-value", "data-testid": testid });
  const label = h("span", { class: "figure-label" });
  return { element: h("div", { class: "figure" }, value, label), value, label };
}

function button(testid, act, attributes = {}) {
  return h("button", { type: "button", "data-testid": testid, onclick: act, ...attributes });
}

export function makeRounds(wish) {
  const figures = ["round", "month", "producers", "room-code"].map(figure);
  const mark = s("svg", { viewBox: "0 0 20 20", "aria-hidden": "true", class: "state-mark" });
  const word = h("span", { "data-testid": "state" });
  const state = h("div", { class: "state" }, mark, word);
  const advance = button("advance", () => wish("advance"), { class: "main" });
  const undo = button("undo", () => wish("undo"));
  const finish = button("finish", () => sure(true));
  const question = h("span");
  const yes = button("finish-yes", () => { sure(false); wish("finish"); }, { class: "main" });
  const no = button("finish-no", () => sure(false));
  const asking = h("div", { class: "asking", role: "group" }, question, yes, no);
  const hint = h("p", { class: "hint" });
  let over = false;
  let begun = false;

  function sure(asked) {
    const held = asked || yes === document.activeElement || no === document.activeElement;
    asking.hidden = !asked;
    finish.hidden = asked || over || !begun;
    if (asked) no.focus();
    else if (held && !finish.hidden) finish.focus();
  }

  asking.hidden = true;
  return {
    element: h(
      "section",
      { class: "card rounds" },
      h("div", { class: "figures" }, ...figures.map((one) => one.element), state),
      h("div", { class: "buttons" }, advance, undo, finish, asking),
      hint,
    ),
    show(seen, words) {
      over = seen.over;
      begun = seen.round > 0;
      const told = [
        [words.round, say(words, "round_of", { n: seen.round, all: seen.rounds })],
        [words.name_of_month, `${seen.month} / ${seen.months}`],
        [words.producers, seen.month ? String(seen.producers) : "–"],
        [words.code, seen.code],
      ];
      figures.forEach((one, k) => {
        write(one.label, told[k][0]);
        write(one.value, told[k][1]);
      });
      state.hidden = seen.state === null;
      if (seen.state !== null) {
        write(word, words[seen.state]);
        state.dataset.state = seen.state;
        mark.replaceChildren(shape(STATES[STATES.indexOf(seen.state)], 10, 10, 7));
      }
      write(advance, say(words, "advance", { n: seen.round + 1 }));
      write(undo, over && seen.month < seen.months ? words.undo_end : words.undo);
      write(finish, words.finish);
      write(question, words.finish_sure);
      write(yes, words.yes);
      write(no, words.no);
      advance.hidden = over;
      undo.hidden = !begun;
      if (over || !begun) asking.hidden = true;
      finish.hidden = over || !begun || !asking.hidden;
      const months = Math.min(seen.quarter, seen.months - seen.month);
      write(hint, over ? "" : say(words, "advance_hint", { n: months }));
    },
  };
}

// Bet first, then see; and was it luck: the same settings under many other seeds.

import { STATES, h, s, say, shape, write } from "./dom.js";

export function makeBet(clock, ask) {
  const title = h("h2");
  const asks = h("p", { "data-testid": "bet-question" });
  const choices = h("div", { class: "bets", role: "group" });
  const verdict = h("p", { class: "verdict", role: "status", "data-testid": "bet-verdict" });
  const luck = h("button", {
    type: "button",
    "data-testid": "luck",
    onclick: () => ask({ luck: shown.view.extras.luck ? null : "1" }),
  });
  const said = h("p", { class: "luck-words", role: "status", "data-testid": "luck-words" });
  const element = h("section", { class: "card bet" }, title, asks, choices, verdict, luck, said);
  let shown = null;
  const buttons = STATES.map((state) =>
    h("button", {
      type: "button",
      "data-testid": `bet-${state}`,
      onclick: () => ask({ bet: shown.view.extras.bet === state ? null : state }),
    }),
  );
  choices.append(...buttons);

  function sayLuck({ view, luck: band }) {
    const { words } = view;
    if (!view.extras.luck) return "";
    if (!band || band.state === "waiting") return say(words, "work_waiting", { n: band?.before ?? 0 });
    if (band.state === "running") return words.work_running;
    if (band.state !== "done") return words[`work_${band.state}`];
    const share = Object.fromEntries(STATES.map((state, k) => [state, Math.round(100 * band.shares[k])]));
    return say(words, "luck_said", { runs: band.runs, ...share });
  }

  function sayBet({ view, run, luck: band }) {
    const { words, extras } = view;
    if (!extras.bet) return "";
    const bet = words[extras.bet].toLowerCase();
    if (clock.month < clock.months) return say(words, "bet_open", { bet });
    const came = STATES[run.series.state[clock.months - 1]];
    const told = say(words, came === extras.bet ? "bet_right" : "bet_wrong", {
      bet,
      came: words[came].toLowerCase(),
    });
    if (band?.state !== "done") return told;
    const percent = Math.round(100 * band.shares[STATES.indexOf(extras.bet)]);
    return `${told} ${say(words, "bet_luck", { bet, percent, runs: band.runs })}`;
  }

  return {
    element,
    label({ view, run }) {
      const { words } = view;
      write(title, words.bet);
      write(asks, say(words, "bet_question", { n: run.months }));
      STATES.forEach((state, k) => {
        buttons[k].replaceChildren(
          s("svg", { viewBox: "0 0 20 20", class: "state-mark", "aria-hidden": "true" }, shape(state, 10, 10, 7)),
          words[state],
        );
        buttons[k].setAttribute("aria-pressed", String(view.extras.bet === state));
      });
      write(luck, view.extras.luck ? words.luck_off : words.luck_on);
      luck.setAttribute("aria-pressed", String(Boolean(view.extras.luck)));
    },
    show(scene) {
      shown = scene;
      write(verdict, sayBet(scene));
      write(said, sayLuck(scene));
    },
  };
}

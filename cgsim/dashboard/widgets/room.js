// The projector of a room: the way in, who is ready, the world so far, and what came of it.

import { makeAfter } from "./after.js";
import { makeBoard, makeLobby } from "./board.js";
import { h, write } from "./dom.js";
import { makeIndicators } from "./indicators.js";
import { makePeople } from "./people.js";
import { makeRing } from "./ring.js";
import { makeRounds } from "./rounds.js";
import { makeTimeline } from "./timeline.js";
import { makeTrust } from "./trust.js";
import { frameRoom, keepSecret, keptSecret, makeMessage, makeWishes } from "./wish.js";

const KEPT = "cgsim.room.lecturer";

// The secret stands in the address once; then no wall shows it.
function takeSecret() {
  const given = window.location.hash.slice(1);
  if (!given) return keptSecret(KEPT);
  keepSecret(KEPT, given);
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  return given;
}

function makeTold() {
  const parts = ["moved", "lived"].map((name) => ({ name, title: h("h2"), list: h("ul", { class: "log", "data-testid": `told-${name}` }) }));
  return {
    element: h("section", { class: "card told" }, ...parts.flatMap((one) => [one.title, one.list])),
    show(seen, words) {
      const lines = { moved: seen.told, lived: seen.log.length ? seen.log : [words.nothing_lived] };
      for (const one of parts) {
        write(one.title, words[one.name]);
        one.list.replaceChildren(...lines[one.name].map((line) => h("li", {}, line)));
      }
    },
  };
}

// The pictures of the live page, in which nobody can look beyond the month lived.
function makeWorld() {
  const clock = {
    month: 1,
    months: 1,
    scrub(month) {
      clock.month = Math.min(Math.max(Math.round(month), 1), clock.lived);
      paint();
    },
  };
  const rows = [
    [makeTimeline(clock), makeIndicators()],
    [makeRing(), makeTrust(), makePeople()],
  ];
  const all = rows.flat();
  let scene = null;
  function paint() {
    for (const one of all) one.show({ ...scene, month: clock.month });
  }
  return {
    element: h(
      "div",
      { class: "world", "data-testid": "world" },
      ...rows.map((row, k) => h("div", { class: `pictures room-row-${k + 1}` }, ...row.map((one) => one.element))),
    ),
    show(run, view) {
      clock.months = run.months;
      clock.lived = clock.month = run.lived;
      scene = { run, view, playing: true };
      for (const one of all) one.label?.({ ...scene, month: clock.month });
      paint();
    },
    stop: () => all.forEach((one) => one.stop?.()),
  };
}

function render({ model, el }) {
  const wish = makeWishes(model);
  const message = makeMessage("no-place");
  const rounds = makeRounds(wish);
  const board = makeBoard(wish);
  const lobby = makeLobby();
  const told = makeTold();
  const world = makeWorld();
  const after = makeAfter(wish);
  const side = h("div", { class: "beside-stage" }, board.element, told.element);
  const stage = h("div", { class: "stage" }, lobby.element, after.element, world.element);
  const play = h("div", { class: "play" }, side, stage);
  const frame = frameRoom(model, el, wish, [message.element, rounds.element, play]);

  function showWorld() {
    const run = model.get("run");
    if (run.lived) world.show(run, model.get("view"));
  }

  function show() {
    const [seen, view] = [model.get("seen"), model.get("view")];
    const words = view.words;
    const inside = seen.who === "lecturer";
    frame.label(view);
    message.element.hidden = inside || seen.who === "arriving";
    rounds.element.hidden = play.hidden = !inside;
    if (seen.who === "no_room") message.tell(words.no_room, words.no_room_hint);
    if (seen.who === "stranger") message.tell(words.not_lecturer, words.not_lecturer_hint, words.to_join);
    if (!inside) return;
    rounds.show(seen, words);
    board.show(seen, words);
    lobby.element.hidden = seen.month > 0;
    told.element.hidden = seen.month === 0 || seen.over;
    world.element.hidden = seen.month === 0 || seen.over;
    after.element.hidden = !seen.over;
    if (seen.month === 0) lobby.show(seen, words);
    else told.show(seen, words);
    if (seen.over) after.show({ seen, view, found: model.get("after"), luck: model.get("luck") });
    else showWorld();
  }

  model.on("change:seen change:view change:refused change:run change:after change:luck", show);
  show();
  wish("hello", { token: takeSecret() });
  return () => {
    model.off("change:seen change:view change:refused change:run change:after change:luck", show);
    world.stop();
    after.stop();
    frame.stop();
  };
}

export default { render };

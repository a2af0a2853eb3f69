// The live page: one clock, and the parts that show the month it stands at.

import { makeBet } from "./bet.js";
import { listenToKeys, makeClock } from "./clock.js";
import { h, makeReader } from "./dom.js";
import { download } from "./files.js";
import { mountFrame } from "./frame.js";
import { makeIndicators } from "./indicators.js";
import { shownValue } from "./lever.js";
import { makeLevers } from "./levers.js";
import { makePeople } from "./people.js";
import { makePlayer } from "./player.js";
import { makeRing } from "./ring.js";
import { makeStory } from "./story.js";
import { makeTimeline } from "./timeline.js";
import { makeTrust } from "./trust.js";

// The address follows the month, without asking the server; while it plays once a second.
function makeMemory(clock) {
  let timer = null;
  let last = 0;
  function remember() {
    const address = new URL(window.location.href);
    if (clock.month > 1) address.searchParams.set("month", clock.month);
    else address.searchParams.delete("month");
    if (address.href !== window.location.href)
      window.history.replaceState(window.history.state, "", address);
  }
  return () => {
    clearTimeout(timer);
    if (!clock.playing) timer = setTimeout(remember, 150);
    else if (performance.now() - last > 1000) {
      last = performance.now();
      remember();
    }
  };
}

function render({ model, el }) {
  const clock = makeClock(show);
  const run = makeReader(model, "trajectory");
  const remember = makeMemory(clock);
  clock.month = model.get("view").month;
  const frame = mountFrame(
    { model, el },
    {
      scene: () => ({
        run: run(),
        luck: model.get("luck"),
        month: clock.month,
        playing: clock.playing,
      }),
      extra: () => ({ month: clock.month }),
      parts: (ask) => {
        const story = makeStory(clock, ask);
        const rows = [
          [makeRing(), makeTrust(), makeIndicators()],
          [makeTimeline(clock), makePeople(ask)],
          [story, makeBet(clock, ask)],
        ];
        const laid = rows.map((row, k) => ({
          element: h("div", { class: `pictures row-${k + 1}` }, ...row.map((one) => one.element)),
        }));
        const inner = rows.flat().map((one) => ({ ...one, element: null }));
        return [makeLevers(ask, shownValue), makePlayer(clock), { element: story.banner }, ...laid, ...inner];
      },
      tools: { askTable: () => frame.ask({}, { table: true }), pictures: () => [...el.querySelectorAll("svg.chart")], name: "cgsim-live" },
    },
  );

  function show() {
    frame.show();
    remember();
  }

  // What came in one message is drawn once.
  let due = false;
  function labelSoon() {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      label();
    });
  }

  function label() {
    clock.fit(run().months);
    frame.label();
  }

  // The server was asked for the table of months, every digit of it.
  function hand() {
    const { text } = model.get("table");
    if (text) download("cgsim-live.csv", [text], "text/csv;charset=utf-8");
  }

  function comeBack() {
    clock.scrub(Number(new URLSearchParams(window.location.search).get("month")) || 1);
  }

  label();
  model.on("change:trajectory change:view change:faults change:offers change:saved", labelSoon);
  model.on("change:luck", show);
  model.on("change:table", hand);
  window.addEventListener("popstate", comeBack);
  const deafen = listenToKeys(clock);
  return () => {
    clock.pause();
    deafen();
    window.removeEventListener("popstate", comeBack);
    model.off("change:trajectory change:view change:faults change:offers change:saved", labelSoon);
    model.off("change:luck", show);
    model.off("change:table", hand);
    frame.stop();
  };
}

export default { render };

// The live page: one clock, and the parts that show the month it stands at.

import { makeBet } from "./bet.js";
import { listenToKeys, makeClock } from "./clock.js";
import { h } from "./dom.js";
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

// The address follows the month at rest, without asking the server.
function makeMemory(clock) {
  let timer = null;
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
  };
}

// The months shown as a table, every number as the page got it.
function table({ run }) {
  const names = Object.keys(run.series);
  const rows = run.series.state.map((_, month) =>
    [month, ...names.map((name) => {
      const value = run.series[name][month];
      return name === "state" ? run.states[value] : value;
    })].join(","),
  );
  return `${["month", ...names].join(",")}\n${rows.join("\n")}\n`;
}

function render({ model, el }) {
  const clock = makeClock(show);
  const remember = makeMemory(clock);
  clock.month = model.get("view").month;
  const frame = mountFrame(
    { model, el },
    {
      scene: () => ({
        run: model.get("trajectory"),
        luck: model.get("luck"),
        month: clock.month,
        playing: clock.playing,
      }),
      extra: () => ({ month: clock.month }),
      parts: (ask) => {
        const rows = [
          [makeRing(), makeTrust(), makeIndicators()],
          [makeTimeline(clock), makePeople(ask)],
          [makeStory(clock, ask), makeBet(clock, ask)],
        ];
        const laid = rows.map((row, k) => ({
          element: h("div", { class: `pictures row-${k + 1}` }, ...row.map((one) => one.element)),
        }));
        const inner = rows.flat().map((one) => ({ ...one, element: null }));
        return [makeLevers(ask, shownValue), makePlayer(clock), ...laid, ...inner];
      },
      tools: { table, pictures: () => [...el.querySelectorAll("svg.chart")], name: "cgsim-live" },
    },
  );

  function show() {
    frame.show();
    remember();
  }

  function label() {
    clock.fit(model.get("trajectory").months);
    frame.label();
  }

  function comeBack() {
    clock.scrub(Number(new URLSearchParams(window.location.search).get("month")) || 1);
  }

  label();
  model.on("change:trajectory change:view change:faults", label);
  model.on("change:luck", show);
  window.addEventListener("popstate", comeBack);
  const deafen = listenToKeys(clock);
  return () => {
    clock.pause();
    deafen();
    window.removeEventListener("popstate", comeBack);
    model.off("change:trajectory change:view change:faults", label);
    model.off("change:luck", show);
    frame.stop();
  };
}

export default { render };

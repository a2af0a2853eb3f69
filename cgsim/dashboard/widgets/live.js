// The live page: one clock, and the parts that show the month it stands at.

import { listenToKeys, makeClock } from "./clock.js";
import { h, write } from "./dom.js";
import { makeIndicators } from "./indicators.js";
import { makeLevers } from "./levers.js";
import { makeMasthead } from "./masthead.js";
import { makePlayer } from "./player.js";
import { makeTimeline } from "./timeline.js";

// The page frame forbids to zoom; people who need it must be able to.
function allowZoom() {
  const viewport = document.querySelector('meta[name="viewport"]');
  viewport?.setAttribute("content", "width=device-width, initial-scale=1");
}

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

function makeNotices() {
  const title = h("h2", { class: "unseen" });
  const list = h("ul");
  const element = h(
    "section",
    { class: "notices", role: "status", "data-testid": "notices" },
    title,
    list,
  );
  return {
    element,
    label({ view }) {
      write(title, view.words.notices);
      element.hidden = view.notices.length === 0;
      list.replaceChildren(...view.notices.map((words) => h("li", {}, words)));
    },
  };
}

function render({ model, el }) {
  const clock = makeClock(show);
  const remember = makeMemory(clock);
  let asked = 0;

  function ask(change) {
    model.set("asked", { n: ++asked, change: { ...change, month: clock.month } });
    model.save_changes();
  }

  const notice = h("p", { "data-testid": "notice" });
  const parts = {
    masthead: makeMasthead(ask),
    notices: makeNotices(),
    levers: makeLevers(ask),
    player: makePlayer(clock),
    timeline: makeTimeline(clock),
    indicators: makeIndicators(),
  };

  function scene() {
    const { month, playing } = clock;
    return { run: model.get("trajectory"), view: model.get("view"), month, playing };
  }

  function show() {
    const now = scene();
    for (const part of Object.values(parts)) part.show?.(now);
    remember();
  }

  function label() {
    clock.fit(model.get("trajectory").months);
    const now = scene();
    document.documentElement.lang = now.view.lang;
    for (const part of Object.values(parts)) part.label(now);
    write(notice, now.view.words.notice);
    show();
  }

  function comeBack() {
    clock.scrub(Number(new URLSearchParams(window.location.search).get("month")) || 1);
  }

  clock.month = model.get("view").month;
  allowZoom();
  el.classList.add("cgsim");
  el.append(
    parts.masthead.element,
    h(
      "main",
      { "data-testid": "page" },
      parts.notices.element,
      parts.levers.element,
      parts.player.element,
      h("div", { class: "pictures" }, parts.timeline.element, parts.indicators.element),
    ),
    h("footer", {}, notice),
  );
  label();
  model.on("change:trajectory change:view", label);
  window.addEventListener("popstate", comeBack);
  const deafen = listenToKeys(clock);
  return () => {
    clock.pause();
    deafen();
    window.removeEventListener("popstate", comeBack);
    model.off("change:trajectory change:view", label);
    for (const part of Object.values(parts)) part.stop?.();
  };
}

export default { render };

// What all pages share: head with the menu, notices, faults of an opened file, tools, foot.

import { h, makeReader, write } from "./dom.js";
import { makeToolbar } from "./files.js";
import { makeMasthead } from "./masthead.js";

// The page frame forbids to zoom; people who need it must be able to.
function allowZoom() {
  const viewport = document.querySelector('meta[name="viewport"]');
  viewport?.setAttribute("content", "width=device-width, initial-scale=1");
}

function makeList(testid, role) {
  const title = h("h2", { class: "unseen" });
  const list = h("ul");
  const element = h("section", { class: "notices", role, "data-testid": testid }, title, list);
  return {
    element,
    tell(heading, lines) {
      write(title, heading);
      element.hidden = lines.length === 0;
      list.replaceChildren(...lines.map((words) => h("li", {}, words)));
    },
  };
}

// Whether the server is there; it is seen by the library that speaks to it.
function makeConnection() {
  const words = h("p", { "data-testid": "disconnected" });
  const element = h("section", { class: "notices lost", role: "alert" }, words);
  let said = "";
  element.hidden = true;
  function look() {
    const gone = (window.solara?.debug?.connectionStatus ?? "connected") !== "connected";
    element.hidden = !gone;
    write(words, gone ? said : "");
  }
  const timer = setInterval(look, 500);
  return {
    element,
    label({ view }) {
      said = view.words.disconnected;
    },
    stop: () => clearInterval(timer),
  };
}

// parts: a list of { element?, label?(scene), show?(scene), stop?() } in the order of the page.
// scene() gives what a page knows beside the frame; tools: { table, pictures, name } of the toolbar.
export function mountFrame({ model, el }, { parts, scene, tools, extra = () => ({}) }) {
  let asked = 0;

  function ask(change, more = {}) {
    model.set("asked", { n: ++asked, change: { ...change, ...extra() }, ...more });
    model.save_changes();
  }

  const offers = makeReader(model, "offers");
  const masthead = makeMasthead(ask);
  const connection = makeConnection();
  const notices = makeList("notices", "status");
  const faults = makeList("faults", "alert");
  const notice = h("p", { "data-testid": "notice" });
  const made = parts(ask);
  const toolbar = makeToolbar({ ask, ...tools });
  const all = [masthead, connection, ...made, toolbar];

  function now() {
    const view = model.get("view");
    return {
      view,
      offers: offers(),
      saved: model.get("saved"),
      ...scene(model),
    };
  }

  function show() {
    const seen = now();
    for (const part of all) part.show?.(seen);
  }

  function label() {
    const seen = now();
    document.documentElement.lang = seen.view.lang;
    notices.tell(seen.view.words.notices, seen.view.notices);
    faults.tell(seen.view.words.faults, model.get("faults"));
    for (const part of all) part.label?.(seen);
    write(notice, seen.view.words.notice);
    show();
  }

  allowZoom();
  el.classList.add("cgsim");
  el.append(
    masthead.element,
    h(
      "main",
      { "data-testid": "page" },
      connection.element,
      notices.element,
      faults.element,
      ...made.map((part) => part.element).filter(Boolean),
      toolbar.element,
    ),
    h("footer", {}, notice),
  );
  return {
    ask,
    show,
    label,
    made,
    stop() {
      for (const part of all) part.stop?.();
    },
  };
}

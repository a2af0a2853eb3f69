// What both pages of a room share: wishes to the server, secrets that the browser keeps, the frame.

import { h, write } from "./dom.js";
import { makeMasthead } from "./masthead.js";

export function makeWishes(model) {
  let asked = 0;
  return (wish, more = {}) => {
    model.set("asked", { n: ++asked, do: wish, ...more });
    model.save_changes();
  };
}

export function keptSecret(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

export function keepSecret(name, secret) {
  try {
    if (secret) localStorage.setItem(name, secret);
    else localStorage.removeItem(name);
  } catch {
    // then it holds for this page alone
  }
}

// Head, what was refused, the parts of the page, foot.
export function frameRoom(model, el, wish, parts) {
  const masthead = makeMasthead((change) => wish("lang", change));
  const refused = h("p", { class: "notices", role: "alert", "data-testid": "refused" });
  const notice = h("p", { "data-testid": "notice" });
  const viewport = document.querySelector('meta[name="viewport"]');
  viewport?.setAttribute("content", "width=device-width, initial-scale=1");
  el.classList.add("cgsim", "room");
  el.append(
    masthead.element,
    h("main", { "data-testid": "page" }, refused, ...parts),
    h("footer", {}, notice),
  );
  return {
    label(view) {
      document.documentElement.lang = view.lang;
      masthead.label({ view });
      masthead.element.querySelector("nav").hidden = true;
      write(notice, view.words.notice);
      const why = model.get("refused");
      refused.hidden = why === "";
      write(refused, why);
    },
    stop: () => masthead.stop(),
  };
}

// A card with a title and a hint, for whoever has no place here.
export function makeMessage(testid) {
  const title = h("h2");
  const hint = h("p", { class: "hint" });
  const link = h("a", { href: "/join", class: "way-on" });
  const element = h("section", { class: "card message", "data-testid": testid }, title, hint, link);
  return {
    element,
    tell(heading, words, onward = "") {
      write(title, heading);
      write(hint, words);
      write(link, onward);
      link.hidden = onward === "";
    },
  };
}

// The head of the page: its name, the other language, light or dark.

import { h, icon, write } from "./dom.js";

const THEMES = ["auto", "light", "dark"];
const KEPT = "cgsim.theme";
const SUN_AND_MOON =
  "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zm0 2v14a7 7 0 0 1 0-14z";

function keptTheme() {
  try {
    const kept = localStorage.getItem(KEPT);
    return THEMES.includes(kept) ? kept : "auto";
  } catch {
    return "auto"; // a browser that keeps nothing
  }
}

function keepTheme(theme) {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // then it holds for this page alone
  }
}

export function makeMasthead(ask) {
  const title = h("h1", { class: "unseen" });
  const menu = h("nav", { class: "menu" });
  const brand = h("span", { class: "brand-words" });
  const language = h("button", {
    type: "button",
    class: "quiet",
    "data-testid": "language",
    onclick: () => ask({ lang: other }),
  });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const themeWord = h("span", { class: "theme-word" });
  const themeButton = h(
    "button",
    { type: "button", class: "quiet", "data-testid": "theme", onclick: nextTheme },
    icon(SUN_AND_MOON),
    themeWord,
  );
  let other = "id";
  let theme = keptTheme();
  let words = {};

  // A link that works without the click being caught: a new tab opens the same page.
  function link(page, view) {
    const path = page === view.pages[0] ? "/" : `/${page}`;
    const here = page === view.page;
    return h(
      "a",
      {
        href: view.query ? `${path}?${view.query}` : path,
        "data-testid": `to-${page}`,
        "aria-current": here ? "page" : null,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          if (!here) ask({}, { page });
        },
      },
      words[`page_${page.replace("-", "_")}`],
    );
  }

  function nextTheme() {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    keepTheme(theme);
    paint();
  }

  function paint() {
    const shown = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset.cgsimTheme = shown;
    if (!words.theme) return;
    write(themeWord, words[`theme_${theme}`]);
    themeButton.setAttribute("aria-label", `${words.theme}: ${words[`theme_${theme}`]}`);
  }

  dark.addEventListener("change", paint);
  paint();
  return {
    element: h(
      "header",
      { class: "masthead" },
      h("span", { class: "brand" }, h("b", {}, "cgsim"), " ", brand),
      title,
      menu,
      h("span", { class: "gap" }),
      language,
      themeButton,
    ),
    label({ view }) {
      words = view.words;
      other = view.lang === "id" ? "en" : "id";
      write(brand, words.brand);
      write(title, words.title);
      menu.setAttribute("aria-label", words.menu);
      menu.replaceChildren(...view.pages.map((page) => link(page, view)));
      write(language, words.language);
      language.lang = other;
      paint();
    },
    stop: () => dark.removeEventListener("change", paint),
  };
}

// The head of the page: its name, the other language, light or dark.

import { h, icon, write } from "./dom.js";

const THEMES = ["auto", "light", "dark"];
const SIZES = ["usual", "large"];
const SUN_AND_MOON =
  "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zm0 2v14a7 7 0 0 1 0-14z";

// A letter A, small and large.
const LETTERS = "M1 19L4.6 9h1.9L10 19H8.2l-.9-2.6H3.7L2.8 19zM4.3 14.8h2.5L5.5 11zM10 19L15.3 4h2.6L23 19h-2.5l-1.4-4h-5.1l-1.4 4zM14.7 13h3.8l-1.9-5.6z";

function kept(name, choices) {
  try {
    const found = localStorage.getItem(name);
    return choices.includes(found) ? found : choices[0];
  } catch {
    return choices[0]; // a browser that keeps nothing
  }
}

function keep(name, choice) {
  try {
    localStorage.setItem(name, choice);
  } catch {
    // then it holds for this page alone
  }
}

// Larger words and pictures for the back of a room.
function makeSize() {
  const element = h(
    "button",
    { type: "button", class: "quiet size", "data-testid": "large-text", onclick: turn },
    icon(LETTERS),
  );
  let size = kept("cgsim.text", SIZES);

  function turn() {
    size = SIZES[1 - SIZES.indexOf(size)];
    keep("cgsim.text", size);
    paint();
  }

  function paint() {
    document.documentElement.dataset.cgsimText = size;
    element.setAttribute("aria-pressed", String(size === "large"));
  }

  paint();
  return {
    element,
    label(words) {
      element.title = words.large_text;
      element.setAttribute("aria-label", words.large_text);
    },
  };
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
  let theme = kept("cgsim.theme", THEMES);
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
    keep("cgsim.theme", theme);
    paint();
  }

  function paint() {
    const shown = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset.cgsimTheme = shown;
    if (!words.theme) return;
    write(themeWord, words[`theme_${theme}`]);
    themeButton.setAttribute("aria-label", `${words.theme}: ${words[`theme_${theme}`]}`);
  }

  const size = makeSize();
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
      size.element,
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
      size.label(words);
      paint();
    },
    stop: () => dark.removeEventListener("change", paint),
  };
}

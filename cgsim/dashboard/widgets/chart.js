// A card with one picture that fills its width and is drawn anew when that changes.

import { h, s, widthOf, write } from "./dom.js";

// draw(svg, scene, width); words: the keys of its title and of the hint beside it.
export function makeChartCard({ name, testid, words, draw }) {
  const title = h("h2");
  const hint = h("span", { class: "hint" });
  const svg = s("svg", { role: "img", "data-testid": testid, class: "chart" });
  const element = h("section", { class: `card ${name}` }, h("div", { class: "card-head" }, title, hint), svg);
  let scene = null;
  const paint = () => {
    const width = widthOf(svg);
    if (scene && width > 0) draw(svg, scene, width);
  };
  const watcher = new ResizeObserver(paint);
  watcher.observe(element);
  return {
    element,
    label({ view }) {
      write(title, view.words[words.title]);
      write(hint, view.words[words.hint]);
      svg.dataset.title = view.words[words.title];
    },
    show(next) {
      scene = next;
      paint();
    },
    stop: () => watcher.disconnect(),
  };
}

// Who trusts whom: organisations and the trainees; width is trust, dashed where it is low.

import { decimal, h, s, say, write } from "./dom.js";

const LOW = 0.35;
const HEIGHT = 296;

function places(count, width) {
  const [rx, ry] = [Math.min(width / 2 - 70, 160), 96];
  return Array.from({ length: count }, (_, k) => {
    const angle = -Math.PI / 2 + Math.PI / count + (2 * Math.PI * k) / count - Math.PI / 2;
    return [width / 2 + rx * Math.cos(angle), HEIGHT / 2 - 6 + ry * Math.sin(angle)];
  });
}

// Every pair with the trust between them, null where nobody is there to trust.
function ties({ run, month }) {
  const row = month - 1;
  const found = [];
  const count = run.organisations.length;
  for (let o = 0; o < count; o++) {
    for (let p = o + 1; p < count; p++) {
      const there = run.organisations[o].present[row] && run.organisations[p].present[row];
      found.push([o, p, (run.pacts[row][o][p] + run.pacts[row][p][o]) / 2, Boolean(there)]);
    }
    found.push([o, count, run.organisations[o].trust[row], Boolean(run.organisations[o].present[row])]);
  }
  return found;
}

function node([x, y], name, there, company) {
  const shape = company
    ? s("rect", { x: x - 17, y: y - 17, width: 34, height: 34, rx: 4 })
    : s("circle", { cx: x, cy: y, r: 18 });
  shape.setAttribute("class", there ? "node" : "node gone");
  const below = y > HEIGHT / 2 - 6;
  return [
    shape,
    s("text", { x, y: below ? y + 34 : y - 25, "text-anchor": "middle", class: "node-name" }, name),
  ];
}

function short(name) {
  const inside = /\(([^)]{2,8})\)/.exec(name);
  return inside ? inside[1] : name;
}

function draw(svg, scene, width) {
  const { run, view, month } = scene;
  const names = [...run.organisations.map((one) => short(one.name[view.lang])), view.words.trainees];
  const at = places(names.length, width);
  const lines = [];
  const chips = [];
  const told = [];
  for (const [a, b, trust, there] of ties(scene)) {
    if (trust === null) continue;
    const [[x1, y1], [x2, y2]] = [at[a], at[b]];
    const low = trust < LOW || !there;
    lines.push(
      s("line", {
        x1, y1, x2, y2,
        class: `tie${low ? " low" : ""}${there ? "" : " gone"}`,
        "stroke-width": (1 + 9 * trust).toFixed(1),
      }),
    );
    // chips of crossing lines stand beside one another
    const share = 0.5 + ((a + b) % 2 ? 0.1 : -0.1);
    const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
    const number = decimal(view.lang, trust);
    chips.push(
      s("rect", { x: x - 17, y: y - 10, width: 34, height: 20, rx: 10, class: "chip" }),
      s("text", { x, y: y + 4, "text-anchor": "middle", class: "chip-word" }, number),
    );
    told.push(`${names[a]} – ${names[b]} ${number}`);
  }
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.setAttribute("height", HEIGHT);
  const nodes = names.flatMap((name, k) => {
    const one = run.organisations[k];
    return node(at[k], name, one ? Boolean(one.present[month - 1]) : true, one?.company);
  });
  svg.replaceChildren(...lines, ...nodes, ...chips);
  svg.setAttribute("aria-label", say(view.words, "trust_long", { ties: told.join("; ") }));
}

export function makeTrust() {
  const title = h("h2");
  const legend = h("span", { class: "hint" });
  const svg = s("svg", { role: "img", "data-testid": "trust-network", class: "chart" });
  const element = h("section", { class: "card trust" }, h("div", { class: "card-head" }, title, legend), svg);
  let scene = null;
  const paint = () => {
    const width = Math.round(svg.getBoundingClientRect().width);
    if (scene && width > 0) draw(svg, scene, width);
  };
  const watcher = new ResizeObserver(paint);
  watcher.observe(element);
  return {
    element,
    label({ view }) {
      write(title, view.words.who_trusts);
      write(legend, view.words.who_trusts_legend);
      svg.dataset.title = view.words.who_trusts;
    },
    show(next) {
      scene = next;
      paint();
    },
    stop: () => watcher.disconnect(),
  };
}

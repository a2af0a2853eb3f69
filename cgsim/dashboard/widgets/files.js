// Files and links: what leaves the page is made in the browser, what comes in is text alone.

import { h, write } from "./dom.js";

export const MOST_BYTES = 1_000_000;

export function download(name, parts, type) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// On a class network without https there is no clipboard; a field to copy from does as well.
export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = h("textarea", { readonly: true, class: "unseen" });
    field.value = words;
    document.body.append(field);
    field.select();
    const done = document.execCommand?.("copy") ?? false;
    field.remove();
    return done;
  }
}

const PAINTED = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity",
  "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order",
];

function painted(svg) {
  const copied = svg.cloneNode(true);
  const [from, to] = [svg, copied].map((one) => [one, ...one.querySelectorAll("*")]);
  from.forEach((element, k) => {
    const style = getComputedStyle(element);
    for (const name of PAINTED) to[k].style.setProperty(name, style.getPropertyValue(name));
  });
  return copied;
}

// Words in lines that fit into so many pixels.
function broken(brush, words, room) {
  const found = [];
  for (const word of words.split(" ")) {
    const longer = found.length ? `${found[found.length - 1]} ${word}` : word;
    if (found.length && brush.measureText(longer).width <= room) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

// The pictures of the page, one below the other, with their names and the notice.
export async function savePicture(name, svgs, { title, notice }) {
  const scale = 2;
  const shown = svgs.filter((svg) => svg.getBoundingClientRect().width > 0);
  const boxes = shown.map((svg) => svg.getBoundingClientRect());
  const width = Math.max(480, ...boxes.map((box) => box.width)) + 32;
  const heights = boxes.map((box) => box.height + 34);
  const canvas = h("canvas");
  const brush = canvas.getContext("2d");
  const small = "12px sans-serif";
  brush.font = small;
  const below = broken(brush, notice, width - 32);
  const height = 56 + heights.reduce((sum, one) => sum + one, 0) + 18 + 16 * below.length;
  canvas.width = width * scale; // clears the brush too
  canvas.height = height * scale;
  const style = getComputedStyle(document.querySelector(".cgsim"));
  brush.scale(scale, scale);
  brush.fillStyle = style.backgroundColor;
  brush.fillRect(0, 0, width, height);
  brush.fillStyle = style.color;
  brush.font = "600 17px sans-serif";
  brush.fillText(title, 16, 30);
  let top = 46;
  for (const [k, svg] of shown.entries()) {
    const copied = painted(svg);
    copied.setAttribute("width", boxes[k].width);
    copied.setAttribute("height", boxes[k].height);
    const words = new XMLSerializer().serializeToString(copied);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(words)}`;
    await image.decode();
    brush.font = "600 13px sans-serif";
    brush.fillText(svg.dataset.title ?? "", 16, top + 14);
    brush.drawImage(image, 16, top + 22, boxes[k].width, boxes[k].height);
    top += heights[k];
  }
  brush.font = small;
  below.forEach((line, k) => brush.fillText(line, 16, height - 12 - 16 * (below.length - 1 - k)));
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  download(name, [blob], "image/png");
}

// The row of buttons below every page; of a page of several scenarios each saves and opens its own.
export function makeToolbar({ ask, table, pictures, name, single = true }) {
  const said = h("span", { class: "hint", role: "status", "data-testid": "tool-said" });
  const file = h("input", {
    type: "file",
    id: "cgsim-open",
    accept: ".yaml,.yml,text/yaml",
    "data-testid": "open-file",
    onchange: open,
  });
  const openLabel = h("label", { for: "cgsim-open", class: "file-label" });
  const command = h("code", { class: "command", "data-testid": "command", tabindex: "0" });
  const commandLabel = h("span", { class: "hint" });
  let scene = null;
  const acts = [
    ["copy-link", copyLink],
    ["csv", () => table && download(`${name}.csv`, [table(scene)], "text/csv;charset=utf-8")],
    ["png", savePng],
    ["save", save],
  ];
  const buttons = acts.map(([id, act]) =>
    h("button", { type: "button", "data-testid": id, onclick: act }),
  );
  buttons[1].hidden = !table;
  buttons[2].hidden = !pictures;
  buttons[3].hidden = !single;

  async function copyLink() {
    const done = await copy(window.location.href);
    write(said, scene.view.words[done ? "copied" : "not_copied"]);
  }

  async function savePng() {
    const side = scene.view.sides[0];
    await savePicture(`${name}.png`, pictures(), { title: side.title, notice: scene.view.words.notice });
  }

  function save() {
    const file = scene.view.sides[0].scenario === "own" ? "own" : scene.view.sides[0].scenario;
    download(`${file}-mine.yaml`, [scene.saved], "text/yaml;charset=utf-8");
  }

  async function open(event) {
    const chosen = event.target.files[0];
    event.target.value = "";
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) write(said, scene.view.words.file_large);
    else ask({}, { open: await chosen.text() });
  }

  return {
    element: h(
      "section",
      { class: "tools" },
      h("div", { class: "buttons" }, ...buttons, single ? h("span", { class: "opener" }, openLabel, file) : null),
      said,
      h("p", { class: "command-line" }, commandLabel, " ", command),
    ),
    label(now) {
      scene = now;
      const { words } = now.view;
      ["copy_link", "csv", "png", "save"].forEach((key, k) => write(buttons[k], words[key]));
      write(openLabel, words.open);
      write(commandLabel, words.command);
      write(command, now.view.command);
    },
    show(now) {
      scene = now;
    },
  };
}

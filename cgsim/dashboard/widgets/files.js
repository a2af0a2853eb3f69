// Files and links: what leaves the page is made in the browser, what comes in is text alone.

import { count, h, write } from "./dom.js";

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

const EDGE = 16; // around the sheet and between pictures
const ABOVE = 24; // for a picture's name
const SMALL = "12px sans-serif";

// Where each picture stands: side by side as long as there is room.
function laidOut(boxes) {
  const width = Math.max(480, ...boxes.map((box) => box.width)) + 2 * EDGE;
  const places = [];
  let [x, top, tallest] = [EDGE, 46, 0];
  for (const box of boxes) {
    if (x > EDGE && x + box.width > width - EDGE + 1)
      [x, top, tallest] = [EDGE, top + tallest + ABOVE + 10, 0];
    places.push([x, top]);
    x += box.width + EDGE;
    tallest = Math.max(tallest, box.height);
  }
  return { places, width, bottom: top + tallest + ABOVE };
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

async function imageOf(svg, box) {
  const copied = painted(svg);
  copied.setAttribute("width", box.width);
  copied.setAttribute("height", box.height);
  const image = new Image();
  const words = new XMLSerializer().serializeToString(copied);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(words)}`;
  await image.decode();
  return image;
}

// The pictures of the page on one sheet, with their names and the notice.
export async function savePicture(name, svgs, { title, notice }) {
  const scale = 2;
  const shown = svgs.filter((svg) => svg.getBoundingClientRect().width > 0);
  const boxes = shown.map((svg) => svg.getBoundingClientRect());
  const { places, width, bottom } = laidOut(boxes);
  const canvas = h("canvas");
  const brush = canvas.getContext("2d");
  brush.font = SMALL;
  const below = broken(brush, notice, width - 2 * EDGE);
  const height = bottom + 28 + 16 * below.length;
  canvas.width = width * scale; // clears the brush too
  canvas.height = height * scale;
  const style = getComputedStyle(document.querySelector(".cgsim"));
  brush.scale(scale, scale);
  brush.fillStyle = style.backgroundColor;
  brush.fillRect(0, 0, width, height);
  brush.fillStyle = style.color;
  brush.font = "600 17px sans-serif";
  brush.fillText(title, EDGE, 30);
  for (const [k, svg] of shown.entries()) {
    const [x, top] = places[k];
    const image = await imageOf(svg, boxes[k]);
    brush.font = "600 13px sans-serif";
    brush.fillText(svg.dataset.title ?? "", x, top + 14);
    brush.drawImage(image, x, top + ABOVE, boxes[k].width, boxes[k].height);
  }
  brush.font = SMALL;
  below.forEach((line, k) => brush.fillText(line, EDGE, height - 12 - 16 * (below.length - 1 - k)));
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  download(name, [blob], "image/png");
}

// The row of buttons below every page; of a page of several scenarios each saves and opens its own.
// The table is made here, or asked of the server, which answers the page.
export function makeToolbar({ ask, table, askTable, pictures, name, single = true }) {
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
    ["csv", askTable ?? (() => download(`${name}.csv`, [table(scene)], "text/csv;charset=utf-8"))],
    ["png", savePng],
    ["save", save],
  ];
  const buttons = acts.map(([id, act]) =>
    h("button", { type: "button", "data-testid": id, onclick: act }),
  );
  buttons[1].hidden = !table && !askTable;
  buttons[2].hidden = !pictures;
  buttons[3].hidden = !single;

  async function copyLink() {
    const done = await copy(window.location.href);
    write(said, scene.view.words[done ? "copied" : "not_copied"]);
  }

  async function savePng() {
    const { words, sides, seed } = scene.view;
    const when = scene.month ? [count(words, "after", scene.month)] : [];
    const title = [sides[0].title, ...when, `${words.seed}: ${seed}`].join(" · ");
    await savePicture(`${name}.png`, pictures(), { title, notice: words.notice });
  }

  function save() {
    // called as the command calls it, where the command needs the file
    const needed = scene.view.command.includes("mine.yaml");
    const name = needed ? "mine.yaml" : `${scene.view.sides[0].scenario}-mine.yaml`;
    download(name, [scene.saved], "text/yaml;charset=utf-8");
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

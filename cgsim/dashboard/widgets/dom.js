// Elements, words and numbers: what every other module builds with.

function put(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function h(tag, attributes = {}, ...children) {
  return put(document.createElement(tag), attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

export function icon(path) {
  return s(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" },
    s("path", { d: path }),
  );
}

// Words with values in the places that they name in <angle brackets>.
export function say(words, key, values = {}) {
  return words[key].replace(/<(\w+)>/g, (whole, name) => values[name] ?? whole);
}

// "After 1 month", "After 41 months"; key names the sentence for many.
export function count(words, key, n) {
  return say(words, n === 1 ? `${key}_one` : key, { n });
}

export function decimal(lang, value, digits = 2) {
  return value.toLocaleString(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

// Sets text only where it changes, so that readers of the screen hear changes alone.
export function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

// What is sent as JSON, read once as long as it stays the same.
export function makeReader(model, name) {
  let [text, read] = [null, null];
  return () => {
    const now = model.get(name);
    if (now !== text) [text, read] = [now, JSON.parse(now)];
    return read;
  };
}

// How wide an element is in its own units, also where the page is shown in large text.
export function widthOf(element) {
  return Math.round(parseFloat(getComputedStyle(element).width)) || 0;
}

// Words broken into lines of so many letters, for pictures.
export function folded(words, most) {
  const found = [""];
  for (const word of words.split(" ")) {
    const last = found[found.length - 1];
    if (last && `${last} ${word}`.length > most) found.push(word);
    else found[found.length - 1] = last ? `${last} ${word}` : word;
  }
  return found;
}

export const STATES = ["inactive", "active", "dynamic"];

// A shape for each state, so that none is told by its colour alone.
export function shape(state, x, y, r) {
  const common = { class: `shape ${state}` };
  if (state === "inactive") return s("circle", { ...common, cx: x, cy: y, r });
  if (state === "active") {
    const d = `M${x} ${y - r} L${x + r} ${y + r} L${x - r} ${y + r} Z`;
    return s("path", { ...common, d });
  }
  const d = `M${x} ${y - r * 1.2} L${x + r * 1.2} ${y} L${x} ${y + r * 1.2} L${x - r * 1.2} ${y} Z`;
  return s("path", { ...common, d });
}

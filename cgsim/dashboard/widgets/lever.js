// One lever: a slider, a list or a number, with its label, its value and what it means.

import { h, say, write } from "./dom.js";

let fields = 0;

export function months(words, value) {
  if (value === "never") return words.never;
  return value === 1 ? words.every_month : say(words, "every_months", { n: value });
}

// A number as the language writes it, with no more digits than it has.
export function plain(lang, value) {
  return Number(value).toLocaleString(lang, { maximumFractionDigits: 6 });
}

export function shownValue(offer, value, view) {
  const chosen = offer.choices?.find(([one]) => String(one) === String(value));
  if (offer.sort === "interval") return months(view.words, value);
  if (chosen) return chosen[1];
  return plain(view.lang, value);
}

function slider(offer, testid, send, display) {
  return h("input", {
    type: "range",
    min: offer.low,
    max: offer.high,
    step: offer.step,
    "data-testid": testid,
    oninput: (event) => display(event.target.value),
    onchange: (event) => send(Number(event.target.value)),
  });
}

function list(offer, testid, send, view) {
  return h(
    "select",
    {
      "data-testid": testid,
      onchange: (event) => send(event.target.value),
    },
    ...offer.choices.map(([value, word]) =>
      h("option", { value: String(value) }, word || months(view.words, value)),
    ),
  );
}

// A value between the choices, or beyond the slider's ends, is shown as it is.
function makeRoomFor(control, offer, value, view) {
  if (offer.choices) {
    if (![...control.options].some((one) => one.value === String(value)))
      control.append(h("option", { value: String(value) }, shownValue(offer, value, view)));
    return;
  }
  const number = Number(value);
  control.min = Math.min(offer.low, number);
  control.max = Math.max(offer.high, number);
  const steps = (number - offer.low) / offer.step;
  control.step = Math.abs(steps - Math.round(steps)) < 1e-9 ? offer.step : "any";
}

// send(value) is called when a value is released, never while it moves.
export function makeLever(offer, view, send, { testid, name, help = false } = {}) {
  const id = `cgsim-field-${++fields}`;
  const output = h("output", { class: "value", "data-testid": `${testid}-value` });
  const display = (value) => {
    const words = shownValue(offer, value, view);
    write(output, offer.choices ? "" : words);
    if (!offer.choices) control.setAttribute("aria-valuetext", words);
  };
  const control = offer.choices
    ? list(offer, testid, send, view)
    : slider(offer, testid, send, display);
  control.id = id;
  const unit = offer.choices ? "" : ` [${offer.unit}]`;
  const label = h("label", { for: id }, name ?? offer.label, h("span", { class: "unit" }, unit));
  const told = help ? h("p", { class: "hint", id: `${id}-help` }, offer.help) : null;
  if (told) control.setAttribute("aria-describedby", `${id}-help`);
  const element = h("div", { class: "field lever" }, label, output, control, told);
  return {
    element,
    set(value) {
      makeRoomFor(control, offer, value, view);
      if (control.value !== String(value)) control.value = String(value);
      element.classList.toggle("moved", String(value) !== String(offer.own));
      display(value);
    },
  };
}

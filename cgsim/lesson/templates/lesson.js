"use strict";
// Moves between recorded points; computes nothing that was not recorded, asks nothing of a network.
(() => {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const told = JSON.parse(find("recorded").textContent);
  const colours = ["#8a93a3", "#0072b2", "#e69f00"];
  const middle = told.quantiles.indexOf(0.5);
  const last = told.quantiles.length - 1;
  const levers = [...document.querySelectorAll("[data-lever]")];
  const laid = new Map();
  let held = null;
  let from = "0";
  let lang = root.lang;
  root.classList.add("js");

  // ---------------------------------------------------------------- words

  const words = () => told.words[lang];
  const number = (value) =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
  const say = (key, values = {}) =>
    words().said[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const time = (months) => {
    if (months === 12) return say("report.time.year");
    if (months % 12 === 0) return say("report.time.years", { n: number(months / 12) });
    return say("report.time.months", { n: number(months) });
  };

  // ---------------------------------------------------------------- where we are

  const place = () => levers.map((one) => Number(one.value));
  const numberOf = (at) => at.reduce((sum, k, lever) => sum * told.shape[lever] + k, 0);
  const month = () => Number(find("month").value);
  const setting = (at) =>
    at.map((k, lever) => `${words().levers[lever]}: ${words().values[lever][k]}`).join(" · ");

  // ---------------------------------------------------------------- drawing

  const draw = (name, attributes, parent, said) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (said !== undefined) made.textContent = said;
    parent.append(made);
    return made;
  };

  const sheet = (id, height, left) => {
    const svg = find(id);
    const width = Math.max(240, svg.clientWidth || 600);
    svg.replaceChildren();
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    const right = width - 10;
    const x = (after) => left + ((right - left) * after) / told.months;
    return { svg, width, right, left, x };
  };

  const years = (on, bottom) => {
    const many = told.months / 12;
    const every = [1, 2, 5, 10, 20, 50].find((n) => many / n <= 6) || 100;
    for (let year = 0; year <= many; year += every) {
      const x = on.x(year * 12);
      draw("line", { x1: x, x2: x, y1: bottom, y2: bottom + 4, stroke: "#5a6270" }, on.svg);
      const label = year === 0 ? `0 ${say("lesson.axis.years")}` : number(year);
      const anchor = year === 0 ? "start" : year === many ? "end" : "middle";
      draw("text", { x, y: bottom + 16, "text-anchor": anchor }, on.svg, label);
    }
  };

  const rise = (on, top, bottom, most, every, name) => {
    const y = (value) => bottom - ((bottom - top) * value) / most;
    for (let value = 0; value <= most; value += every) {
      draw("line", { x1: on.left, x2: on.right, y1: y(value), y2: y(value), stroke: "#d9dde3" }, on.svg);
      draw("text", { x: on.left - 5, y: y(value) + 4, "text-anchor": "end" }, on.svg, number(value));
    }
    draw("text", { x: 0, y: 11 }, on.svg, name);
    return y;
  };

  const path = (values, on, y) =>
    values.map((value, k) => `${k ? "L" : "M"}${on.x(k + 1).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const area = (low, high, on, y) =>
    `${path(high, on, y)}${low.map((_, k) => {
      const back = low.length - 1 - k;
      return `L${on.x(back + 1).toFixed(1)} ${y(low[back]).toFixed(1)}`;
    }).join("")}Z`;

  const cursor = (on, top, bottom) => {
    const x = on.x(month());
    draw("line", { x1: x, x2: x, y1: top, y2: bottom, stroke: "#1b1f27", "stroke-width": 1.5 }, on.svg);
  };

  const sums = (point) => {
    const inactive = point.n[0];
    return [inactive, inactive.map((n, k) => n + point.n[1][k]), inactive.map(() => told.runs)];
  };

  const tick = (most) => {
    const power = 10 ** Math.floor(Math.log10(most / 4));
    return power * [1, 2, 5, 10].find((n) => most / (n * power) <= 5);
  };

  function drawStates(point) {
    const on = sheet("states", 210, 44);
    const [top, bottom] = [20, 186];
    const y = rise(on, top, bottom, told.runs, tick(told.runs), say("lesson.axis.runs"));
    const stack = sums(point);
    let below = stack[0].map(() => 0);
    stack.forEach((line, k) => {
      draw("path", { d: area(below, line, on, y), fill: colours[k], stroke: "#ffffff" }, on.svg);
      const height = line.map((n, m) => n - below[m]);
      const highest = Math.max(...height);
      // the middle of where the area is about as high as it gets
      const wide = [...height.keys()].filter((m) => height[m] >= 0.95 * highest);
      const widest = wide[wide.length >> 1];
      if (highest > 0.14 * told.runs) {
        const word = words().state[k];
        const room = 4 * word.length;
        const x = Math.min(Math.max(on.x(widest + 1), on.left + room), on.right - room);
        const middling = y((line[widest] + below[widest]) / 2) + 4;
        draw("text", { x, y: middling, "text-anchor": "middle", "class": "inside", stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke", "font-weight": 600 }, on.svg, word);
      }
      below = line;
    });
    if (held !== null) {
      for (const line of sums(told.points[numberOf(held)]).slice(0, 2)) {
        draw("path", { d: path(line, on, y), fill: "none", stroke: "#ffffff", "stroke-width": 4 }, on.svg);
        draw("path", { d: path(line, on, y), fill: "none", stroke: "#1b1f27", "stroke-width": 2, "stroke-dasharray": "6 4" }, on.svg);
      }
    }
    cursor(on, top, bottom);
    years(on, bottom);
  }

  const most = Math.max(4, ...told.points.map((one) => Math.max(...one.q[last], ...one.p)));

  function drawProducers(point) {
    const on = sheet("producers", 200, 44);
    const [top, bottom] = [20, 176];
    const y = rise(on, top, bottom, most, tick(most), say("lesson.axis.producers"));
    draw("path", { d: area(point.q[0], point.q[last], on, y), fill: "#cfe3f1" }, on.svg);
    draw("path", { d: area(point.q[1], point.q[last - 1], on, y), fill: "#8fbfdf" }, on.svg);
    draw("path", { d: path(point.p, on, y), fill: "none", stroke: "#b35900", "stroke-width": 1.2 }, on.svg);
    draw("path", { d: path(point.q[middle], on, y), fill: "none", stroke: "#1b1f27", "stroke-width": 2.5 }, on.svg);
    if (held !== null) {
      const line = told.points[numberOf(held)].q[middle];
      draw("path", { d: path(line, on, y), fill: "none", stroke: "#1b1f27", "stroke-width": 2, "stroke-dasharray": "6 4" }, on.svg);
    }
    cursor(on, top, bottom);
    years(on, bottom);
  }

  function drawRibbon(point) {
    const on = sheet("ribbon", 56, 10);
    const [top, bottom] = [2, 32];
    for (let from = 0; from < told.months; ) {
      let to = from;
      while (to < told.months && point.s[to] === point.s[from]) to += 1;
      const state = Number(point.s[from]);
      const [x, wide] = [on.x(from), on.x(to) - on.x(from)];
      draw("rect", { x, y: top, width: wide, height: bottom - top, fill: colours[state], stroke: "#ffffff" }, on.svg);
      if (wide > 14) {
        const light = state === 1 ? "#ffffff" : "#1b1f27";
        const letter = draw("text", { x: x + wide / 2, y: 22, "text-anchor": "middle", "font-weight": 700 }, on.svg, words().letter[state]);
        letter.style.fill = light;
      }
      from = to;
    }
    cursor(on, 0, bottom + 2);
    years(on, bottom);
  }

  // ---------------------------------------------------------------- telling

  function tellEvents(point) {
    const every = find("every").checked;
    const column = lang === "id" ? 1 : 0;
    const list = document.createElement("ol");
    for (let k = 0; k < point.e.length; k += 2) {
      const event = told.events[point.e[k + 1]];
      if (!every && !event[2]) continue;
      const item = document.createElement("li");
      const when = document.createElement("span");
      const what = document.createElement("span");
      when.className = "time";
      when.textContent = say("lesson.month", { n: number(point.e[k]) });
      what.textContent = event[column];
      if (every && event[2]) what.className = "turning";
      item.append(when, " ", what);
      list.append(item);
    }
    if (!list.children.length) list.append(Object.assign(document.createElement("li"), { textContent: say("lesson.no_events") }));
    const box = find("events");
    box.replaceChildren(list);
    // only what scrolls needs to be reached by keyboard
    if (box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }

  const countsAt = (point, after) =>
    Object.fromEntries(told.states.map((state, k) => [state, number(point.n[k][after - 1])]));

  function show() {
    const at = place();
    const point = told.points[numberOf(at)];
    const after = month();
    levers.forEach((one, lever) => {
      const said = words().values[lever][at[lever]];
      if (one.tagName === "SELECT") {
        [...one.options].forEach((option, k) => { option.textContent = words().values[lever][k]; });
      } else {
        find(`value-${lever}`).textContent = said;
        one.setAttribute("aria-valuetext", said);
      }
    });
    find("when").textContent = time(after);
    find("month").setAttribute("aria-valuetext", time(after));
    const counts = countsAt(point, after);
    told.states.forEach((state) => { find(`count-${state}`).textContent = counts[state]; });
    const [low, median, high] = [0, middle, last].map((k) => number(point.q[k][after - 1]));
    find("median").textContent = median;
    const values = { time: time(after), runs: number(told.runs), median, low, high, ...counts };
    find("now").textContent = `${setting(at)}. ${say("lesson.now", values)}`;
    const kept = held === null ? null : told.points[numberOf(held)];
    find("hold").setAttribute("aria-pressed", String(held !== null));
    find("held").textContent = kept === null ? "" : say("lesson.held", {
      setting: setting(held), median: number(kept.q[middle][after - 1]), ...countsAt(kept, after),
    });
    const sets = at.map((k, lever) => `--set ${told.settings[lever][k]}`).join(" ");
    find("command").textContent = `cgsim run ${told.scenario} --runs ${told.runs} --seed ${told.seed} ${sets}`;
    drawStates(point);
    drawProducers(point);
    drawRibbon(point);
    tellEvents(point);
  }

  function goTo(step) {
    const { at, after } = told.steps[step];
    at.forEach((k, lever) => { levers[lever].value = k; });
    if (after !== null) find("month").value = after;
    show();
  }

  // ---------------------------------------------------------------- bets

  function recorded(step) {
    const { at, after, outcome } = told.steps[step];
    const point = told.points[numberOf(at)];
    if (outcome === "producers") return point.q[middle][after - 1];
    return point.n[told.states.indexOf(outcome)][after - 1];
  }

  function judge(step) {
    const bet = laid.get(step);
    const value = recorded(step);
    const off = Math.abs(bet - value);
    const key = off ? "lesson.bet.verdict" : "lesson.bet.exact";
    find(`verdict-${step}`).textContent = say(key, { bet: number(bet), value: number(value), off: number(off) });
  }

  for (const one of document.querySelectorAll("[data-bet]")) {
    find(`reveal-${one.dataset.bet}`).hidden = true;
    one.addEventListener("input", () => { find(`laid-${one.dataset.bet}`).textContent = number(one.value); });
  }
  for (const one of document.querySelectorAll("[data-lay]")) {
    one.addEventListener("click", () => {
      const step = Number(one.dataset.lay);
      laid.set(step, Number(find(`bet-${step}`).value));
      judge(step);
      const reveal = find(`reveal-${step}`);
      reveal.hidden = false;
      reveal.open = true;
      find(`see-${step}`).hidden = false;
      goTo(step);
    });
  }

  // ---------------------------------------------------------------- what the reader does

  for (const one of document.querySelectorAll("[data-show]")) {
    one.addEventListener("click", () => {
      from = one.dataset.show;
      goTo(Number(from));
      find("return").hidden = false;
      find("try").focus();
    });
  }
  for (const one of [...levers, find("month"), find("every")]) one.addEventListener("input", show);
  find("back").addEventListener("click", () => find(`title-${from}`).focus());
  find("hold").addEventListener("click", () => {
    held = held === null ? place() : null;
    show();
  });
  function speak(chosen) {
    lang = chosen;
    root.lang = chosen;
    for (const one of document.querySelectorAll(".language")) {
      one.setAttribute("aria-pressed", String(one.dataset.to === chosen));
    }
    document.title = document.querySelector(`h1 [data-l="${chosen}"]`).textContent;
    for (const step of laid.keys()) judge(step);
    show();
  }
  for (const one of document.querySelectorAll(".language")) {
    one.addEventListener("click", () => speak(one.dataset.to));
  }
  window.addEventListener("resize", show);
  show();
})();

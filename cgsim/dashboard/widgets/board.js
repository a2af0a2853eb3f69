// Who plays what and is ready; and how one joins: the code, the address, a picture to scan.

import { h, say, write } from "./dom.js";

function seat(player, words, wish) {
  const state = player.ready ? words.is_ready : words.is_not_ready;
  return h(
    "li",
    { class: player.ready ? "seat ready" : "seat", "data-testid": `player-${player.number}`, title: state },
    h("span", { class: "seat-mark", "aria-hidden": "true" }, player.ready ? "✓" : "…"),
    h("span", { class: "seat-name" }, player.name, h("span", { class: "unseen" }, `, ${state}`)),
    h(
      "button",
      {
        type: "button",
        class: "quiet tiny",
        "aria-label": say(words, "free", { name: player.name }),
        title: say(words, "free", { name: player.name }),
        "data-testid": `free-${player.number}`,
        onclick: () => wish("free", { number: player.number }),
      },
      "×",
    ),
  );
}

function part(one, words, wish) {
  const players = one.players.length
    ? h("ul", { class: "seats" }, ...one.players.map((player) => seat(player, words, wish)))
    : h("p", { class: "hint" }, words.nobody);
  return h(
    "li",
    { class: `part ${one.kind}`, "data-testid": `part-${one.key}` },
    h("h3", {}, one.name),
    players,
  );
}

export function makeBoard(wish) {
  const title = h("h2");
  const count = h("span", { class: "hint", "data-testid": "ready-count", role: "status" });
  const list = h("ul", { class: "parts" });
  let shown = "";
  return {
    element: h("section", { class: "card board" }, h("div", { class: "card-head" }, title, count), list),
    show(seen, words) {
      write(title, words.parts);
      const ready = say(words, "ready_count", { ready: seen.ready, players: seen.players });
      write(count, seen.players ? ready : words.players_none);
      const key = JSON.stringify([seen.parts, words.free]);
      if (key === shown) return;
      shown = key;
      list.replaceChildren(...seen.parts.map((one) => part(one, words, wish)));
    },
  };
}

export function makeLobby() {
  const title = h("h2");
  const how = h("p");
  const code = h("p", { class: "room-code", "data-testid": "code" });
  const codeWord = h("p", { class: "hint" });
  const picture = h("img", { class: "qr", "data-testid": "qr", width: 260, height: 260 });
  const question = h("p", { class: "question" });
  const more = h("p", { class: "hint" });
  const alone = h("p", { class: "alone", "data-testid": "alone" });
  const element = h(
    "section",
    { class: "card lobby" },
    h("div", { class: "lobby-words" }, title, how, codeWord, code, more, alone, question),
    picture,
  );
  return {
    element,
    show(seen, words) {
      const [url, ...others] = seen.doors.urls;
      write(title, words.lobby);
      write(how, say(words, "lobby_how", { url }));
      write(codeWord, words.code);
      write(code, seen.code);
      write(question, `${seen.title}. ${seen.question}`);
      write(more, others.length ? say(words, "other_urls", { urls: others.join(" · ") }) : "");
      write(alone, seen.doors.open ? "" : words.lobby_alone);
      if (picture.src !== seen.doors.picture) picture.src = seen.doors.picture;
      picture.alt = say(words, "qr", { url });
    },
  };
}

// A player's page: the way into the room, then the levers of the player's own part.

import { makeEntry } from "./entry.js";
import { makeSeat } from "./seat.js";
import { frameRoom, keepSecret, keptSecret, makeMessage, makeWishes } from "./wish.js";

const KEPT = "cgsim.room.player";

function render({ model, el }) {
  const wish = makeWishes(model);
  const message = makeMessage("no-place");
  const entry = makeEntry(wish);
  const seat = makeSeat(wish);
  const frame = frameRoom(model, el, wish, [message.element, entry.element, seat.element]);

  function remember() {
    const token = model.get("token");
    if (token) keepSecret(KEPT, token);
  }

  function show() {
    const [seen, view] = [model.get("seen"), model.get("view")];
    frame.label(view);
    message.element.hidden = seen.who !== "no_room";
    entry.element.hidden = !["guest", "chooser"].includes(seen.who);
    seat.element.hidden = seen.who !== "player";
    if (seen.who === "no_room") message.tell(view.words.no_room, view.words.no_room_hint);
    else if (seen.who === "player") seat.show(seen, view);
    else entry.show(seen, view);
  }

  model.on("change:seen change:view change:refused", show);
  model.on("change:token", remember);
  show();
  wish("hello", { token: keptSecret(KEPT) });
  return () => {
    model.off("change:seen change:view change:refused", show);
    model.off("change:token", remember);
    frame.stop();
  };
}

export default { render };

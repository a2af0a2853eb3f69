// Words in a picture that are longer than a line.

import { s } from "./dom.js";

export const LINE = 16; // from one line to the next

// Words in as many lines as fit into so much room.
export function lines(words, room, size = 7.4) {
  const found = [];
  for (const word of words.split(" ")) {
    const last = found[found.length - 1];
    if (last !== undefined && (last.length + 1 + word.length) * size <= room) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found;
}

export function written(x, y, many, attributes) {
  return s("text", { x, y, ...attributes }, ...many.map((words, k) => s("tspan", { x, dy: k ? LINE : 0 }, words)));
}

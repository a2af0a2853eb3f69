// Where a piece of work stands: waiting, running with how much is done, busy, failed.

import { h, say, write } from "./dom.js";

export function makeWork(testid) {
  const words = h("p", { role: "status" });
  const bar = h("progress", { max: 1, value: 0 });
  // the page comes back where its address says, and asks again
  const again = h("button", { type: "button", onclick: () => window.location.reload() });
  const element = h("div", { class: "work", "data-testid": testid, hidden: true }, words, bar, again);
  return {
    element,
    show(answer, said) {
      const state = answer.state ?? "";
      const told = ["waiting", "running", "busy", "failed", "large"].includes(state);
      element.hidden = !told;
      bar.hidden = state !== "running";
      again.hidden = !["busy", "failed"].includes(state);
      write(again, said.work_again);
      bar.value = answer.share ?? 0;
      bar.setAttribute("aria-label", said.work_running);
      write(words, told ? say(said, `work_${state}`, { n: answer.before ?? 0 }) : "");
    },
  };
}

// The what-if page: scenarios side by side, and what the comparison of their runs says.

import { makeBands } from "./bands.js";
import { h } from "./dom.js";
import { makeFindings } from "./findings.js";
import { mountFrame } from "./frame.js";
import { makeDifferences, makeLosers, makeMoney, makeTransitions } from "./paired.js";
import { makeSides } from "./sides.js";
import { makeWhatIfMap } from "./whatif_map.js";

function render({ model, el }) {
  let last = null; // what was found before stays, dimmed, until the new is there

  function scene() {
    const found = model.get("found");
    const view = model.get("view");
    if (found.state === "done") last = found;
    const fits = last && !last.refused && last.sides.length === view.sides.length;
    return {
      labels: model.get("labels"),
      files: model.get("files"),
      runs: model.get("runs"),
      phases: model.get("phases"),
      found: fits ? last : null,
      refused: found.refused?.[view.lang] ?? "",
      work: found.state ?? "running",
      before: found.before,
      share: found.share,
    };
  }

  const frame = mountFrame(
    { model, el },
    {
      scene,
      parts: (ask) => {
        const sides = makeSides(ask);
        const findings = makeFindings();
        const rows = [
          [makeBands(ask), makeTransitions()],
          [makeDifferences(), makeMoney(), makeLosers()],
        ];
        const laid = rows.map((row, k) => ({
          element: h("div", { class: `found-row found-row-${k + 1}` }, ...row.map((one) => one.element)),
          label({ found, work }) {
            this.element.hidden = !found;
            this.element.classList.toggle("stale", work !== "done");
          },
        }));
        return [sides, findings, ...laid, makeWhatIfMap(ask), ...rows.flat().map((one) => ({ ...one, element: null }))];
      },
      tools: {
        table: ({ found }) => found?.csv ?? "",
        pictures: () => [...el.querySelectorAll("svg.chart")],
        name: "cgsim-what-if",
        single: false,
      },
    },
  );

  el.classList.add("what-if");
  frame.label();
  model.on("change:view change:found change:faults change:files change:phases", frame.label);
  return () => {
    model.off("change:view change:found change:faults change:files change:phases", frame.label);
    frame.stop();
  };
}

export default { render };

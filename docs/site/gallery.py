"""The gallery: each figure beside the lines that drew it, run when the site is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from .markdown import fence


class Exhibit(NamedTuple):
    """A figure: its name and title, what it shows, and lines that leave it in `figure`."""

    name: str
    title: str
    shows: str
    code: str


EXHIBITS = (
    Exhibit(
        "states", "States over time", "The share of runs in each state, month by month.",
        'result = cgsim.simulate("sangatta-utara", runs=100, seed=1)\n'
        "figure = result.plot.states()",
    ),
    Exhibit(
        "indicators", "The six indicators", "Median and spread over the runs, with the cut-offs"
        " of both states.", "figure = result.plot.indicators()",
    ),
    Exhibit(
        "producers", "Producers", "Producers and the independent among them, with the critical"
        " mass.", "figure = result.plot.producers()",
    ),
    Exhibit(
        "network", "Who trusts whom", "One run, after some months: organisations, trainees and"
        " the trust between them.", "figure = result.plot.network(months=[12, 60])",
    ),
    Exhibit(
        "lives", "Every life", "Each person ever trained in one run, from admission to the end.",
        "figure = result.plot.lives()",
    ),
    Exhibit(
        "compare", "What differs", "Two scenarios on the same luck: how much the second differs"
        " from the first, with intervals.",
        'found = cgsim.compare(["sangatta-utara", "recommendation-1"], runs=100, seed=1)\n'
        "figure = found.plot.differences()",
    ),
    Exhibit(
        "map", "Phase map", "The likeliest state over two levers.",
        'across = "organisations.*.monitoring_interval=never,6,3,1"\n'
        'upwards = "community.persistence.mean=0.3:0.7:3"\n'
        'found = cgsim.phase_map("sangatta-utara", across, upwards, runs=20, seed=1)\n'
        "figure = found.plot()",
    ),
    Exhibit(
        "ramp", "There and back", "A lever is raised step by step and lowered again.",
        'found = cgsim.ramp("sangatta-utara", "process.leadership=0.1:0.9:3", runs=20)\n'
        "figure = found.plot()",
    ),
    Exhibit(
        "person", "Why somebody left", "One person's reasons to leave, month by month.",
        'found = cgsim.explain_person("sangatta-utara", seed=7, who=75)\nfigure = found.plot()',
    ),
    Exhibit(
        "leavings", "Why people leave", "Exact shares of the reasons, over all who left.",
        'found = cgsim.explain_leavings("sangatta-utara", runs=20, seed=1)\n'
        "figure = found.plot()",
    ),
    Exhibit(
        "watch", "Warnings of decline", "Which monthly number foretells decline, judged on other"
        " luck.", 'found = cgsim.watch("kpc-leaves", runs=60, seed=1)\nfigure = found.plot()',
    ),
)  # fmt: skip


def hang(folder: Path) -> str:
    """Draw every figure into a folder and return the page that shows them.

    Parameters
    ----------
    folder : Path
        The site's folder of pages; figures go into ``gallery/`` there.
    """
    import cgsim

    known: dict[str, Any] = {"cgsim": cgsim}
    (folder / "gallery").mkdir(parents=True, exist_ok=True)
    parts = [
        "# Gallery",
        "Every figure was drawn by the lines beside it when the site was built, from small"
        ' ensembles: they show what a figure looks like, not results to quote. `plot…("id")` or'
        ' `lang="id"` draws the same in Indonesian. The lines follow on one another and begin with'
        " `import cgsim`.",
    ]
    for one in EXHIBITS:
        exec(compile(one.code, f"gallery: {one.name}", "exec"), known)
        known["figure"].savefig(folder / "gallery" / f"{one.name}.png", dpi=80)
        parts += [
            f"## {one.title}",
            one.shows,
            f"![{one.title}: {one.shows}](gallery/{one.name}.png)",
            fence(one.code, "python"),
        ]
    return "\n\n".join(parts) + "\n"

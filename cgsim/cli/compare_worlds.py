"""``cgsim compare --worlds``: does it hold where assumed numbers are others?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table

from ..study.varied import fault
from .options import worlds_of
from .run import watched
from .words import console, lang, number, percent, whole, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ..study.compare import Comparison
    from ..study.compare.worlds import InWorlds

PLACES = ("--worlds", "--world-runs")
MOST_WORLDS, MOST_WORLD_RUNS = 100_000, 100_000
MOST_ROWS = 8
"""Assumptions in a table."""


@dataclass(frozen=True)
class WorldsOrder:
    """Which worlds to compare in: how many to draw, or the file that holds them."""

    worlds: int | str
    runs: int

    @property
    def options(self) -> list[str]:
        """The options that ask for it again."""
        return ["--worlds", str(self.worlds), "--world-runs", str(self.runs)]


def worlds_order(worlds: str | None, runs: str | None) -> WorldsOrder | None:
    """Read ``--worlds`` and ``--world-runs``; None where there is neither."""
    if worlds is None:
        if runs is not None:
            raise fault(PLACES[1], "worlds.error.alone")
        return None
    few = whole(PLACES[1], "20" if runs is None else runs, 1, MOST_WORLD_RUNS)
    return WorldsOrder(worlds_of(worlds, 2, MOST_WORLDS), few)


def compared_in_worlds(
    found: Comparison, asked: WorldsOrder, threads: int | None
) -> InWorlds:  # fmt: skip
    """Repeat a comparison in worlds; says on stderr how far it is."""
    from ..study.compare.overturn import overturn_all
    from ..study.compare.worlds import in_worlds

    with watched(1) as progress:
        told = in_worlds(
            found.pairs, asked.worlds, asked.runs, threads=threads, progress=progress, places=PLACES
        )
    with watched(1) as progress:
        return overturn_all(told, threads=threads, progress=progress)


def print_worlds(found: InWorlds) -> None:
    """Print what is said of each scenario, then the tables; within 80 columns."""
    from ..study.compare.worlds_words import sentences

    sheet, pairs = console(), found.pairs
    told = {"n": number(len(found.worlds)), "runs": number(found.runs),
            "assumed": number(found.worlds.shape[1])}  # fmt: skip
    for name in found.names:
        title = word(":worlds.table.title", other=name, first=pairs.first.name)
        sheet.print(f"\n{title}", style="bold")
        sheet.print(word(f":worlds.table.{'drawn' if found.drawn else 'given'}", **told))
        for sentence in sentences(found, name, lang()):
            sheet.print(f"\n{sentence}")
        for key, table in (
            ("verdicts", _verdicts(found, name)), ("bands", _bands(found, name)),
            ("ranked", _ranked(found, name)), ("overturned", _overturned(found, name)),
        ):  # fmt: skip
            if table.row_count:
                sheet.print(f"\n{word(f':worlds.table.{key}')}", style="bold")
                sheet.print(table)
    sheet.print(f"\n{word(':worlds.table.note')}")


def _plain_table(first: str, columns: tuple[str, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first and word(f":worlds.table.columns.{first}"), vertical="bottom")
    for one in columns:
        heading = word(f":worlds.table.columns.{one}")
        table.add_column(heading, justify="right", vertical="bottom")
    return table


def _rows_of(found: InWorlds, name: str) -> list[dict[str, Any]]:
    table = found.verdicts
    rows = table[table["scenario"] == name].to_dict("records")
    return [{str(k): v for k, v in row.items()} for row in rows]


def _verdicts(found: InWorlds, name: str) -> Table:
    from ..study.compare.worlds_words import figure_of

    columns = ("as_set", "better", "interval", "same", "untold", "worse", "interval")
    table, count = _plain_table("", columns), len(found.worlds)
    for row in _rows_of(found, name):
        outcome = str(row["outcome"])
        better, worse = (
            f"{_bare(row[f'{one}_low'])}–{_bare(row[f'{one}_high'])}" for one in ("better", "worse")
        )
        shares = [_bare(row[one] / count) for one in ("better", "same", "untold", "worse")]
        table.add_row(
            _named(outcome), figure_of(outcome, row["reference"], lang(), sign=True), shares[0],
            better, *shares[1:], worse,
        )  # fmt: skip
    return table


def _bare(share: float) -> str:
    return percent(share).replace("%", "").strip("\xa0 ")


def _named(outcome: str) -> str:
    name, unit = (word(f":worlds.{part}.{outcome}") for part in ("outcome", "unit"))
    return f"{name} [{unit}]"


def _bands(found: InWorlds, name: str) -> Table:
    from ..study.compare.worlds_words import figure_of

    table = _plain_table("", ("luck", "ignorance", "share", "both"))
    for row in _rows_of(found, name):
        outcome = str(row["outcome"])
        if row["both_low"] != row["both_low"]:
            continue
        luck, ignorance, both = (
            " … ".join(
                figure_of(outcome, row[f"{band}_{end}"], lang(), sign=True)
                for end in ("low", "high")
            )
            for band in ("luck", "ignorance", "both")
        )
        share = row["ignorance"]
        said = "–" if share != share else percent(share)
        label = word(f":worlds.outcome.{outcome}")
        table.add_row(label, luck, ignorance, said, both)
    return table


def _ranked(found: InWorlds, name: str) -> Table:
    from ..study.compare.worlds import MAIN
    from ..study.compare.worlds_words import figure_of, label_of

    table = _plain_table("assumption", ("correlation", "at_low", "at_high"))
    ranks = found.ranks(name)
    for row in ranks[ranks["told"]].head(MOST_ROWS).to_dict("records"):
        low, high = (figure_of(MAIN, row[f"at_{end}"], lang(), sign=True)
                     for end in ("low", "high"))  # fmt: skip
        said = f"{'+' if row['correlation'] > 0 else ''}{number(row['correlation'], 2)}"
        table.add_row(label_of(found, str(row["path"]), lang()), said, low, high)
    return table


def _overturned(found: InWorlds, name: str) -> Table:
    from ..study.compare.worlds_words import figure_of, label_of, share_words, value_of

    table = _plain_table("assumption", ("as_set", "value", "distance", "at_end", "verdict"))
    told = found.overturned.get(name)
    if told is None or not told.concluded:
        return table
    for row in told.table[told.table["turns"]].head(MOST_ROWS).to_dict("records"):
        path = str(row["path"])
        end = "low" if row["value"] < row["reference"] else "high"
        table.add_row(
            label_of(found, path, lang()), value_of(path, row["reference"], lang()),
            value_of(path, row["value"], lang()), share_words(row["distance"], lang()),
            figure_of(told.outcome, row[f"at_{end}"], lang(), sign=True),
            word(f":worlds.verdict.{row['end_verdict']}"),
        )  # fmt: skip
    return table


def worlds_document(found: InWorlds) -> dict[str, Any]:
    """Return a comparison in worlds as part of a JSON document."""
    from ..study.compare.worlds_words import sentences
    from .compare import records

    boxes = {}
    for name in found.names:
        box = found.box(name)
        if box is not None:
            limits = [one._asdict() for one in box.limits]
            boxes[name] = {**vars(box), "limits": limits}
    return {
        "worlds": len(found.worlds),
        "pairs": found.runs,
        "seed": found.pairs.seed,
        "drawn": found.drawn,
        "assumptions": [str(path) for path in found.worlds.columns],
        "verdicts": records(found.verdicts),
        "boxes": {name: boxes.get(name) for name in found.names},
        "ranks": {name: records(found.ranks(name)) for name in found.names},
        "overturned": {
            name: {
                "outcome": one.outcome, "pairs": one.runs, "conclusion": one.conclusion,
                "difference": one.difference,
                "nearest": None if one.nearest is None else str(one.nearest["path"]),
                "table": records(one.table),
            }
            for name, one in found.overturned.items()
        },
        "sentences": {name: sentences(found, name, lang()) for name in found.names},
    }  # fmt: skip


def worlds_tables(found: InWorlds) -> dict[str, pd.DataFrame]:
    """Return all tables by name, as a folder holds them."""
    import pandas as pd

    tables = {
        "worlds": found.worlds.reset_index(), "worlds_verdicts": found.verdicts,
        "worlds_differences": found.table, "worlds_over_time": found.over_time,
        "worlds_ranks": pd.concat(
            [found.ranks(name).assign(scenario=name) for name in found.names], ignore_index=True
        ),
    }  # fmt: skip
    if found.overturned:
        tables["worlds_overturned"] = pd.concat(
            [one.table.assign(scenario=name) for name, one in found.overturned.items()],
            ignore_index=True,
        )
    tables["worlds_boxes"] = pd.DataFrame(
        [
            {"scenario": name, **{k: v for k, v in vars(box).items() if k != "limits"},
             **one._asdict(), "chance": box.chance, "limit_chance": one.chance}
            for name in found.names
            if (box := found.box(name)) is not None
            for one in box.limits
        ]
    )  # fmt: skip
    return {name: one for name, one in tables.items() if len(one)}


def worlds_figures(found: InWorlds) -> dict[str, Figure]:
    """Return all figures by name, as a folder holds them."""
    from ..figures.compare_worlds import drawn

    return drawn(found, lang())

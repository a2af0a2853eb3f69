"""``cgsim explain``: why somebody left, why a run went as it did, why people leave."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .giving import Giving, content_of
from .run import Order, watched
from .words import lang, word

if TYPE_CHECKING:
    import pandas as pd

    from ..scenario import Scenario
    from ..study.explain import Explained


@dataclass(frozen=True)
class ExplainOrder:
    """What to explain, and where to put it."""

    order: Order
    run: int = 0
    who: int | None = None
    month: int | None = None
    against: str | None = None
    tried: tuple[str, ...] = ()
    file: str | None = None

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        order = self.order
        words = ["cgsim", "explain", order.scenario, "--seed", str(order.seed)]
        words += ["--runs", str(order.runs)] if order.runs > 1 else ["--run", str(self.run)]
        for option, said in (("--who", self.who), ("--month", self.month)):
            words += [] if said is None else [option, str(said)]
        words += [] if self.against is None else ["--against", self.against]
        for option, many in (("--lever", self.tried), ("--set", order.levers)):
            words += [part for one in many for part in (option, one)]
        return shlex.join(words)


def show_explained(asked: ExplainOrder, json: bool) -> None:
    """Explain; print what comes of it, and write it where asked."""

    def show(found: Explained) -> None:
        from .explain_tables import print_explained

        print_explained(found, asked)

    giving: Giving[Explained] = Giving(
        show=show,
        document=lambda found: _document(found, asked),
        fill=lambda place, found: _fill(place, found, asked),
        content=lambda found, suffix: content_of(
            suffix, next(iter(tables_of(found).values())), lambda: found.plot(lang()),
            lambda: _document(found, asked),
        ),
    )  # fmt: skip
    giving.give(asked.order, asked.command, lambda: _made(asked), json, asked.file)


def _made(asked: ExplainOrder) -> Explained:
    from ..study.explain import explain

    order, other = asked.order, None
    case = order.case()
    if asked.against is not None:
        other = replace(order, scenario=asked.against).case()
    with watched(
        order.runs, "run.progress" if order.runs > 1 else ":explain.table.progress"
    ) as bar:
        return explain(
            case, order.seed, asked.run, asked.who, asked.month, against=other,
            levers=asked.tried, runs=order.runs, progress=bar,
        )  # fmt: skip


def case_of(found: Explained) -> Scenario:
    """Return the scenario that is explained."""
    from ..study.explain import PersonExplained

    return found.life.scenario if isinstance(found, PersonExplained) else found.scenario


def tables_of(found: Explained) -> dict[str, pd.DataFrame]:
    """Return all tables by name, the most telling first."""
    from ..study.explain import LeavingsExplained, PersonExplained

    if isinstance(found, PersonExplained):
        every = {"life": found.life.table, "at_the_moment": found.moment_table}
        every |= {"through_the_world": found.world_table} if found.levers else {}
        return every | ({} if found.other is None else {"beside": found.beside})
    if isinstance(found, LeavingsExplained):
        return {"shares": found.shares, "leavings": found.leavings, "at_risk": found.at_risk}
    every = {"months": found.months, "changes": found.changes, "crossings": found.crossings}
    return every | {"spells": found.spells, "blocked": found.blocked, "people": found.people}


def _document(found: Explained, asked: ExplainOrder) -> dict[str, Any]:
    return {
        **found.to_dict(lang()), "notice": word(":figure.notice"), "command": asked.command,
    }  # fmt: skip


def _fill(place: Any, found: Explained, asked: ExplainOrder) -> list[str]:
    from ..study.kept import fill_study

    order = asked.order
    facts: dict[str, Any] = {"seed": order.seed, "runs": order.runs, "run": asked.run}
    facts |= {} if asked.who is None else {"person": asked.who}
    return fill_study(
        place, case_of(found), tables_of(found), {"explain": found.plot(lang())}, facts,
        asked.command, lang(),
    )  # fmt: skip

"""``cgsim sensitivity``: which numbers decide what comes out, and whose numbers they are."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Fault, ScenarioError
from ..scenario_file import did_you_mean
from .giving import Giving
from .run import Order, watched
from .words import lang, number, refusal, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ..study.sensitivity import Decomposition, Screening, Whose

    Found = Screening | Decomposition | Whose

METHODS = ("morris", "sobol")
OPTIONS = {"levers": "--levers", "outcome": "--outcome", "against": "--against",
           "points": "--points"}  # fmt: skip
MOST_POINTS = 1_000_000


@dataclass(frozen=True)
class SensitivityOrder:
    """What to ask.

    Attributes
    ----------
    order : Order
        Of the scenario; its `runs` are those of a point.
    method : {"morris", "sobol", "whose"}
    against : str or None
    over : tuple of str
        What to vary; empty for what is usual.
    outcomes : tuple of str or None
        None for what is usual.
    points : int or None
    least : float
    """

    order: Order
    method: str
    against: str | None = None
    over: tuple[str, ...] = ()
    outcomes: tuple[str, ...] | None = None
    points: int | None = None
    least: float = 0.0

    @property
    def command(self) -> str:
        """The command that gives these numbers again, wherever they are put."""
        order = self.order
        words = ["cgsim", "sensitivity", order.scenario]
        words += ["--whose"] if self.method == "whose" else ["--method", self.method]
        words += [] if self.against is None else ["--against", self.against]
        words += [part for one in self.over for part in ("--levers", one)]
        words += ["--outcome", ",".join(self.outcomes)] if self.outcomes else []
        words += [] if self.points is None else ["--points", str(self.points)]
        words += ["--runs", str(order.runs)] if self.method == "morris" else []
        words += ["--least", f"{self.least:g}"] if self.least else []
        words += ["--seed", str(order.seed)]
        return shlex.join([*words, *(part for one in order.levers for part in ("--set", one))])


def method_of(read: str | None, whose: bool) -> str:
    """Return which method is asked for."""
    if whose and read is not None:
        raise refusal("--method", "sensitivity_both")
    if read is not None and read not in METHODS:
        hint = did_you_mean(read, METHODS)
        raise refusal("--method", "sensitivity_method", read=read[:80], hint=hint)
    return "whose" if whose else read or METHODS[0]


def least_of(read: str | None, whose: bool, against: str | None) -> float:
    """Return the gain from which another scenario is chosen."""
    import math

    if read is None:
        return 0.0
    try:
        found = float(read)
    except ValueError:
        found = math.nan
    if not (whose and against is not None and math.isfinite(found)):
        raise refusal("--least", "sensitivity_least")
    return found


def show_sensitivity(asked: SensitivityOrder, json: bool) -> None:
    """Ask; print what comes of it, and write it if a folder is named."""

    def show(found: Found) -> None:
        from .sensitivity_tables import print_found

        print_found(found, asked.order.levers)

    giving: Giving[Found] = Giving(
        show=show,
        document=lambda found: _document(found, asked),
        fill=lambda place, found: _fill(place, found, asked),
    )
    giving.give(asked.order, asked.command, lambda: _found(asked), json)


def _found(asked: SensitivityOrder) -> Found:
    """Ask, with every fault told of the option that it came by."""
    from ..study import sensitivity

    try:
        import SALib  # noqa: F401  its parts are imported where they are needed
    except ModuleNotFoundError as wrong:
        raise refusal("cgsim sensitivity", "sensitivity_package", names=wrong.name) from None
    order = asked.order
    case = order.case()
    other = None if asked.against is None else _other(asked)
    said: dict[str, Any] = {"against": other, "seed": order.seed, "threads": order.threads}
    said |= {"outcomes": asked.outcomes} if asked.outcomes is not None else {}
    said |= {"points": asked.points} if asked.points is not None else {}
    said |= {"levers": asked.over} if asked.over else {}
    said |= {"runs": order.runs} if asked.method == "morris" else {}
    said |= {"least": asked.least} if asked.method == "whose" else {}
    asking: dict[str, Callable[..., Found]] = {
        "morris": sensitivity.screen, "sobol": sensitivity.decompose, "whose": sensitivity.whose,
    }  # fmt: skip
    with _blamed(), watched(1000) as progress:
        return asking[asked.method](case, **said, progress=_thousandths(progress))


def _other(asked: SensitivityOrder) -> Any:
    from dataclasses import replace

    assert asked.against is not None
    return replace(asked.order, scenario=asked.against).case()


def _thousandths(progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    return lambda done, total: progress(done * 1000 // max(1, total), 1000)


@contextmanager
def _blamed() -> Iterator[None]:
    try:
        yield
    except ScenarioError as wrong:
        raise ScenarioError(
            Fault(OPTIONS.get(one.path, one.path), one.line, one.column, one.meaning or one.message)
            for one in wrong.faults
        ) from None


def about_words(found: Found) -> str:
    """Return in a line what was run."""
    from ..study.sensitivity import Screening, Whose

    spec, question = found.spec, found.question
    told = {"seed": question.seed, "all": number(spec.simulations * question.cases)}
    if isinstance(found, Screening):
        told |= {"n": number(len(spec.axes)), "points": number(spec.size), "runs": spec.runs}
        return word("sensitivity.about_morris", **told)
    if isinstance(found, Whose):
        counts = {name: number(found.counts.get(name, 0)) for name in ("assumed", "sourced")}
        return word("sensitivity.about_whose", **told, **counts)
    told |= {"n": number(len(spec.axes) - 1), "points": number(spec.size)}
    return word("sensitivity.about_sobol", **told)


def _tables(found: Found) -> dict[str, pd.DataFrame]:
    """Return all tables by name, each with its outcome in the first column."""
    import pandas as pd

    from ..study.sensitivity import Screening, Whose

    def together(parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
        told = [one.assign(outcome=name) for name, one in parts.items()]
        whole = pd.concat(told, ignore_index=True)
        return whole[["outcome", *(name for name in whole.columns if name != "outcome")]]

    if isinstance(found, Screening):
        return {"screening": together(found.tables)}
    if isinstance(found, Whose):
        groups = {name: one.table for name, one in found.groups.items()}
        told = {name: one.table for name, one in found.information.items()}
        return {"groups": together(groups), "information": together(told)}
    return {"indices": together({name: one.table for name, one in found.indices.items()})}


def _figures(found: Found) -> dict[str, Figure]:
    """Draw each outcome's figures, named after what they show."""
    from ..figures.sensitivity import (
        draw_groups,
        draw_indices,
        draw_scatter,
        draw_screening,
        draw_survey,
    )
    from ..study.sensitivity import Screening, Whose

    about = f"{about_words(found)} · {found.question.scenario.name} {found.question.scenario.hash}"
    drawn: dict[str, Figure] = {}
    for name in found.question.outcomes:
        if isinstance(found, Screening):
            drawn[f"tornado_{name}"] = draw_screening(found, name, about, lang())
            leading = list(found.tables[name]["path"])
        elif isinstance(found, Whose):
            drawn[f"whose_{name}"] = draw_groups(found, name, about, lang())
            drawn[f"survey_{name}"] = draw_survey(found, name, about, lang())
            leading = list(found.information[name].table["path"])
        else:
            drawn[f"tornado_{name}"] = draw_indices(found, name, about, lang())
            table = found.indices[name].table.sort_values("total", ascending=False)
            leading = list(table["path"])
        drawn[f"scatter_{name}"] = draw_scatter(
            found.question, list(found.spec.axes), found.sample, leading, name, about, lang(),
            independent=not isinstance(found, Screening),
        )  # fmt: skip
    return drawn


def _fill(place: Path, found: Found, asked: SensitivityOrder) -> list[str]:
    from ..study.kept import fill_study

    facts = {"method": asked.method, "seed": found.question.seed, "points": found.spec.points,
             "runs": found.spec.runs, "against": asked.against}  # fmt: skip
    return fill_study(
        place, found.question.scenario, _tables(found), _figures(found), facts, asked.command,
        lang(),
    )  # fmt: skip


def _document(found: Found, asked: SensitivityOrder) -> dict[str, Any]:
    from ..study.sensitivity import Screening
    from .sensitivity_tables import sentences

    question = found.question
    told: dict[str, Any] = {
        "scenario": question.scenario.name,
        "scenario_hash": question.scenario.hash,
        "against": None if question.against is None else question.against.name,
        "method": asked.method,
        "seed": question.seed,
        "points": found.spec.points,
        "runs": found.spec.runs,
        "outcomes": list(question.outcomes),
        "varied": [_axis(axis) for axis in found.spec.axes],
    }
    if not isinstance(found, Screening):
        parts = found.groups if hasattr(found, "groups") else found.indices
        told["moments"] = {n: {"mean": one.mean, "variance": one.variance,
                               "together": one.together} for n, one in parts.items()}  # fmt: skip
    if hasattr(found, "information"):
        told["choice"] = {n: None if one.choice is None else one.choice._asdict()
                          for n, one in found.information.items()}  # fmt: skip
    for name, table in _tables(found).items():
        told[name] = [_plain(row) for row in table.to_dict("records")]
    told["sentences"] = {name: sentences(found, name) for name in question.outcomes}
    return {**told, "notice": word(":figure.notice"), "command": asked.command}


def _axis(axis: Any) -> dict[str, Any]:
    from ..study.varied import stated

    if axis.values:
        return {"path": axis.path, "values": [stated(axis, value) for value in axis.values]}
    return {"path": axis.path, "from": axis.low, "to": axis.high}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(k): None if isinstance(v, float) and v != v else v for k, v in row.items()}

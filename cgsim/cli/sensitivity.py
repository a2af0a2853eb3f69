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
from .sensitivity_giving import document, fill
from .words import refusal

if TYPE_CHECKING:
    from .sensitivity_giving import Found

SWEEP = "sweep.json"
"""What a folder with a sweep holds."""

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


def least_of(
    read: str | None, possible: bool, refused: str = "sensitivity_least"
) -> float | None:  # fmt: skip
    """Return the gain from which another scenario is chosen, None where none is named.

    Parameters
    ----------
    possible : bool
        Whether there is such a choice.
    refused : str
        Key of the words where there is none, or the gain is no number.
    """
    import math

    if read is None:
        return None
    try:
        found = float(read)
    except ValueError:
        found = math.nan
    if not (possible and math.isfinite(found)):
        raise refusal("--least", refused)
    return found


def show_sensitivity(asked: SensitivityOrder, json: bool) -> None:
    """Ask; print what comes of it, and write it if a folder is named."""

    def show(found: Found) -> None:
        from .sensitivity_tables import print_found

        print_found(found, asked.order.levers)

    giving: Giving[Found] = Giving(
        show=show,
        document=lambda found: document(found, asked.command),
        fill=lambda place, found: fill(place, found, asked.command, asked.against),
    )
    giving.give(asked.order, asked.command, lambda: _found(asked), json)


def _found(asked: SensitivityOrder) -> Found:
    """Ask, with every fault told of the option that it came by."""
    from ..study import sensitivity

    need_packages("cgsim sensitivity")
    order = asked.order
    if (Path(order.scenario) / SWEEP).is_file():
        raise refusal("SCENARIO", "sensitivity_sweep", folder=order.scenario)
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
    with blamed(), watched(1000) as progress:
        return asking[asked.method](case, **said, progress=thousandths(progress))


def need_packages(verb: str) -> None:
    """Refuse where the library of sensitivity analysis is not installed."""
    try:
        import SALib  # noqa: F401  its parts are imported where they are needed
    except ModuleNotFoundError as wrong:
        raise refusal(verb, "sensitivity_package", names=wrong.name) from None


def _other(asked: SensitivityOrder) -> Any:
    from dataclasses import replace

    assert asked.against is not None
    return replace(asked.order, scenario=asked.against).case()


def thousandths(progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Tell progress in thousandths of the whole."""
    return lambda done, total: progress(done * 1000 // max(1, total), 1000)


@contextmanager
def blamed() -> Iterator[None]:
    """Tell each fault of the option that it came by."""
    try:
        yield
    except ScenarioError as wrong:
        raise ScenarioError(
            Fault(OPTIONS.get(one.path, one.path), one.line, one.column, one.meaning or one.message)
            for one in wrong.faults
        ) from None

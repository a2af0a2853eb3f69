"""Sensitivity of a sweep that was run already: read from its folder, nothing is run again."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from ...errors import Fault, ScenarioError, say
from ...results import run_columns
from ...scenario_file import did_you_mean
from ..sweep.axes import LUCK
from ..sweep.halts import SET_ASIDE, Halt
from ..sweep.sources import Source, open_source
from ..sweep.store import Store, fields_that_differ, local, open_store
from .analysis import decomposition_of, screening_of, whose_of
from .answers import ENDS, OUTCOMES, answers_of, check_outcomes
from .choice import OF_LUCK, group_of
from .question import Decomposition, Question, Screening, Whose
from .study import FEWEST_BASE, FEWEST_TRAJECTORIES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from ...scenario import Scenario
    from ..sweep import Spec

DESIGNS = ("morris", "saltelli")
"""Designs of a sweep that can be analysed."""

MAY_DIFFER = ("scenario", "outcomes", "months", "chunk")
"""What two sweeps need not share for one to be compared with the other."""

Progress = Callable[[int, int], None]
"""Called with runs read and runs in all."""

Folder = str | os.PathLike[str]


def analyse(
    folder: Folder, outcomes: Sequence[str] | None = None, *, against: Folder | None = None,
    least: float = 0.0, progress: Progress | None = None,
) -> Screening | Decomposition | Whose:  # fmt: skip
    """Analyse the design of a complete sweep: Morris or Sobol (Saltelli), whichever it is.

    The numbers are those that `screen`, `decompose` and `whose` give for the same design.

    Parameters
    ----------
    folder : path
        Folder of a sweep of the design ``morris`` or ``saltelli``. One of ``saltelli`` in which
        luck is varied and the groups are ``assumed``, ``sourced`` and ``luck`` is asked whose
        number decides.
    outcomes : sequence of str, optional
        Columns that the sweep keeps, ``dynamic`` or ``inactive``; those of `OUTCOMES` that it
        keeps if not given.
    against : path, optional
        Folder of a sweep of the same design in another scenario: the answer is what it brings
        more, run by run.
    least : float
        With `against`, the gain from which the other scenario is chosen.
    progress : callable, optional

    Raises
    ------
    Halt
        Where a folder holds no sweep, runs are missing or gave no row, or a file is damaged.
    ScenarioError
        Where its design cannot be analysed, its rows are not the design's, or it does not keep
        an outcome.
    """
    store = open_store(local(os.fspath(folder)))
    stores = [store]
    _check_design(store)
    if against is not None:
        stores.append(open_store(local(os.fspath(against))))
        _check_pair(store, stores[1])
    names = tuple(dict.fromkeys(_kept(stores) if outcomes is None else outcomes))
    _check_kept(names, stores)
    sources = [_source(one) for one in (folder, against) if one is not None]
    total = store.spec.simulations * len(sources)
    answers = [
        _answers(source, names, progress, k * store.spec.simulations, total)
        for k, source in enumerate(sources)
    ]
    found = answers[0]
    if against is not None:
        found = {name: answers[1][name] - answers[0][name] for name in names}
    return _analysed(stores, names, found, None if against is None else least)


def _analysed(
    stores: list[Store], names: tuple[str, ...], answers: dict[str, NDArray[np.float64]],
    least: float | None,
) -> Screening | Decomposition | Whose:  # fmt: skip
    spec = stores[0].spec
    axes = tuple(axis for axis in spec.axes if axis.path != LUCK)
    other = stores[1].spec.scenario if len(stores) > 1 else None
    question = Question(spec.scenario, other, axes, names, spec.seed)
    if spec.design == "morris":
        return screening_of(question, spec, answers)
    if asks_whose(spec):
        return whose_of(question, spec, answers, least)
    return decomposition_of(question, spec, answers)


def asks_whose(spec: Spec) -> bool:
    """Whether the groups of a design are whose each number is, luck among them."""
    own = [group_of(axis.path) for axis in spec.axes]
    return list(spec.groups) == own and OF_LUCK in own and len(set(own)) > 1


def _check_design(store: Store) -> None:
    """Refuse a design that no analysis fits, or too little of one."""
    spec, name = store.spec, store.place.name
    if spec.design not in DESIGNS:
        raise _refused(name, "design", design=spec.design)
    least = FEWEST_TRAJECTORIES if spec.design == "morris" else FEWEST_BASE
    if spec.size < least:
        raise _refused(name, f"few_{spec.design}", points=spec.size, least=least)


def _check_pair(store: Store, other: Store) -> None:
    """Refuse to compare two sweeps that are not of one design, with one luck."""
    one, two = ({**each.spec.frozen()} for each in (store, other))
    differing = [name for name in fields_that_differ(one, two) if name not in MAY_DIFFER]
    if differing:
        fields = ", ".join(differing)
        raise _refused("against", "pair", folder=other.place.name, fields=fields)
    first, second = store.spec.scenario, other.spec.scenario
    if first.hash == second.hash:
        raise _refused("against", "same", folder=other.place.name)
    if first.organisations != second.organisations:
        raise ScenarioError([Fault("against", 0, 0, say("sensitivity.error.others"))])


def _columns(store: Store) -> list[str]:
    """Return the outcomes that can be read from what a sweep keeps."""
    spec = store.spec
    return [*ENDS, *run_columns(spec.scenario, list(spec.outcomes) or None)]


def _kept(stores: list[Store]) -> list[str]:
    known = [_columns(store) for store in stores]
    return [name for name in OUTCOMES if all(name in each for each in known)]


def _check_kept(names: Sequence[str], stores: list[Store]) -> None:
    """Refuse an outcome that there is not, or that a sweep did not keep."""
    cases: list[Scenario] = [store.spec.scenario for store in stores]
    check_outcomes(names, *cases)
    known = [name for name in _columns(stores[0]) if all(name in _columns(s) for s in stores)]
    faults = [
        Fault(
            "outcome", 0, 0,
            say("sensitivity.sweep.not_kept", read=name, hint=did_you_mean(name, known)),
        )
        for name in names
        if name not in known
    ]  # fmt: skip
    if faults:
        raise ScenarioError(faults)


def _source(folder: Folder) -> Source:
    """Open a sweep all of whose runs gave a row."""
    source = open_source(folder)
    if source.failures:
        told = {"folder": source.store.place.name, "n": source.failures}
        raise Halt(SET_ASIDE, "analysis_failures", **told)
    return source


def _answers(
    source: Source, names: Sequence[str], progress: Progress | None, before: int, total: int
) -> dict[str, NDArray[np.float64]]:
    """Read the outcomes of a sweep's runs, every file compared with what was written."""
    spec = source.store.spec
    levers = [axis.path for axis in spec.axes]
    outcomes = [name for name in names if name not in ENDS]
    states = ["end_state"] if len(outcomes) < len(names) else []
    columns = list(dict.fromkeys(["point", "run", *levers, *outcomes, *states]))
    parts, rows = [], 0
    for part in source.tables("runs"):
        parts.append(part.select(columns))
        rows += len(part)
        if progress:
            progress(before + rows, total)
    table: pd.DataFrame = pa.concat_tables(parts).to_pandas()
    return {name: answers_of(spec, table, name) for name in names}


def _refused(path: str, key: str, /, **values: object) -> ScenarioError:
    return ScenarioError([Fault(path, 0, 0, say(f"sensitivity.sweep.{key}", **values))])

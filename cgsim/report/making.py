"""``cgsim.report``: one document on one scenario, or on several against the first."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from ..scenario import Scenario
from ..study.explain import explain_leavings
from ..study.outlook import outlook
from ..study.simulate import check_numbers, simulate
from ..study.summary import summarise
from ..study.varied import fault
from .commanding import command_of
from .findings import Findings, commonest

Named = Scenario | str | os.PathLike[str]

Progress = Callable[[int, int], None]

MOST_RUNS = 20_000
"""Runs a scenario; figures over time hold every month of each."""

MOST_ROWS = 2_000_000
"""Runs × months of one scenario that are held in memory."""

EXPLAINED, WATCHED = 100, 400
"""Runs at most of which leavings are explained, and from which is learnt what warns."""


class _Running(TypedDict):
    threads: int | None
    progress: Progress | None


class _How(NamedTuple):
    runs: int
    seed: int
    worlds: int | str
    threads: int | None
    progress: Progress | None


@dataclass(frozen=True)
class Report:
    """A document of one scenario, or of several compared.

    Attributes
    ----------
    findings : Findings
        Every simulation and study that it tells of.
    """

    findings: Findings

    def html(self, lang: str = "en") -> str:
        """Return one self-contained HTML file; the same scenarios and luck give the same text.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from .page import page

        return page(self.findings, lang)

    def pdf(self, lang: str = "en") -> bytes:
        """Return the same as PDF, printed by a Chromium.

        Raises
        ------
        NoBrowser
            Where there is none on the PATH, or it fails.
        """
        from .printing import printed

        return printed(self.html(lang))

    def save(self, path: str | os.PathLike[str], lang: str = "en") -> None:
        """Write the report, as HTML or, where the name ends in ``.pdf``, as PDF."""
        file = Path(path)
        whole = file.suffix.lower() == ".pdf"
        file.write_bytes(self.pdf(lang) if whole else self.html(lang).encode("utf-8"))

    def command(self, lang: str = "en") -> str:
        """Return the command that gives the report again."""
        return command_of(self.findings, lang)


def report(
    scenarios: Named | Sequence[Named],
    runs: int = 500,
    seed: int = 1,
    *,
    worlds: int | str | os.PathLike[str] = 0,
    levers: Sequence[str] = (),
    asked: Sequence[str] = (),
    threads: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Run one scenario or several, and make one document of what comes out.

    Parameters
    ----------
    scenarios : Scenario, str, or a sequence of them
        Several are compared with the first, on the same luck.
    runs, seed : int
        Runs of each scenario, and their luck.
    worlds : int or path
        How many worlds to draw over the numbers that nobody has measured, 0 for none; or a file
        that holds them, such as `cgsim calibrate` writes.
    levers : sequence of str
        What has been changed in all of them already, as ``--set`` says it; told in the report.
    asked : sequence of str, optional
        What the command calls each scenario.
    threads : int, optional
        Threads to use; the numbers do not depend on it.
    progress : callable, optional
        Called with runs done and runs in all.

    Returns
    -------
    Report
        Its ``html(lang)`` and ``pdf(lang)``; ``save(path, lang)`` writes either.

    Raises
    ------
    ScenarioError
        If a scenario does not pass its check.
    ValueError
        For a number of runs, worlds or a seed out of range.

    Examples
    --------
    >>> told = report("sangatta-utara", runs=20)
    >>> told.command("id")
    'cgsim report sangatta-utara --runs 20 --seed 1 --lang id -o report.html'
    """
    check_numbers(runs, seed, 0)
    if not 2 <= runs <= MOST_RUNS or (isinstance(worlds, int) and worlds < 0):
        raise ValueError(f"a report needs 2 to {MOST_RUNS} runs and no fewer than 0 worlds")
    listed = [scenarios] if isinstance(scenarios, Scenario | str | os.PathLike) else [*scenarios]
    if not listed:
        raise ValueError("a report needs a scenario")
    cases = [one if isinstance(one, Scenario) else Scenario.load(one) for one in listed]
    names = tuple(asked) or tuple(map(_called, listed, cases))
    which = worlds if isinstance(worlds, int) else os.fspath(worlds)
    how = _How(runs, seed, which, threads, progress)
    parts = _of_one(cases[0], how) if len(cases) == 1 else _of_several(cases, how)
    leavings = tuple(
        explain_leavings(one.scenario, min(runs, EXPLAINED), seed, progress=progress)
        for one in parts["simulations"]
    )
    parts["leavings"] = leavings
    return Report(Findings(asked=names, levers=tuple(levers), worlds=which, **parts))


def _of_one(case: Scenario, how: _How) -> dict[str, Any]:
    """Return what a report on one scenario tells of."""
    from ..study.watch import watch

    if how.runs * case.months > MOST_ROWS:
        most = f"{MOST_ROWS // case.months:_}".replace("_", " ")
        raise fault("--runs", "report.error.many", most=most)
    made = simulate(case, how.runs, how.seed, threads=how.threads, progress=how.progress)
    found = None
    if how.worlds:
        state = commonest(summarise(made))
        found = outlook(
            case, state, how.worlds, how.seed, threads=how.threads, progress=how.progress,
            place="--worlds",
        )  # fmt: skip
    watched = watch(
        case, min(how.runs, WATCHED), how.seed, threads=how.threads, progress=how.progress
    )
    return {"simulations": (made,), "outlook": found, "watch": watched}


def _of_several(cases: list[Scenario], how: _How) -> dict[str, Any]:
    """Return what a report on several scenarios tells of."""
    from ..study.compare.overturn import overturn_all
    from ..study.compare.pairs import paired
    from ..study.compare.worlds import in_worlds

    told = _Running(threads=how.threads, progress=how.progress)
    pairs = paired(cases, how.runs, how.seed, **told)
    simulations = tuple(
        simulate(one.scenario, how.runs, how.seed, months=False, **told) for one in pairs.every
    )
    found = None
    if how.worlds:
        found = overturn_all(
            in_worlds(pairs, how.worlds, places=("--worlds", "--worlds"), **told), **told
        )
    return {"simulations": simulations, "pairs": pairs, "in_worlds": found}


def _called(said: Named, case: Scenario) -> str:
    """Return what the command calls a scenario: its name, or the file it would be saved in."""
    if not isinstance(said, Scenario):
        return os.fspath(said)
    return case.name if case.hash == _shipped_hash(case.name) else f"{case.name}.yaml"


@cache
def _shipped_hash(name: str) -> str | None:
    return Scenario.load(name).hash if name in Scenario.shipped() else None

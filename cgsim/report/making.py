"""``cgsim.report``: one document on one scenario, or on several against the first."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..scenario import Scenario
from ..study.outlook import RUNS, outlook
from ..study.simulate import check_numbers, simulate
from ..study.summary import summarise
from .commanding import command_of
from .findings import Findings, commonest

Named = Scenario | str | os.PathLike[str]

Progress = Callable[[int, int], None]

MOST_RUNS = 20_000
"""Runs a scenario; figures over time hold every month of each."""


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
    worlds: int = 0,
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
    worlds : int
        How many worlds to draw over the numbers that nobody has measured; 0 for none.
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
    if not 2 <= runs <= MOST_RUNS or worlds < 0:
        raise ValueError(f"a report needs 2 to {MOST_RUNS} runs and no fewer than 0 worlds")
    listed = [scenarios] if isinstance(scenarios, Scenario | str | os.PathLike) else [*scenarios]
    if not listed:
        raise ValueError("a report needs a scenario")
    cases = [one if isinstance(one, Scenario) else Scenario.load(one) for one in listed]
    names = tuple(asked) or tuple(map(_called, listed, cases))
    make = _of_several if len(cases) > 1 else _of_one
    parts = make(cases, runs, seed, worlds, threads, progress)
    return Report(Findings(asked=names, levers=tuple(levers), worlds=worlds, **parts))


def _of_one(
    cases: list[Scenario], runs: int, seed: int, worlds: int, threads: int | None,
    progress: Progress | None,
) -> dict[str, Any]:  # fmt: skip
    """Return what a report on one scenario tells of."""
    told = _Told(progress, runs + RUNS * worlds)
    made = simulate(cases[0], runs, seed, threads=threads, progress=told.after(0))
    found = None
    if worlds:
        found = outlook(
            cases[0], commonest(summarise(made)), worlds, seed, threads=threads,
            progress=told.after(runs),
        )  # fmt: skip
    return {"simulations": (made,), "outlook": found}


def _of_several(
    cases: list[Scenario], runs: int, seed: int, worlds: int, threads: int | None,
    progress: Progress | None,
) -> dict[str, Any]:  # fmt: skip
    """Return what a report on several scenarios tells of."""
    from ..study.compare.pairs import paired

    total = runs * len(cases)
    told = _Told(progress, 2 * total)
    pairs = paired(cases, runs, seed, threads=threads, progress=told.after(0))
    simulations = tuple(
        simulate(
            one.scenario, runs, seed, months=False, threads=threads,
            progress=told.after(total + k * runs),
        )
        for k, one in enumerate(pairs.every)
    )  # fmt: skip
    return {"simulations": simulations, "pairs": pairs}


@dataclass(frozen=True)
class _Told:
    """Says of the whole what each study says of its part."""

    progress: Progress | None
    total: int

    def after(self, done: int) -> Progress | None:
        """Return what a study calls that begins once so many runs are done."""
        if self.progress is None:
            return None
        heard, total = self.progress, self.total
        return lambda some, _: heard(done + some, total)


def _called(said: Named, case: Scenario) -> str:
    """Return what the command calls a scenario: its name, or the file it would be saved in."""
    if not isinstance(said, Scenario):
        return os.fspath(said)
    return case.name if case.hash == _shipped_hash(case.name) else f"{case.name}.yaml"


@cache
def _shipped_hash(name: str) -> str | None:
    return Scenario.load(name).hash if name in Scenario.shipped() else None

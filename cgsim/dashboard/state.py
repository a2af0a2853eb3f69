"""What a visitor has set, the run that follows from it, and what a page shows of both.

Nothing here knows how a page is drawn, and nothing is kept between visitors but what can
never change: scenarios read, runs computed, words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..errors import Message
from ..language import keys, text
from ..scenario import Scenario
from ..study.trajectory import trajectory

BASELINE = "sangatta-utara"
INTERVALS = ("never", 12, 6, 3, 2, 1)
"""Monitoring intervals offered by the page [months]."""


@dataclass(frozen=True)
class Settings:
    """What a visitor has set.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario.
    seed : int
        Seed of the run shown.
    month : int
        Months lived when the page opens, from 1.
    lang : str
        Language of the page.
    chosen_lang : bool
        Whether the visitor asked for the language, so that it stands in the address.
    monitoring : tuple of (str, int or "never")
        Organisations whose monitoring interval differs from the scenario's.
    persistence : float or None
        Mean persistence where it differs from the scenario's.
    """

    scenario: str = BASELINE
    seed: int = 1
    month: int = 1
    lang: str = "en"
    chosen_lang: bool = False
    monitoring: tuple[tuple[str, int | str], ...] = ()
    persistence: float | None = None

    @property
    def case(self) -> Scenario:
        """The scenario with the visitor's levers."""
        return _with_levers(self.scenario, self.monitoring, self.persistence)


@lru_cache(maxsize=64)
def shipped_scenario(name: str) -> Scenario:
    """Return a shipped scenario, read once."""
    return Scenario.load(name)


@lru_cache(maxsize=64)
def _with_levers(
    name: str, monitoring: tuple[tuple[str, int | str], ...], persistence: float | None
) -> Scenario:
    levers: dict[str, Any] = {
        f"organisations.{key}.monitoring_interval": interval for key, interval in monitoring
    }
    if persistence is not None:
        levers["community.persistence.mean"] = persistence
    case = shipped_scenario(name)
    return case.replace(levers) if levers else case


@lru_cache(maxsize=64)
def run_of(case: Scenario, seed: int) -> dict[str, Any]:
    """Return the run of a scenario under a seed; computed once, never written to."""
    return trajectory(case, seed)


def choices(own: int | str) -> tuple[int | str, ...]:
    """Return the monitoring intervals offered, the scenario's own among them."""
    if own in INTERVALS:
        return INTERVALS
    months = sorted({own, *INTERVALS[1:]}, key=lambda months: -int(months))
    return ("never", *months)


@lru_cache(maxsize=8)
def words(lang: str) -> dict[str, str]:
    """Return the words of the page in a language, by their key after ``dashboard.page.``."""
    prefix = "dashboard.page."
    return {k.removeprefix(prefix): text(k, lang) for k in keys(lang) if k.startswith(prefix)}


@lru_cache(maxsize=8)
def presets(lang: str) -> list[dict[str, str]]:
    """Return the shipped scenarios with title and question, the baseline first."""
    names = sorted(Scenario.shipped(), key=lambda name: (name != BASELINE, name))
    cases = [shipped_scenario(name) for name in names]
    return [
        {"name": case.name, "title": case.title[lang], "question": case.question[lang]}
        for case in cases
    ]


def view(settings: Settings, notices: list[Message]) -> dict[str, Any]:
    """Return all that a page shows besides the run itself."""
    case, lang = settings.case, settings.lang
    own = shipped_scenario(settings.scenario)
    return {
        "lang": lang,
        "words": words(lang),
        "notices": [notice.in_language(lang) for notice in notices],
        "presets": presets(lang),
        "scenario": settings.scenario,
        "seed": settings.seed,
        "month": settings.month,
        "persistence": case.value("community.persistence.mean"),
        "organisations": [
            {
                "key": key,
                "name": case.names[key][lang],
                "interval": case.value(f"organisations.{key}.monitoring_interval"),
                "choices": list(choices(own.value(f"organisations.{key}.monitoring_interval"))),
            }
            for key in case.organisations
        ],
    }

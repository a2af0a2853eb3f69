"""Explanations made once."""

from __future__ import annotations

import pytest

from cgsim.cli.words import take_language
from cgsim.study.explain import (
    explain_leavings,
    explain_person,
    explain_run,
)
from tests.explain.asking import BASE, SHORT


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("CGSIM_LANG", "en")
    take_language([])


@pytest.fixture(scope="session")
def run():
    return explain_run(BASE, seed=7)


@pytest.fixture(scope="session")
def left():
    return explain_leavings(SHORT, runs=12, seed=3)


@pytest.fixture(scope="session")
def person():
    """One who left twice, for whom one reason was decisive, beside another scenario."""
    return explain_person(
        BASE, 105, seed=7, against="recommendation-1", levers=["visits", "leadership"]
    )

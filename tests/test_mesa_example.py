"""The example in the shape of Mesa's own runs: headless, on the page, and with cgsim's numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cgsim

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "mesa"

pytestmark = pytest.mark.docs


@pytest.fixture
def example(monkeypatch):
    """The example's modules, which import one another by their bare names."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    yield
    for name in ("model", "agents", "run", "app"):
        sys.modules.pop(name, None)


def test_it_has_the_files_of_mesas_examples():
    assert {"README.md", "agents.py", "app.py", "model.py", "run.py"} <= {
        one.name for one in EXAMPLE.iterdir()
    }


def test_batch_run_gives_the_numbers_of_simulate(example):
    from run import run

    found = run(seeds=1, max_steps=18)
    assert len(found) == 4
    case = cgsim.Scenario.load("sangatta-utara")
    for row in found.itertuples():
        levers = {
            "organisations.*.monitoring_interval": row.monitoring_interval,
            "community.persistence.mean": row.persistence,
        }
        months = cgsim.simulate(case.replace(levers), runs=1, seed=row.seed).months
        same = months[months["month"] == row.Step].iloc[0]
        assert (row.producers, row.tie_trust) == (same["producers"], same["tie_trust"])


def test_only_those_who_joined_are_drawn(example):
    from agents import SHOWN, portray
    from model import BatikCluster

    model = BatikCluster()
    assert not model.trained
    for _ in range(12):
        model.step()
    assert model.trained
    assert all(portray(one) for one in model.trained if one.status_word in SHOWN)
    assert portray(next(one for one in model.trainees if one.status_word == "community")) is None


def test_the_page_can_be_drawn():
    pytest.importorskip("solara")
    draw = (
        "import solara, app; box, context = solara.render(app.page, handle_error=False);"
        "print(type(box).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", draw], cwd=EXAMPLE, capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Error" not in done.stderr

"""What the tests of explanations ask of."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

import cgsim
from cgsim.cli.app import app

BASE = cgsim.Scenario.load("sangatta-utara")
SHORT = BASE.replace(months=36)
SMALL = SHORT.replace({"community.people": 40})

USUAL = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def call(*words, code=0):
    result = CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def leavings_of(people):
    return people[(people["status"] == "left") & (people["months_in_status"] == 0)]

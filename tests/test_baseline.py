"""The frozen baseline: a change of any number must be meant, and told in CHANGELOG.

Renew it with ``python -m tests.test_baseline`` and say under **Results** what moved and why.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cgsim

FROZEN = Path(__file__).parent / "baseline" / "runs.json"
CASES = ("sangatta-utara", "nobody-monitors", "full-package", "kpc-leaves", "adaptive-follow-up")
RUNS = 3


def numbers() -> dict[str, dict[str, list[float | str | None]]]:
    """Return every column of a few runs of a few scenarios."""
    found = {}
    for name in CASES:
        table = cgsim.simulate(name, runs=RUNS, seed=2026, months=False).runs
        plain = table.drop(columns="scenario_hash").astype(object).where(table.notna(), None)
        found[name] = {column: list(plain[column]) for column in plain}
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_number_of_the_baseline_comes_out_again(name):
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))[name]
    seen = numbers()[name]
    assert list(seen) == list(frozen)
    for column, values in seen.items():
        # another system's mathematical library may differ in a last bit
        near = [
            v if v is None or isinstance(v, str) else pytest.approx(v, rel=1e-9) for v in values
        ]
        assert frozen[column] == near, column


if __name__ == "__main__":
    words = json.dumps(numbers(), indent=1, default=lambda x: x.item())
    FROZEN.write_text(words + "\n", encoding="utf-8", newline="\n")
    print(FROZEN)

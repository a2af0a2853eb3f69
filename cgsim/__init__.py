"""cgsim: how collaborative governance moves a cluster of small enterprises.

>>> import cgsim
>>> base = cgsim.Scenario.load("sangatta-utara")
>>> more = base.replace({"organisations.*.monitoring_interval": 1})
>>> result = cgsim.simulate(more, runs=50, seed=1)

What is imported comes when it is first used: scenarios can be read and checked without
numba, Mesa or pandas.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .columns import meaning, units
    from .errors import ScenarioError
    from .model import Model
    from .report import Report, report
    from .scenario import Scenario
    from .study.calibrate import calibrate
    from .study.compare import Comparison, compare
    from .study.explain import explain, explain_leavings, explain_person, explain_run
    from .study.phase_map import phase_map
    from .study.plan import plan
    from .study.ramp import ramp
    from .study.simulate import Simulation, people, simulate
    from .study.sweep import sweep
    from .study.watch import watch

__version__ = "0.1.0"

_HOME = {
    "Comparison": "study.compare",
    "Model": "model",
    "Report": "report",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "Simulation": "study.simulate",
    "calibrate": "study.calibrate",
    "compare": "study.compare",
    "explain": "study.explain",
    "explain_leavings": "study.explain",
    "explain_person": "study.explain",
    "explain_run": "study.explain",
    "meaning": "columns",
    "people": "study.simulate",
    "phase_map": "study.phase_map",
    "plan": "study.plan",
    "ramp": "study.ramp",
    "report": "report",
    "simulate": "study.simulate",
    "sweep": "study.sweep",
    "units": "columns",
    "watch": "study.watch",
}

__all__ = [
    "Comparison",
    "Model",
    "Report",
    "Scenario",
    "ScenarioError",
    "Simulation",
    "calibrate",
    "compare",
    "explain",
    "explain_leavings",
    "explain_person",
    "explain_run",
    "meaning",
    "people",
    "phase_map",
    "plan",
    "ramp",
    "report",
    "simulate",
    "sweep",
    "units",
    "watch",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        _ask_for_packages()
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _ask_for_packages() -> None:
    """Say where the packages are, if this Python is not the one that has them."""
    missing = [name for name in ("ruamel", "pydantic", "platformdirs") if find_spec(name) is None]
    if missing:
        raise ImportError(
            f"cgsim needs packages that this Python does not have ({', '.join(missing)}). "
            "Use the one of its set-up: .venv/bin/python, on Windows .venv\\Scripts\\python"
        )


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])

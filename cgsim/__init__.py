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
    from .scenario import Scenario
    from .study.phase_map import phase_map
    from .study.plan import plan
    from .study.ramp import ramp
    from .study.simulate import Simulation, people, simulate
    from .study.sweep import sweep

__version__ = "0.1.0"

_HOME = {
    "Model": "model",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "Simulation": "study.simulate",
    "meaning": "columns",
    "people": "study.simulate",
    "phase_map": "study.phase_map",
    "plan": "study.plan",
    "ramp": "study.ramp",
    "simulate": "study.simulate",
    "sweep": "study.sweep",
    "units": "columns",
}

__all__ = [
    "Model",
    "Scenario",
    "ScenarioError",
    "Simulation",
    "meaning",
    "people",
    "phase_map",
    "plan",
    "ramp",
    "simulate",
    "sweep",
    "units",
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

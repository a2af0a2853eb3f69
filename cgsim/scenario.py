"""A scenario: every lever of a case, checked, with the changes it goes through."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .errors import Fault, ScenarioError, say
from .parameters import NEVER, POLICY, Parameter, find
from .scenario_building import built, tree_of
from .scenario_file import Resolved, load, parse, put_all, shipped
from .scenario_interventions import Intervention
from .scenario_yaml import Place, plain
from .scenario_yaml import read as read_yaml

__all__ = ["Intervention", "Scenario", "ScenarioError", "parse_set"]


@dataclass(frozen=True, repr=False)
class Scenario:
    """A checked scenario; numbers stand as the rules read them.

    Attributes
    ----------
    name : str
        Name of its file.
    title, question : dict
        By language.
    months : int
        Length of a run.
    organisations : tuple of str
        Keys, in the order of the file.
    names : dict
        Each organisation's name by language.
    policy : dict
        Shared levers and constants by attribute name (`parameters.POLICY`).
    plans : dict
        Each organisation's levers by name (`parameters.PLAN`); never is 0, an agency 0 and a
        company 1, present 1.
    interventions : tuple of Intervention
        Changes, in the order of the file.
    aliases : tuple of str
        Other names of the file.
    sources : dict
        What the file says of where its numbers come from, by path.
    origins : dict
        File, line and column of each value that a file states, by path.
    """

    name: str
    title: dict[str, str]
    question: dict[str, str]
    months: int
    organisations: tuple[str, ...]
    names: dict[str, dict[str, str]]
    policy: dict[str, float]
    plans: dict[str, dict[str, float]]
    interventions: tuple[Intervention, ...] = ()
    aliases: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Place] = field(default_factory=dict, compare=False)

    @classmethod
    def load(cls, name_or_path: str | os.PathLike[str]) -> Scenario:
        """Read a scenario by shipped name, alias or path.

        Raises
        ------
        ScenarioError
            With all that is wrong, each at its place.

        Examples
        --------
        >>> Scenario.load("sangatta-utara").organisations
        ('industry', 'tourism', 'kpc')
        """
        return cls(**built(load(name_or_path)))

    @classmethod
    def parse(cls, words: str, name: str = "scenario", folder: Path | None = None) -> Scenario:
        """Read a scenario from text; with a folder it may extend files from there."""
        return cls(**built(parse(words, name, folder)))

    @staticmethod
    def shipped() -> list[str]:
        """Return the names of the shipped scenarios."""
        return shipped()

    def replace(
        self,
        levers: Mapping[str, Any] | None = None,
        *,
        months: int | None = None,
        name: str | None = None,
    ) -> Scenario:
        """Return the scenario with other values, checked as a file is.

        Parameters
        ----------
        levers : mapping
            Values by dotted path; ``organisations.*.lever`` means all organisations, None
            removes one, a whole block adds one.
        months : int, optional
            Another length.
        name : str, optional
            Another name.

        Examples
        --------
        >>> base = Scenario.load("sangatta-utara")
        >>> base.replace({"organisations.*.monitoring_interval": 1}).value(
        ...     "organisations.industry.monitoring_interval")
        1
        """
        more = dict(levers or {})
        if months is not None:
            more["months"] = months
        faults: list[Fault] = []
        before = tree_of(self.to_dict(), Place(self.name, 0, 0), self.origins)
        tree = put_all(before, tree_of(more), faults)
        return Scenario(**built(Resolved(name or self.name, tree, tuple(faults))))

    def value(self, path: str) -> Any:
        """Return what a scenario file says at a path: a number, `never`, true, or a kind.

        ``organisations.*.lever`` gives a dict by organisation.
        """
        parameter = find(path)
        if path == "months":
            return self.months
        if parameter is None:
            raise KeyError(path)
        if not path.startswith("organisations."):
            return shown(parameter, self.policy[parameter.name])
        key = path.split(".")[1]
        if key == "*":
            return {k: shown(parameter, self.plans[k][parameter.name]) for k in self.organisations}
        return shown(parameter, self.plans[key][parameter.name])

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario as a file would state it, complete."""
        from .scenario_writing import as_file

        return as_file(self)

    def to_yaml(self) -> str:
        """Return the scenario as a complete file, which loads back to the same hash."""
        from .scenario_writing import as_yaml

        return as_yaml(self)

    def canonical(self) -> str:
        """Return all that moves a run, and nothing else, in one fixed form.

        The order of organisations counts, since luck is keyed by it; the order of keys,
        comments, titles, names and reasons do not.
        """
        changes = [
            [
                one.month, one.quantity, one.sense, one.bound, one.for_months, one.once,
                sorted(one.set), sorted(one.otherwise),
            ]
            for one in self.interventions
        ]  # fmt: skip
        whole = {
            "months": self.months,
            "policy": {POLICY[name].path: value for name, value in self.policy.items()},
            "organisations": [[key, self.plans[key]] for key in self.organisations],
            "interventions": changes,
        }
        return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    @property
    def hash(self) -> str:
        """Return 16 hexadecimal digits that name what moves a run."""
        return blake2b(self.canonical().encode(), digest_size=8).hexdigest()

    def __hash__(self) -> int:
        """Hash by what moves a run."""
        return int(self.hash, 16)

    def __repr__(self) -> str:
        """Name it, for a line on a screen; `to_yaml` gives it whole.

        Examples
        --------
        >>> Scenario.load("mina-bayu-lestari").replace(months=12)
        <Scenario mina-bayu-lestari: 12 months, fisheries, 3c5f>
        """
        return (
            f"<Scenario {self.name}: {self.months} months, {', '.join(self.organisations)}, "
            f"{self.hash[:4]}>"
        )


def shown(parameter: Parameter, value: float) -> Any:
    """Return a number that rules read as a scenario file states it.

    Examples
    --------
    >>> from cgsim.parameters import PLAN
    >>> shown(PLAN["monitoring_interval"], 0.0), shown(PLAN["kind"], 1.0)
    ('never', 'company')
    """
    if parameter.sort == "interval" and value == NEVER:
        return "never"
    if parameter.sort == "flag":
        return value > 0
    if parameter.sort == "choice":
        return parameter.words[int(value)]
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def parse_set(words: str) -> tuple[str, Any]:
    """Read one ``lever=value`` of the command line; the value is read as YAML.

    Examples
    --------
    >>> parse_set("organisations.*.monitoring_interval=never")
    ('organisations.*.monitoring_interval', 'never')
    """
    path, equals, value = words.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise ScenarioError([Fault("--set", 0, 0, say("error.set.form", read=words[:80]))])
    return path.strip(), plain(read_yaml(f"value: {value.strip()}", "--set").value["value"])


def json_schema(lang: str = "en") -> dict[str, Any]:
    """Return a JSON Schema of scenario files for editors, with descriptions in a language."""
    from .scenario_schema import schema

    return schema(lang)

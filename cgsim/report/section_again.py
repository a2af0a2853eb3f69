"""The command that makes the report again, and the manifest."""

from __future__ import annotations

from ..language import text
from ..scenario import Scenario
from .commanding import command_of
from .findings import Findings
from .parts import Code, Facts, Part, Section, Words


def section(found: Findings, lang: str) -> Section:
    """Return the section."""
    shipped = Scenario.shipped()
    parts: list[Part] = [
        Words(text("report.again.lead", lang)),
        Code(command_of(found, lang), text("report.again.command", lang)),
    ]
    parts += [
        Words(text("report.again.own", lang, file=asked), note=True)
        for asked, case in zip(found.asked, found.cases, strict=True)
        if case.name not in shipped or asked != case.name
    ]
    facts: list[tuple[str, str]] = []
    for simulation, asked in zip(found.simulations, found.asked, strict=True):
        told = simulation.manifest
        facts += [
            (text("report.again.scenario", lang), asked),
            (text("report.again.hash", lang), told["scenario_hash"]),
            (text("report.again.results", lang), told["results_hash"]),
        ]
    told = found.simulations[0].manifest
    versions = " · ".join(f"{name} {number}" for name, number in told["versions"].items())
    facts += [
        (text("report.again.runs", lang), f"{told['runs']}, {told['seed']}, {told['months']}"),
        (text("report.again.versions", lang), f"{versions} · Python {told['python']}"),
        (text("report.again.computer", lang), told["platform"]),
    ]
    parts.append(Facts(tuple(facts)))
    return Section("again", text("report.again.title", lang), parts)

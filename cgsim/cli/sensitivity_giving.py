"""What a sensitivity study is given as: tables, figures, a folder, a JSON document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .words import lang, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ..study.sensitivity import Decomposition, Screening, Whose

    Found = Screening | Decomposition | Whose


def method_name(found: Found) -> str:
    """Return which method found it: ``morris``, ``sobol`` or ``whose``."""
    return {"Screening": "morris", "Decomposition": "sobol", "Whose": "whose"}[type(found).__name__]


def tables_of(found: Found) -> dict[str, pd.DataFrame]:
    """Return all tables by name, each with its outcome in the first column."""
    import pandas as pd

    from ..study.sensitivity import Screening, Whose

    def together(parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
        told = [one.assign(outcome=name) for name, one in parts.items()]
        whole = pd.concat(told, ignore_index=True)
        return whole[["outcome", *(name for name in whole.columns if name != "outcome")]]

    if isinstance(found, Screening):
        return {"screening": together(found.tables)}
    if isinstance(found, Whose):
        groups = {name: one.table for name, one in found.groups.items()}
        told = {name: one.table for name, one in found.information.items()}
        return {"groups": together(groups), "information": together(told)}
    return {"indices": together({name: one.table for name, one in found.indices.items()})}


def _figures(found: Found) -> dict[str, Figure]:
    """Draw each outcome's figures, named after what they show."""
    from ..figures.sensitivity import (
        draw_groups,
        draw_indices,
        draw_scatter,
        draw_screening,
        draw_survey,
        heading_words,
    )
    from ..study.sensitivity import Screening, Whose

    about = heading_words(found, lang())
    drawn: dict[str, Figure] = {}
    for name in found.question.outcomes:
        if isinstance(found, Screening):
            drawn[f"tornado_{name}"] = draw_screening(found, name, about, lang())
            leading = list(found.tables[name]["path"])
        elif isinstance(found, Whose):
            drawn[f"whose_{name}"] = draw_groups(found, name, about, lang())
            drawn[f"survey_{name}"] = draw_survey(found, name, about, lang())
            leading = list(found.information[name].table["path"])
        else:
            drawn[f"tornado_{name}"] = draw_indices(found, name, about, lang())
            table = found.indices[name].table.sort_values("total", ascending=False)
            leading = list(table["path"])
        drawn[f"scatter_{name}"] = draw_scatter(
            found.question, list(found.spec.axes), found.sample, leading, name, about, lang(),
            independent=not isinstance(found, Screening),
        )  # fmt: skip
    return drawn


def fill(place: Path, found: Found, command: str, against: str | None) -> list[str]:
    """Write tables, figures, scenario and manifest into an empty folder; return their names.

    Parameters
    ----------
    command : str
        The command that gives the numbers again.
    against : str or None
        What was asked for as the second scenario.
    """
    from ..study.kept import fill_study

    facts = {"method": method_name(found), "seed": found.question.seed,
             "points": found.spec.points, "runs": found.spec.runs, "against": against}  # fmt: skip
    return fill_study(
        place, found.question.scenario, tables_of(found), _figures(found), facts, command, lang()
    )


def document(found: Found, command: str) -> dict[str, Any]:
    """Return a study as one JSON document."""
    from ..study.sensitivity import Screening
    from .sensitivity_tables import sentences

    question = found.question
    told: dict[str, Any] = {
        "scenario": question.scenario.name,
        "scenario_hash": question.scenario.hash,
        "against": None if question.against is None else question.against.name,
        "method": method_name(found),
        "seed": question.seed,
        "points": found.spec.points,
        "runs": found.spec.runs,
        "outcomes": list(question.outcomes),
        "varied": [_axis(axis) for axis in found.spec.axes],
    }
    if not isinstance(found, Screening):
        parts = found.groups if hasattr(found, "groups") else found.indices
        told["moments"] = {n: {"mean": one.mean, "variance": one.variance,
                               "together": one.together} for n, one in parts.items()}  # fmt: skip
    if hasattr(found, "information"):
        told["choice"] = {n: None if one.choice is None else one.choice._asdict()
                          for n, one in found.information.items()}  # fmt: skip
    for name, table in tables_of(found).items():
        told[name] = [_plain(row) for row in table.to_dict("records")]
    told["sentences"] = {name: sentences(found, name) for name in question.outcomes}
    return {**told, "notice": word(":figure.notice"), "command": command}


def _axis(axis: Any) -> dict[str, Any]:
    from ..study.varied import stated

    if axis.values:
        return {"path": axis.path, "values": [stated(axis, value) for value in axis.values]}
    return {"path": axis.path, "from": axis.low, "to": axis.high}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(k): None if isinstance(v, float) and v != v else v for k, v in row.items()}

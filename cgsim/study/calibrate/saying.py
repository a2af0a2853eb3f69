"""What a calibration found, in sentences of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal

from ...language import text
from ..varied import lever_words

if TYPE_CHECKING:
    import pandas as pd

    from ..sweep.axes import Axis
    from .calibration import Calibration

FEWEST = 50
"""Equal worlds below which the weights are said to rest on few (assumption)."""

EDGE, CROWD = 0.1, 0.4
"""The outermost part of a spread, and the share of worlds in it from which on they crowd there
(assumptions); uniform worlds have a tenth of them there."""

MOST_TRADES = 3
"""Pairs that are named."""


def sentences(found: Calibration, lang: str = "en") -> list[str]:
    """Say whether the targets are met, what they tell, what trades off, and what held."""
    return [
        *_reached(found, lang),
        *_identified(found, lang),
        *_trades(found, lang),
        *_held_out(found, lang),
        *_doubts(found, lang),
    ]


def figure_of(value: float, lang: str) -> str:
    """Return a number with three digits that count, as the language writes it."""
    size = abs(value)
    plain = "#,##0.###" if size < 1 else "#,##0.##" if size < 10 else "#,##0.#"
    return str(format_decimal(value, f"{plain};−{plain}", locale=lang))


def _say(key: str, lang: str, **values: object) -> str:
    return text(f"calibrate.sentence.{key}", lang, **values)


def _reached(found: Calibration, lang: str) -> list[str]:
    count, kept = len(found.targets.fitted), len(found.kept.worlds)
    if found.reached:
        return [_say("reached" if count > 1 else "reached_one", lang, kept=kept, count=count)]
    fitted = found.patterns[~found.patterns["hold_out"]]
    off = (fitted["median"] - fitted["wanted"]).abs() / fitted["tolerance"]
    worst = fitted.iloc[int(off.to_numpy().argmax())]
    told = {name: figure_of(float(worst[name]), lang) for name in ("wanted", "tolerance")}
    return [
        _say(
            "not_reached", lang, **told, kept=kept, target=worst["target"],
            allowed=figure_of(float(found.generations["allowed"].iloc[-1]), lang),
            seen=figure_of(float(worst["median"]), lang),
        )
    ]  # fmt: skip


def _named(found: Calibration, path: str, lang: str) -> str:
    return text("calibrate.of", lang, name=lever_words(path, found.scenario, lang), path=path)


def _identified(found: Calibration, lang: str) -> list[str]:
    said = []
    for verdict in ("told", "partly", "hardly"):
        rows = found.constants[found.constants["verdict"] == verdict]
        names = "; ".join(_named(found, path, lang) for path in rows["path"])
        if names:
            said.append(_say(verdict, lang, names=names))
        elif verdict == "told" and not (found.constants["verdict"] == "partly").any():
            said.append(_say("nothing", lang))
    return said


def _trades(found: Calibration, lang: str) -> list[str]:
    rows = found.pairs[found.pairs["trade_off"]] if len(found.axes) > 1 else found.pairs
    if len(found.axes) > 1 and not len(rows):
        return [_say("no_trade", lang)]
    return [
        _say(
            f"trade.{row['together']}", lang, first=_named(found, row["first"], lang),
            second=_named(found, row["second"], lang), rho=rho_of(row["correlation"], lang),
        )
        for row in rows.head(MOST_TRADES).to_dict("records")
    ]  # fmt: skip


def rho_of(value: float, lang: str) -> str:
    """Return a correlation with its sign."""
    return str(format_decimal(value, "0.00;−0.00", locale=lang))


def _held_out(found: Calibration, lang: str) -> list[str]:
    rows = found.patterns[found.patterns["hold_out"]]
    if not len(rows):
        return [_say("held_none", lang)]
    said = []
    for verdict in ("met", "in_reach", "not_met"):
        names = _targets(rows[rows["verdict"] == verdict])
        if names:
            said.append(_say(f"held_{verdict}", lang, names=names))
    return said


def _targets(rows: pd.DataFrame) -> str:
    pairs = zip(rows["target"], rows["source"], strict=True)
    return ", ".join(f"{name} ({source})" for name, source in pairs)


def _crowds(found: Calibration, axis: Axis) -> bool:
    """Whether the worlds kept lie at one end of a constant's spread."""
    at = (found.kept.worlds[axis.path].to_numpy() - axis.low) / (axis.high - axis.low)
    shares = (found.kept.weights[at < EDGE].sum(), found.kept.weights[at > 1.0 - EDGE].sum())
    return bool(max(shares) >= CROWD)


def _doubts(found: Calibration, lang: str) -> list[str]:
    said = []
    rows = found.patterns
    off = rows[~rows["hold_out"] & (rows["verdict"] != "met")]
    if found.reached and len(off):
        said.append(_say("fresh_off", lang, names=_targets(off)))
    effective = float(found.generations["effective"].iloc[-1])
    if effective < FEWEST:
        said.append(_say("few", lang, effective=round(effective)))
    names = "; ".join(_named(found, axis.path, lang) for axis in found.axes if _crowds(found, axis))
    if names:
        said.append(_say("edge", lang, names=names))
    blurred = rows[rows["error"] > rows["tolerance"] / 2.0]
    if len(blurred):
        said.append(_say("blurred", lang, names=_targets(blurred)))
    return said

"""What happens in one run, told month by month: the only place that says what is worth telling.

A run is looked at after each month, whichever engine walks it; each rule compares what is seen
with the month before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Message, say
from ..language import text
from ..scenario import Scenario
from ..world.shape import ARTISAN, INDEPENDENT, STATES, TRAINING

if TYPE_CHECKING:
    from ..model import Model
    from ..records import Records
    from ..world.shape import World

FIRST_WIN = 0.25
"""Small wins from which one can see that something has come of it."""

MANY_PERSONS, MANY_SHARE = 3, 0.25
"""How many must leave in one month, and which share of those active, to be called many."""

AT_THE_START = frozenset({"change", "change_ends", "organisation_leaves", "organisation_returns"})
"""Kinds that happen at the start of their month, the others by its end."""

ACTIVE_STATUSES = (TRAINING, ARTISAN, INDEPENDENT)

ONCE = frozenset({"first_win", "critical_mass", "promise_broken"})
"""Kinds that are told the first time only, of each organisation."""

Value = str | int | Message | Mapping[str, str] | tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Event:
    """Something worth telling.

    Attributes
    ----------
    month : int
        From 0.
    kind : str
        Key of its words under ``event`` in ``language/``.
    values : dict
        What stands in the words; a mapping is text by language.
    """

    month: int
    kind: str
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def once(self) -> str:
        """Return by what a kind that is told once only is known."""
        return f"{self.kind} {self.values.get('who', '')}"

    @property
    def after(self) -> int:
        """Return after how many months it happened; levers move at the start of a month."""
        return self.month if self.kind in AT_THE_START else self.month + 1

    def in_language(self, lang: str) -> str:
        """Return the event as a sentence."""
        shown = {name: _shown(value, lang) for name, value in self.values.items()}
        return text(f"event.{self.kind}", lang, **shown)


class Look(NamedTuple):
    """What is seen of a world after a month; at the start, of a world in which none has passed."""

    state: int
    small_wins: float
    turns: int
    meeting: bool
    admissions: int
    left: int
    statuses: tuple[int, ...]
    present: tuple[bool, ...]
    attended: tuple[bool, ...]
    acting: tuple[bool, ...]
    critical_mass: float
    overdue: tuple[bool, ...] = ()

    @property
    def producers(self) -> int:
        """Artisans and independents."""
        return self.statuses.count(ARTISAN) + self.statuses.count(INDEPENDENT)

    @property
    def independents(self) -> int:
        """Independents."""
        return self.statuses.count(INDEPENDENT)

    @property
    def active(self) -> int:
        """Persons in training, artisans and independents."""
        return self.producers + self.statuses.count(TRAINING)


def story(scenario: Scenario | str | os.PathLike[str], seed: int = 1, run: int = 0) -> list[Event]:
    """Return what happens in one run of the ensemble engine, in order.

    Examples
    --------
    >>> [one.in_language("en") for one in story("kpc-leaves", seed=1) if one.after == 60]
    ['Change: The company ends its programme.', 'PT Kaltim Prima Coal (KPC) leaves.']
    """
    from ..ensemble import trace

    case = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    return list(tell(case, map(look_at_records, trace(case, seed, run))))


def walk(model: Model) -> Iterator[tuple[int, list[Event]]]:
    """Let a Mesa model live month by month; yield each month passed with its events."""

    def looks() -> Iterator[Look]:
        while model.running:
            model.step()
            yield look_at_world(model.world)

    for month, _, events in _told(model.case, looks()):
        yield month, events


def tell(case: Scenario, looks: Iterable[Look]) -> Iterator[Event]:
    """Yield what happens, given what is seen after each month from the first on."""
    for _, _, events in _told(case, looks):
        yield from events


def _told(case: Scenario, looks: Iterable[Look]) -> Iterator[tuple[int, Look, list[Event]]]:
    before = _start(case)
    told: set[str] = set()
    for month, now in enumerate(looks):
        found = [
            *_changes(case, month, before, now),
            *_organisations(case, month, before, now),
            *_promises(case, month, before, now),
            *_process(case, month, before, now),
            *_people(month, before, now),
            *_outcomes(month, before, now),
        ]
        events = [one for one in found if one.once not in told]
        told |= {one.once for one in events if one.kind in ONCE}
        yield month, now, events
        before = now


def _changes(case: Scenario, month: int, before: Look, now: Look) -> Iterator[Event]:
    """An intervention acts or ceases to: its why."""
    for k, one in enumerate(case.interventions):
        began = now.acting[k] and not before.acting[k]
        if one.month == month or began:
            yield Event(month, "change", {"why": _why(case, k)})
        elif before.acting[k] and not now.acting[k]:
            yield Event(month, "change_ends", {"why": _why(case, k)})


def _organisations(case: Scenario, month: int, before: Look, now: Look) -> Iterator[Event]:
    """An organisation leaves or comes back."""
    for kind, gone in (("organisation_leaves", True), ("organisation_returns", False)):
        for was, there, key in zip(before.present, now.present, case.organisations, strict=True):
            if was != there and was == gone:
                yield Event(month, kind, {"who": case.names[key]})


def _promises(case: Scenario, month: int, before: Look, now: Look) -> Iterator[Event]:
    """An organisation has left somebody alone for longer than it promised."""
    was = before.overdue or (False,) * len(now.overdue)
    for key, earlier, late in zip(case.organisations, was, now.overdue, strict=bool(now.overdue)):
        if late and not earlier:
            yield Event(month, "promise_broken", {"who": case.names[key]})


def _process(case: Scenario, month: int, before: Look, now: Look) -> Iterator[Event]:
    """Who stays away from a meeting; a turn of the cycle."""
    if now.meeting:
        absent = tuple(
            case.names[key]
            for key, there, came in zip(case.organisations, now.present, now.attended, strict=True)
            if there and not came
        )
        if absent:
            yield Event(month, _plural("absent", len(absent)), {"who": absent})
    if now.turns > before.turns:
        yield Event(month, "turn", {"number": now.turns})


def _people(month: int, before: Look, now: Look) -> Iterator[Event]:
    """People begin training, become independent, leave in numbers."""
    if (came := now.admissions - before.admissions) > 0:
        yield Event(month, _plural("intake", came), {"number": came})
    lives = list(zip(before.statuses, now.statuses, strict=True))
    rose = sum(was == ARTISAN and one == INDEPENDENT for was, one in lives)
    lost = sum(was == INDEPENDENT and one != INDEPENDENT for was, one in lives)
    for kind, number in (("independent", rose), ("independent_leaves", lost)):
        if number:
            values: dict[str, Value] = {"number": number, "all": now.independents}
            yield Event(month, _plural(kind, number), values)
    gone = now.left - before.left
    if gone >= max(MANY_PERSONS, MANY_SHARE * before.active):
        yield Event(month, "many_leave", {"number": gone, "rest": now.producers})


def _outcomes(month: int, before: Look, now: Look) -> Iterator[Event]:
    """Small wins, critical mass, the state of the cluster."""
    if before.small_wins < FIRST_WIN <= now.small_wins:
        yield Event(month, "first_win")
    if before.producers < now.critical_mass <= now.producers:
        yield Event(month, "critical_mass", {"number": now.producers})
    if now.state != before.state:
        kind = "state_up" if now.state > before.state else "state_down"
        yield Event(month, kind, {"state": say(f"figure.state.{STATES[now.state]}")})


def look_at_world(world: World) -> Look:
    """Return what is seen of a world of agents."""
    cluster = world.cluster
    return Look(
        state=int(cluster.state),
        small_wins=cluster.small_wins,
        turns=int(cluster.turns),
        meeting=cluster.meeting > 0,
        admissions=int(cluster.admissions),
        left=int(cluster.left),
        statuses=tuple(trainee.status for trainee in world.trainees),
        present=tuple(one.present > 0 for one in world.organisations),
        attended=tuple(one.attended > 0 for one in world.organisations),
        acting=tuple(one.acting > 0 for one in world.interventions),
        critical_mass=world.policy.critical_mass,
        overdue=tuple(
            one.promised_interval > 0.0
            and any(
                trainee.status in ACTIVE_STATUSES
                and world.ties[i][o].months_unvisited
                > max(one.promised_interval, world.policy.promise_grace)
                for i, trainee in enumerate(world.trainees)
            )
            for o, one in enumerate(world.organisations)
        ),
    )


def look_at_records(records: Records) -> Look:
    """Return what is seen of a world of records."""
    cluster = records.cluster[0]
    return Look(
        state=int(cluster["state"]),
        small_wins=float(cluster["small_wins"]),
        turns=int(cluster["turns"]),
        meeting=bool(cluster["meeting"] > 0),
        admissions=int(cluster["admissions"]),
        left=int(cluster["left"]),
        statuses=tuple(records.trainees["status"].tolist()),
        present=tuple((records.organisations["present"] > 0).tolist()),
        attended=tuple((records.organisations["attended"] > 0).tolist()),
        acting=tuple((records.interventions["acting"] > 0).tolist()),
        critical_mass=float(records.policy[0]["critical_mass"]),
        overdue=_overdue(records),
    )


def _overdue(records: Records) -> tuple[bool, ...]:
    """Return of each organisation whether an active trainee waits longer than was promised."""
    active = records.active[: int(records.cluster[0]["active_trainees"])]
    promised = records.organisations["promised_interval"]
    grace = float(records.policy[0]["promise_grace"])
    late = (records.ties["months_unvisited"][active] > promised.clip(grace)).any(axis=0)
    return tuple((late & (promised > 0.0)).tolist())


def _start(case: Scenario) -> Look:
    return Look(
        state=0,
        small_wins=case.policy["birth_small_wins"],
        turns=0,
        meeting=False,
        admissions=0,
        left=0,
        statuses=(0,) * int(case.policy["people"]),
        present=tuple(case.plans[key]["present"] > 0 for key in case.organisations),
        attended=(False,) * len(case.organisations),
        acting=(False,) * len(case.interventions),
        critical_mass=case.policy["critical_mass"],
    )


def _plural(kind: str, number: int) -> str:
    return f"{kind}_one" if number == 1 else f"{kind}_many"


def _why(case: Scenario, place: int) -> Value:
    """Return an intervention's reason, or the levers that it moves if none is given."""
    one = case.interventions[place]
    if any(one.why.values()):
        return one.why
    return ", ".join(path for path, _ in one.set)


def _shown(value: Value, lang: str) -> object:
    if isinstance(value, Message):
        return value.in_language(lang)
    if isinstance(value, Mapping):
        return value.get(lang) or value.get("en", "")
    if isinstance(value, tuple):
        *most, last = (str(_shown(one, lang)) for one in value)
        key = "two" if len(most) == 1 else "more"
        joined = {"most": ", ".join(most), "last": last}
        return text(f"event.and.{key}", lang, **joined) if most else last
    return value


__all__ = ["Event", "Look", "look_at_records", "look_at_world", "story", "tell", "walk"]

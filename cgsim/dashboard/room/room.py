"""A room: who plays which part, what each has set, and the rounds played so far.

The lecturer holds one secret, every player another; each act asks for the secret of who does
it. Nothing is written anywhere, and nothing of the future is worked out before it is played.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

from ...scenario import Scenario
from ..levers import Refused as NoSuchValue
from ..levers import understood
from ..state import Value
from .bells import Bells
from .code import Door, new_token, same
from .money import Purse, purse_of
from .parts import SPLIT, Part, parameter_at, parts_of
from .plans import Plans, split_of
from .player import Player, Refused, tidy_name
from .rounds import Round, played

MOST_PLAYERS = 60
"""People in a room at most."""

QUARTER = 3
"""Months of a round, if nothing else is asked for."""

IDLE = 6 * 3600.0
"""Seconds after which a room in which nothing happens is closed and forgotten."""


class Room:
    """A room that plays one scenario together.

    Parameters
    ----------
    base : Scenario
        The scenario as it stands.
    seed : int
        The luck of the room; nobody in it is told before the end.
    quarter : int
        Months of a round.
    plan : Scenario, optional
        What the room is compared with in the end, besides the scenario as it stands.
    clock : callable
        Seconds that pass, for slowing down wrong codes and for closing idle rooms.
    """

    def __init__(
        self,
        base: Scenario,
        seed: int,
        quarter: int = QUARTER,
        plan: Scenario | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base, self.seed, self.quarter, self.plan = base, seed, quarter, plan
        self.parts = parts_of(base)
        self.lecturer = new_token()
        self.rounds: tuple[Round, ...] = ()
        self.over = False
        self.version = 0
        self._clock = clock
        self._touched = clock()
        self._door = Door(clock)
        self._lock = threading.RLock()
        self._players: dict[str, Player] = {}
        self._numbers = 0
        self._plans = Plans(self.parts)
        self._bells = Bells()

    # -------------------------------------------------------------- what is known

    @property
    def code(self) -> str:
        """The code by which players come in."""
        return self._door.code

    @property
    def month(self) -> int:
        """Months lived."""
        return min(len(self.rounds) * self.quarter, self.base.months)

    @property
    def most_rounds(self) -> int:
        """Rounds until the scenario ends."""
        return -(-self.base.months // self.quarter)

    @property
    def players(self) -> list[Player]:
        """Everybody who plays, in the order of coming."""
        with self._lock:
            return list(self._players.values())

    @property
    def case(self) -> Scenario:
        """The scenario as it was played so far: what was set stands in it as interventions."""
        return played(self.base, self.rounds)

    @property
    def idle(self) -> bool:
        """Whether nothing has happened for very long."""
        return self._clock() - self._touched > IDLE

    def is_lecturer(self, token: str) -> bool:
        """Whether a secret is the lecturer's."""
        return same(token, self.lecturer)

    def player(self, token: str) -> Player | None:
        """Return whose secret it is."""
        with self._lock:
            return self._players.get(token)

    def playing(self, part: str) -> list[Player]:
        """Return who plays a part."""
        return [one for one in self.players if one.part == part]

    def values(self, part: Part) -> dict[str, Value]:
        """Return what the levers of a part are to be in the coming round, by path."""
        with self._lock:
            return self._plans.values(self.case, self.month, part)

    def purse(self, part: Part) -> Purse:
        """Return the purse of an organisation for the coming round."""
        return purse_of(self.case, part, self.month)

    def split(self, part: Part) -> dict[str, float]:
        """Return how an organisation splits its budget: efforts by lever."""
        return split_of(self.values(part), part)

    # -------------------------------------------------------------- what players do

    def look_in(self, code: str, who: Hashable) -> None:
        """Check a join code; whoever sends wrong ones from one place waits ever longer."""
        with self._lock:
            self._door.look_in(code, who)

    def take(self, code: str, who: Hashable, name: str, part: str) -> str:
        """Take a part; returns the player's own secret. A part may be shared."""
        with self._lock:
            self.look_in(code, who)
            named = tidy_name(name)
            if not named:
                raise Refused("name")
            if part not in self.parts:
                raise Refused("part")
            if len(self._players) >= MOST_PLAYERS:
                raise Refused("full", n=MOST_PLAYERS)
            self._numbers += 1
            player = Player(new_token(), named, part, self._numbers)
            self._players[player.token] = player
            self._ring()
            return player.token

    def leave(self, token: str) -> None:
        """Give a part back."""
        with self._lock:
            self._own(token)
            del self._players[token]
            self._ring()

    def set_lever(self, token: str, path: str, value: Any) -> None:
        """Set a lever of one's own part for the coming round; others of the part see it.

        Who shares the part is no longer ready: the last word wins, but not unseen.
        """
        with self._lock:
            player = self._own(token)
            part = self.parts[player.part]
            if path not in part.paths:
                raise Refused("lever")
            try:
                wanted, _ = understood(parameter_at(path), str(value)[:40])
            except NoSuchValue:
                raise Refused("value") from None
            self._want(player, path, wanted)

    def set_share(self, token: str, lever: str, share: Any) -> None:
        """Give a share of the budget to one of `SPLIT`."""
        with self._lock:
            player = self._own(token)
            part = self.parts[player.part]
            if part.kind != "organisation" or lever not in SPLIT:
                raise Refused("lever")
            if isinstance(share, bool) or not isinstance(share, int | float) or share != share:
                raise Refused("value")
            value = self.purse(part).value(lever, min(max(float(share), 0.0), 1.0))
            self._want(player, part.path(lever), value)

    def set_ready(self, token: str, ready: bool) -> None:
        """Say that one is done with the coming round, or not yet."""
        with self._lock:
            player = self._own(token)
            part = self.parts[player.part]
            if ready and part.kind == "organisation":
                purse = self.purse(part)
                if purse.over(self.split(part)):
                    raise Refused("over")
            player.ready = bool(ready)
            self._ring()

    # -------------------------------------------------------------- what the lecturer does

    def advance(self, token: str) -> None:
        """Play the round: what is set acts from this month on."""
        with self._lock:
            self._lecture(token)
            if self.over or self.month >= self.base.months:
                raise Refused("over_already")
            self.rounds = (
                *self.rounds,
                Round(self.month, self._plans.moves(self.case, self.month)),
            )
            self._plans.clear()
            self.over = self.month >= self.base.months
            self._new_round()

    def undo(self, token: str) -> None:
        """Take the last round back, or the end; what was set in it is set again."""
        with self._lock:
            self._lecture(token)
            if self.over and self.month < self.base.months:
                self.over = False
                self._new_round()
                return
            if not self.rounds:
                raise Refused("start")
            *before, last = self.rounds
            self.rounds, self.over = tuple(before), False
            self._plans.put_back(last.moves)
            self._new_round()

    def finish(self, token: str) -> None:
        """End the play: the months left are lived as things were left."""
        with self._lock:
            self._lecture(token)
            if not self.rounds:
                raise Refused("start")
            self.over = True
            self._ring()

    def free(self, token: str, number: int) -> None:
        """Take a player's part away, as when the phone is gone."""
        with self._lock:
            self._lecture(token)
            for one in list(self._players.values()):
                if one.number == number:
                    del self._players[one.token]
            self._ring()

    # -------------------------------------------------------------- who is told

    def subscribe(self, bell: Callable[[], object]) -> Callable[[], None]:
        """Call a bell at every change; returns what ends it."""
        return self._bells.hang(bell)

    def close(self) -> None:
        """Forget everybody and everything."""
        with self._lock:
            self._players.clear()
            self.rounds = ()
            self._plans.clear()
            self._ring()
            self._bells.clear()

    def _ring(self) -> None:
        self.version += 1
        self._touched = self._clock()
        self._bells.ring()

    def _new_round(self) -> None:
        for one in self._players.values():
            one.ready = False
        self._ring()

    def _own(self, token: str) -> Player:
        player = self._players.get(token)
        if player is None:
            raise Refused("gone")
        return player

    def _lecture(self, token: str) -> None:
        if not self.is_lecturer(token):
            raise Refused("lecturer")

    def _want(self, player: Player, path: str, value: Value) -> None:
        if self.over:
            raise Refused("over_already")
        self._plans.want(path, value)
        for one in self._players.values():
            if one.part == player.part:
                one.ready = False
        self._ring()

"""What goes wrong, in both languages: faults of a scenario, and why long work stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from .language import text

MAX_FAULTS = 100
"""About how many faults of one sort are looked for before one gives up."""


@dataclass(frozen=True)
class Message:
    """Words of ``language/`` under a key, with the values that stand in them.

    A value may be a message itself, or a tuple of them, shown with commas.
    """

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def in_language(self, lang: str) -> str:
        """Return the words in a language."""
        return text(self.key, lang, **{name: _shown(value, lang) for name, value in self.values})


def say(key: str, /, **values: object) -> Message:
    """Return the message under a key."""
    return Message(key, tuple(values.items()))


def _shown(value: object, lang: str) -> str:
    if isinstance(value, Message):
        return value.in_language(lang)
    if isinstance(value, tuple):
        return ", ".join(_shown(one, lang) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


class _Fault(NamedTuple):
    path: str
    line: int
    column: int
    message: str


class Fault(_Fault):
    """One fault: path, line and column (from 1; line 0 where there is no file), message.

    It is a tuple of these four; `meaning` can be shown in either language.
    """

    meaning: Message | None

    def __new__(cls, path: str, line: int, column: int, message: str | Message) -> Self:
        """Keep the message in English, and what it means in any language."""
        if isinstance(message, Message):
            fault = super().__new__(cls, path, line, column, message.in_language("en"))
            fault.meaning = message
        else:
            fault = super().__new__(cls, path, line, column, message)
            fault.meaning = None
        return fault

    def in_language(self, lang: str) -> str:
        """Return the fault as one line: place, two spaces, message."""
        place = self.path
        if self.line:
            place += f":{self.line}:{self.column}"
        words = self.message if self.meaning is None else self.meaning.in_language(lang)
        return f"{place}  {words}"


class ScenarioError(ValueError):
    """All that is wrong with a scenario, in the order of the file.

    Attributes
    ----------
    faults : list of Fault
        Tuples of path, line, column and message.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = list(dict.fromkeys(faults))
        files = list(dict.fromkeys(fault.path for fault in found))
        self.faults: list[Fault] = sorted(
            found, key=lambda fault: (files.index(fault.path), fault.line, fault.column)
        )
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Return all faults in English, one a line."""
        return self.in_language("en")

    def in_language(self, lang: str) -> str:
        """Return all faults in a language, one a line."""
        return "\n".join(fault.in_language(lang) for fault in self.faults)


class Stop(Exception):
    """Work that stops here, with an exit code and words for why; what is done is kept.

    Attributes
    ----------
    code : int
        Exit code of a command.
    meaning : Message
        Why, in either language.
    """

    def __init__(self, code: int, meaning: Message) -> None:
        self.code = code
        self.meaning = meaning
        super().__init__(meaning.in_language("en"))

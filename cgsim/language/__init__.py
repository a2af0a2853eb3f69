"""Every word that a person sees, in English and Indonesian, by dotted key.

The words stand in ``en/`` and ``id/``, a file a section; a section is read when one of its
words is first asked for.
"""

from __future__ import annotations

import locale
import os
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are, English first.

    Examples
    --------
    >>> languages()
    ('en', 'id')
    """
    return ("en", "id")


def default_language() -> str:
    """Return the language of this computer: `id` where it speaks Indonesian, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return _language_of(os.environ[name])
    return _language_of(locale.getlocale()[0] or "")


def _language_of(spoken: str) -> str:
    return "id" if spoken.lower().startswith(("id", "in_", "indonesian")) else "en"


def text(key: str, lang: str = "en", /, **values: object) -> str:
    """Return the words under a key, with `values` in the places that they name.

    Parameters
    ----------
    key : str
        Dotted place: the section's name, then the names within its file in ``en/`` and ``id/``.
    lang : {"en", "id"}
        Language.
    **values : object
        What stands in the words' ``{braces}``.

    Raises
    ------
    KeyError
        Where there is no such key, named in the error, or a value is missing.

    Examples
    --------
    >>> text("unit.share")
    'share'
    >>> text("unit.share", "id")
    'bagian'
    """
    found = _find(key, lang)
    if not isinstance(found, str):
        raise KeyError(f"{key} ({lang})")
    return found.format(**values)


def has(key: str, lang: str = "en") -> bool:
    """Whether there are words under a key."""
    return isinstance(_find(key, lang), str)


def keys(lang: str = "en") -> tuple[str, ...]:
    """Return every key of a language, section by section."""
    return tuple(
        key for section in _sections(lang) for key in _leaves(section, _section(lang, section))
    )


def _find(key: str, lang: str) -> Any:
    first, *rest = key.split(".")
    found = _section(lang, first)
    for part in rest:
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _leaves(prefix: str, words: Any) -> list[str]:
    if not isinstance(words, dict):
        return [prefix]
    return [leaf for name, more in words.items() for leaf in _leaves(f"{prefix}.{name}", more)]


@cache
def _sections(lang: str) -> dict[str, Path]:
    """Return the files of a language by the section that each holds, in alphabetical order."""
    if lang not in languages():
        raise KeyError(f"no language {lang!r}: there are {', '.join(languages())}")
    return {file.stem: file for file in sorted((_HERE / lang).glob("*.yaml"))}


@cache
def _section(lang: str, name: str) -> Any:
    from ruamel.yaml import YAML  # only once words are asked for

    file = _sections(lang).get(name)
    return {} if file is None else YAML(typ="safe").load(file.read_text(encoding="utf-8"))[name]

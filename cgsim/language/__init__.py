"""Every word that a person sees, in English and Indonesian, by dotted key.

The words stand in ``en.yaml`` and ``id.yaml``, section by section; a section is read when one
of its words is first asked for.
"""

from __future__ import annotations

import locale
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_SECTION = re.compile(r"^([a-z_]+):", re.MULTILINE)


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
        Dotted place in ``en.yaml`` and ``id.yaml``.
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
    """Return every key of a language, in the order of its file."""
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
def _sections(lang: str) -> dict[str, str]:
    """Cut a language's file into its sections, unread."""
    if lang not in languages():
        raise KeyError(f"no language {lang!r}: there are {', '.join(languages())}")
    whole = (_HERE / f"{lang}.yaml").read_text(encoding="utf-8")
    starts = [(match.group(1), match.start()) for match in _SECTION.finditer(whole)]
    ends = [start for _, start in starts[1:]] + [len(whole)]
    return {name: whole[start:end] for (name, start), end in zip(starts, ends, strict=True)}


@cache
def _section(lang: str, name: str) -> Any:
    from ruamel.yaml import YAML  # only once words are asked for

    words = _sections(lang).get(name)
    return {} if words is None else YAML(typ="safe").load(words)[name]

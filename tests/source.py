"""What tests know of the case study's own words: hashes, so that none of them stands here."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FILE = Path(__file__).with_name("source_shingles.txt")


def source_shingles() -> set[str]:
    """Hashes of every eight words on end of the case study."""
    return set(FILE.read_text(encoding="ascii").split())


def shingles(text: str, words: int = 8) -> set[str]:
    """Hashes of every run of so many words, in lower case and without punctuation or markup."""
    plain = re.sub(r"<[^<>]*>", " ", text).lower()
    sequence = re.findall(r"[^\W_]+", plain)
    runs = (" ".join(sequence[i : i + words]) for i in range(len(sequence) - words + 1))
    return {hashlib.blake2b(run.encode("utf-8"), digest_size=4).hexdigest() for run in runs}

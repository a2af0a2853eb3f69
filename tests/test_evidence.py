"""The evidence is complete, told in both languages in our own words, and cited without slips."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from cgsim import evidence, evidence_page
from tests.source import shingles, source_shingles

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = {"E": 69, "X": 5, "AG": 12, "N": 36, "C": 15, "G": 7}
HEADINGS = {
    "Abstrak",
    "Pendahuluan",
    "Kerangka Dasar Teori: Implementasi Kebijakan",
    "Kerangka Dasar Teori: Governance",
    "Kerangka Dasar Teori: Collaborative governance",
    "Kerangka Dasar Teori: Tahapan Collaborative governance",
    "Kerangka Dasar Teori: Pengembangan UMKM Berbasis Klaster",
    "Metode Penelitian",
    "Hasil: Gambaran Kondisi Awal",
    "Hasil: Proses Kolaborasi",
    "Hasil: Peran Kepemimpinan",
    "Hasil: Pola Jejaring dan Kemitraan",
    "Hasil: Aktor yang berperan",
    "Hasil: Outcome",
    "Hasil: Pemasaran",
    "Hasil: Pelatihan",
    "Faktor penghambat",
    "Kesimpulan",
    "Saran",
}
CITING = (
    "cgsim/**/*.py",
    "cgsim/**/*.yaml",
    "scenarios/*.yaml",
    "docs/**/*.md",
    "notebooks/*.ipynb",
)


def citing_files() -> list[Path]:
    """Every file of the project that may cite the evidence."""
    found = chain.from_iterable(ROOT.glob(pattern) for pattern in CITING)
    return sorted({*found, ROOT / "README.md", ROOT / "CONTRIBUTING.md"})


@pytest.mark.parametrize(("kind", "how_many"), EXPECTED.items())
def test_every_code_of_a_kind_is_there_in_order(kind: str, how_many: int) -> None:
    expected = [f"{kind}{number}" for number in range(1, how_many + 1)]
    assert [e.code for e in evidence.entries(kind)] == expected


def test_there_are_no_other_codes_and_none_twice() -> None:
    assert len(evidence.codes()) == len(set(evidence.codes())) == sum(EXPECTED.values())
    assert {e.kind for e in evidence.entries()} == set(EXPECTED)


@pytest.mark.parametrize("code", evidence.codes())
def test_an_entry_is_told_in_two_languages(code: str) -> None:
    e = evidence.entry(code)
    assert e.en.strip()
    assert e.id.strip()
    assert e.en != e.id
    assert set(evidence.cited(e.en)) == set(evidence.cited(e.id))
    assert e.en.endswith(".")
    assert e.id.endswith(".")


@pytest.mark.parametrize("code", evidence.codes())
def test_an_entry_carries_what_its_kind_asks_for(code: str) -> None:
    e = evidence.entry(code)
    assert e.standing
    assert set(e.standing) <= set(evidence.standings())
    if e.kind == "E":
        assert e.standing == ("source",)
        assert set(e.place.split("; ")) <= HEADINGS
        assert e.term or code in {"E12", "E61"}, "only these two report a silence"
    if e.kind in {"N", "AG"}:
        assert e.source
        assert e.use is not None
        assert all(e.use)
        assert e.use.en != e.use.id
    if e.kind == "AG":
        assert e.standing == ("memory",)
    if e.kind == "C":
        assert e.move
        assert e.must
        assert e.levers


@pytest.mark.parametrize("code", evidence.codes())
def test_no_run_of_eight_words_is_taken_from_the_source(code: str) -> None:
    known = source_shingles()
    e = evidence.entry(code)
    for text in (e.id, *e.term.split("; "), e.use.id if e.use else ""):
        assert not shingles(text) & known


def test_the_shingles_ignore_case_punctuation_and_markup() -> None:
    marked = "Satu *dua*, tiga<sup>1</sup> empat (lima) enam tujuh!"
    assert shingles(marked) == shingles("satu dua tiga 1 empat lima enam tujuh")
    assert len(shingles(marked)) == 1
    assert shingles("A b-c, d e f g h.") == shingles("a B c D e F g H")
    assert shingles("only seven words are in this sentence") == set()


def test_the_page_is_what_the_file_says() -> None:
    page = (ROOT / "docs" / "evidence.md").read_bytes().replace(b"\r\n", b"\n")
    remedy = "docs/evidence.md is out of date: run python -m cgsim.evidence_page"
    assert page == evidence_page.markdown("both").encode("utf-8"), remedy


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_page_in_one_language_leaves_the_other_out(lang: str) -> None:
    page = evidence_page.markdown(lang)  # type: ignore[arg-type]
    other = "id" if lang == "en" else "en"
    for e in evidence.entries():
        assert getattr(e, lang) in page
        assert getattr(e, other) not in page


@pytest.mark.parametrize("path", citing_files(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_code_cited_in_the_project_exists(path: Path) -> None:
    known = set(evidence.codes())
    unknown = [c for c in evidence.cited(path.read_text(encoding="utf-8")) if c not in known]
    assert not unknown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("E12", ["E12"]),
        ("(X1), AG4; N32. C3: G7", ["X1", "AG4", "N32", "C3", "G7"]),
        ("E30–E34", ["E30", "E31", "E32", "E33", "E34"]),
        ("N3-N7", ["N3", "N4", "N5", "N6", "N7"]),
        ("N15–16: a side income", ["N15", "N16"]),
        ("E35/E36, E35", ["E35", "E36"]),
        ("patterns P3–P20, C_o, N = 3, c3, e12", []),
        ("0xE5 6627E8D5 #E53 #E5 1E5 2.5E10 %E2%80 U+00E9 E501 C901 AG4x", []),
        ("E5.2 and C3.1", []),
        ("E9–3", ["E9", "E3"]),
        ("C1 2-3", ["C1"]),
        ("", []),
    ],
)
def test_citations_are_found_and_nothing_else(text: str, found: list[str]) -> None:
    assert evidence.cited(text) == found


@pytest.mark.parametrize(
    ("asked", "nearest"), [("E70", "E69"), ("N0", "N1"), ("ag 4", "AG4"), ("e17", "E17")]
)
def test_an_unknown_code_names_the_nearest_one(asked: str, nearest: str) -> None:
    with pytest.raises(evidence.UnknownEvidence) as caught:
        evidence.entry(asked)
    assert isinstance(caught.value, KeyError)
    assert caught.value.nearest == nearest
    assert nearest in str(caught.value)
    assert asked in str(caught.value)


def test_any_nonsense_still_gets_a_suggestion() -> None:
    with pytest.raises(evidence.UnknownEvidence) as caught:
        evidence.entry("")
    assert caught.value.nearest in evidence.codes()

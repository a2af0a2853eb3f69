"""A shipped file that was damaged, or saved in another way, is right or is told what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cgsim.errors import ScenarioError
from cgsim.language import languages
from cgsim.scenario import Scenario
from cgsim.scenario_file import shipped_folder

pytestmark = pytest.mark.timeout(120)  # nothing may hang

BASE = Scenario.load("sangatta-utara")
FILES = sorted(shipped_folder().glob("*.yaml"))
WORDS = (shipped_folder() / "sangatta-utara.yaml").read_text(encoding="utf-8")
SHIPPED = st.sampled_from([path.read_bytes() for path in FILES])


def read(folder, data):
    """Load a file of these bytes; what is wrong with it can be shown in both languages."""
    path = folder / "damaged.yaml"
    path.write_bytes(data)
    wrong = None
    try:
        return Scenario.load(path)
    except ScenarioError as told:
        wrong = told
    for fault in wrong.faults:
        assert fault.line >= 0
        assert fault.message.strip()
    for lang in languages():
        assert wrong.in_language(lang).strip()
    return wrong


def said(folder, data):
    wrong = read(folder, data)
    assert isinstance(wrong, ScenarioError)
    [fault] = wrong.faults
    return fault.line, fault.column, fault.message


@given(SHIPPED, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=4))
def test_bytes_flipped(tmp_path_factory, data, flips):
    damaged = bytearray(data)
    for place, byte in flips:
        damaged[place % len(damaged)] ^= byte
    read(tmp_path_factory.mktemp("damaged"), bytes(damaged))


@given(SHIPPED, st.lists(st.tuples(st.sampled_from("dsrz"), st.integers(0, 10**6)), max_size=4))
def test_lines_dropped_doubled_swapped_and_indented(tmp_path_factory, data, moves):
    lines = data.split(b"\n")
    for move, number in moves:
        k = number % len(lines)
        if move == "d" and len(lines) > 1:
            del lines[k]
        elif move == "r":
            lines.insert(k, lines[k])
        elif move == "s":
            lines[k], lines[k - 1] = lines[k - 1], lines[k]
        else:
            lines[k] = b" " + lines[k] if number % 2 else lines[k].removeprefix(b" ")
    read(tmp_path_factory.mktemp("damaged"), b"\n".join(lines))


@given(SHIPPED, st.integers(0, 10**6))
def test_a_file_cut_short(tmp_path_factory, data, end):
    read(tmp_path_factory.mktemp("damaged"), data[: end % len(data)])


@pytest.mark.parametrize(
    ("way", "data"),
    [
        ("line ends of Windows", WORDS.replace("\n", "\r\n").encode()),
        ("line ends of old Macs", WORDS.replace("\n", "\r").encode()),
        ("line ends mixed", WORDS.replace("\n", "\r\n", 20).encode()),
        ("a byte order mark", b"\xef\xbb\xbf" + WORDS.encode()),
        ("both", b"\xef\xbb\xbf" + WORDS.replace("\n", "\r\n").encode()),
        ("no line end at the end", WORDS.rstrip().encode()),
        ("blanks at the ends of lines", WORDS.replace("\n", "  \n").encode()),
    ],
)
def test_other_ways_to_save_a_file_change_nothing(tmp_path, way, data):
    case = read(tmp_path, data)
    assert isinstance(case, Scenario), case
    assert case.hash == BASE.hash


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_told_at_the_start(tmp_path, encoding):
    line, column, message = said(tmp_path, WORDS.encode(encoding))
    assert (line, column) == (1, 1)
    assert "not UTF-8" in message


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_an_old_encoding_is_told_where_its_first_letter_stands(tmp_path, encoding):
    words = "# caf\u00e9\n" + WORDS
    line, column, message = said(tmp_path, words.encode(encoding, "replace"))
    assert (line, column) == (1, 6)
    assert "not UTF-8" in message


def test_a_fault_keeps_its_place_whatever_the_line_ends(tmp_path):
    wrong = WORDS.replace("months: 120", "months: many")
    places = {said(tmp_path, wrong.replace("\n", end).encode())[:2] for end in ("\n", "\r\n", "\r")}
    assert len(places) == 1


@pytest.mark.parametrize("mark", ["\0", "\x1b", "\u200b", "\ufffe"])
def test_an_invisible_character_is_told_at_its_place_or_is_part_of_a_text(tmp_path, mark):
    wrong = read(tmp_path, WORDS.replace("months:", f"mon{mark}ths:", 1).encode())
    assert isinstance(wrong, ScenarioError)
    row = next(k for k, words in enumerate(WORDS.split("\n"), 1) if words.startswith("months:"))
    assert wrong.faults[0].line == row

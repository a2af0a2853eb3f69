"""Notebooks: stored without output, in two languages, in our own words, and each of them runs."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest
import typer

from cgsim.cli.app import app
from tests.source import shingles, source_shingles

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = (
    "01-read-the-model", "02-the-case-of-north-sangatta", "03-what-if",
    "04-sweeps-map-and-sensitivity", "05-your-own-case", "06-for-instructors",
)  # fmt: skip
CELL_SECONDS = 120
LONGEST = 40
"""Lines of the longest cell of code."""

FEW = 20
"""What `RUNS` is when a notebook is tested; each of them derives every size from it."""

SIZES = {"runs", "points", "worlds"}
"""What asks for many runs."""

TELLING = {"plot", "verdict", "sentences", "in_language"}
"""What draws or speaks, and so is told the language."""

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
pytestmark = pytest.mark.docs


@pytest.fixture
def apart(monkeypatch, tmp_path):
    """A kernel that neither reads nor writes what else belongs to Jupyter on this computer."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        folder = tmp_path / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def read(path: Path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(path: Path) -> list[str]:
    return [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]


def calls(path: Path) -> list[ast.Call]:
    return [
        node
        for cell in code_cells(read(path))
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call)
    ]


def names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def test_the_notebooks_are_there():
    assert tuple(path.stem for path in NOTEBOOKS) == NAMES


@pytest.mark.parametrize("page", ["README.md", "docs/README.md"])
@every_notebook
def test_a_page_leads_to_the_notebook(page, path):
    assert f"notebooks/{path.name})" in (ROOT / page).read_text(encoding="utf-8")


@every_notebook
def test_a_notebook_is_stored_without_output_and_says_nothing_of_whose_computer(path):
    notebook = read(path)
    for cell in code_cells(notebook):
        assert not cell.outputs, cell.source
        assert cell.execution_count is None, cell.source
    assert [cell.id for cell in notebook.cells] == [
        f"cell-{k:02}" for k in range(len(notebook.cells))
    ]
    assert all(not cell.metadata for cell in notebook.cells)
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@every_notebook
def test_a_notebook_says_everything_in_english_and_then_in_indonesian(path):
    for words in prose(path):
        english, _, indonesian = words.partition("\n\n> ")
        assert re.match(r"[^>\s]", english), f"no English: {words}"
        assert indonesian.strip(), f"no Indonesian: {words}"
        assert not re.search(r"^>", english, flags=re.M), words
        # a table within a quotation is not read by every program, so it stands below
        rest = [line for line in indonesian.splitlines() if line]
        assert all(line[0] in ">|" for line in rest[1:]), words


@every_notebook
def test_both_languages_cite_the_same_and_show_the_same_code(path):
    for words in prose(path):
        english, _, indonesian = words.partition("\n\n> ")
        for what in (r"`[^`]+`", r"\]\(([^)]+)\)", r"\b(?:AG|[EXNCGP])\d+\b"):
            told = [
                {" ".join(one.replace("\n> ", " ").split()) for one in re.findall(what, said)}
                for said in (english, indonesian)
            ]
            assert told[0] == told[1], words


@every_notebook
def test_no_link_of_a_notebook_leads_nowhere(path):
    for words in prose(path):
        for link in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", words):
            assert (path.parent / link).exists(), link


@every_notebook
def test_no_run_of_eight_words_of_a_notebook_is_taken_from_the_source(path):
    known = source_shingles()
    for cell in read(path).cells:
        assert not shingles(cell.source.replace("\n>", "\n")) & known, cell.source


@every_notebook
def test_a_command_of_a_notebook_is_one_that_the_program_takes(path):
    program = typer.main.get_command(app)
    for words in prose(path):
        for span in re.findall(r"`(cgsim [^`]+)`", words):
            _, verb, *rest = shlex.split(span.replace("\n> ", " "))
            command = program.commands[verb]
            while hasattr(command, "commands") and rest:
                verb, *rest = rest
                command = command.commands[verb]
            if rest:
                command.make_context(verb, list(rest))  # refuses what the command does not know


@every_notebook
def test_the_size_of_every_ensemble_hangs_on_one_variable(path):
    sized = [word.value for call in calls(path) for word in call.keywords if word.arg in SIZES]
    assert sized
    assert all("RUNS" in names(value) for value in sized)


def tells(call: ast.Call) -> bool:
    """Whether a call draws or speaks, as `found.plot(...)` and `found.plot.bands(...)` do."""
    if not isinstance(call.func, ast.Attribute) or "axes" in names(call.func):
        return False
    owner = call.func.value
    return call.func.attr in TELLING or (isinstance(owner, ast.Attribute) and owner.attr == "plot")


@every_notebook
def test_every_figure_and_sentence_follows_the_language_of_the_first_cell(path):
    for call in calls(path):
        if tells(call):
            assert "LANG" in {name for part in call.args for name in names(part)}, ast.unparse(call)
        for word in call.keywords:
            if word.arg in ("xlabel", "ylabel", "title"):
                assert not isinstance(word.value, ast.Constant), ast.unparse(call)


@every_notebook
def test_cells_are_short(path):
    for cell in code_cells(read(path)):
        assert len(cell.source.splitlines()) <= LONGEST, cell.source


def test_each_lesson_is_of_ninety_minutes():
    lessons = [words for words in prose(NOTEBOOKS[-1]) if re.match(r"# Lesson \d", words)]
    assert len(lessons) == 3
    for words in lessons:
        minutes = [int(n) for n in re.findall(r"^(?:> )?\| (\d+) \|", words, flags=re.M)]
        half = len(minutes) // 2
        assert sum(minutes[:half]) == sum(minutes[half:]) == 90
        assert minutes[:half] == minutes[half:]


@pytest.mark.timeout(600)
# pyzmq says on Windows that it helps its event loop with a thread
@pytest.mark.filterwarnings("ignore:Proactor event loop does not implement:RuntimeWarning")
@every_notebook
def test_a_notebook_runs_from_top_to_bottom(path, apart):
    notebook = read(path)
    first = code_cells(notebook)[0]
    first.source, sized = re.subn(r"^RUNS = \d+", f"RUNS = {FEW}", first.source, flags=re.M)
    # every other notebook in Indonesian: both are run, and none twice
    language = "id" if NAMES.index(path.stem) % 2 else "en"
    first.source, told = re.subn(r'^LANG = "en"', f'LANG = "{language}"', first.source, flags=re.M)
    assert sized == told == 1
    client = nbclient.NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(apart)}},
    )
    done = client.execute()  # raises CellExecutionError with the cell and its traceback
    for cell in code_cells(done):
        assert cell.execution_count is not None
        loud = [out for out in cell.outputs if out.output_type == "error"]
        assert not loud, loud
        warned = [out.text for out in cell.outputs if out.get("name") == "stderr"]
        # without ipywidgets the progress bar that Mesa imports says so
        loud = [text for text in warned if "Warning" in text and "TqdmWarning" not in text]
        assert not loud, loud
        for out in cell.outputs:
            if "<Shown" in out.get("data", {}).get("text/plain", ""):
                assert "image/png" in out.data, cell.source
    assert [path.name for path in apart.iterdir()] == [], "a notebook leaves no files behind"

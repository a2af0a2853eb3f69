"""Notebooks are stored without output, and each of them runs from top to bottom."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
CELL_SECONDS = 120

pytestmark = [pytest.mark.docs, pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)]


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


def test_there_is_a_notebook(path):
    assert path.is_file()


def test_a_notebook_is_stored_without_output(path):
    for cell in code_cells(read(path)):
        assert not cell.outputs, cell.source
        assert cell.execution_count is None, cell.source


def test_a_notebook_says_everything_in_both_languages(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            lines = cell.source.splitlines()
            assert any(line.startswith("> ") for line in lines), f"no Indonesian: {cell.source}"
            assert any(re.match(r"[^>\s]", line) for line in lines), f"no English: {cell.source}"


def test_the_size_of_every_ensemble_is_one_variable(path):
    calls = [
        call
        for cell in code_cells(read(path))
        for call in ast.walk(ast.parse(cell.source))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "cgsim.simulate"
    ]
    sizes = {
        ast.unparse(word.value) for call in calls for word in call.keywords if word.arg == "runs"
    }
    assert sizes <= {"RUNS"}


@pytest.mark.timeout(600)
# pyzmq says on Windows that it helps its event loop with a thread
@pytest.mark.filterwarnings("ignore:Proactor event loop does not implement:RuntimeWarning")
def test_a_notebook_runs_from_top_to_bottom(path, apart):
    client = nbclient.NotebookClient(
        read(path),
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
    assert [path.name for path in apart.iterdir()] == [], "a notebook leaves no files behind"

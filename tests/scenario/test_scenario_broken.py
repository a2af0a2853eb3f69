"""Every broken file is told what is wrong with it, where, and what is allowed."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from cgsim.errors import ScenarioError
from cgsim.language import languages
from cgsim.scenario import Scenario

BROKEN = Path(__file__).parent / "broken"
EXPECTED = YAML(typ="safe").load((BROKEN / "expected.yaml").read_text(encoding="utf-8"))


def faults_of(path: str) -> ScenarioError:
    with pytest.raises(ScenarioError) as told:
        Scenario.load(path)
    return told.value


def test_every_broken_file_has_its_expected_message():
    files = {path.stem for path in BROKEN.glob("*.yaml")} - {"expected"}
    assert files == set(EXPECTED)
    assert len(files) >= 80


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_is_told_in_both_languages(name, monkeypatch):
    monkeypatch.chdir(BROKEN)
    wrong = faults_of(f"{name}.yaml")
    for lang in languages():
        assert wrong.in_language(lang).replace("\\", "/").split("\n") == EXPECTED[name][lang]
    assert str(wrong) == wrong.in_language("en")


@pytest.mark.parametrize("name", EXPECTED)
def test_faults_are_tuples_that_point_into_the_file(name, monkeypatch):
    monkeypatch.chdir(BROKEN)
    for path, line, column, message in faults_of(f"{name}.yaml").faults:
        assert Path(path).exists()
        assert line >= 1
        assert column >= 1
        assert message
        if Path(path).is_file():
            lines = Path(path).read_bytes().count(b"\n") + 1
            assert line <= lines


def test_a_missing_file_suggests_the_nearest_name():
    assert "Did you mean nobody-monitors?" in str(faults_of("nobody-monitor"))
    assert "Did you mean nobody-monitors?" in str(faults_of("nowhere/nobody-monitor.yaml"))
    assert "tidak ada skenario bawaan" in faults_of("atlantis").in_language("id")


def test_a_folder_a_huge_file_and_an_endless_chain_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    assert str(faults_of("folder")) == "folder:1:1  this is a folder, not a scenario file."
    (tmp_path / "huge.yaml").write_bytes(b"# " + b"x" * (1 << 20))
    assert "larger than 1 MiB" in str(faults_of("huge.yaml"))
    for place in range(40):
        (tmp_path / f"link{place}.yaml").write_text(
            f"extends: link{place + 1}.yaml\n", encoding="utf-8"
        )
    assert "more than 16 files extend one another" in str(faults_of("link0.yaml"))


def test_one_error_gathers_the_faults_of_a_file_in_its_order(monkeypatch):
    monkeypatch.chdir(BROKEN)
    places = [(fault.line, fault.column) for fault in faults_of("many-faults.yaml").faults]
    assert len(places) == 6
    assert places == sorted(places)


def test_errors_survive_being_sent_between_processes(monkeypatch):
    import pickle

    monkeypatch.chdir(BROKEN)
    wrong = faults_of("many-faults.yaml")
    again = pickle.loads(pickle.dumps(wrong))
    assert again.faults == wrong.faults
    assert again.in_language("id") == wrong.in_language("id")

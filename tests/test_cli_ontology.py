"""`kg ontology`: trees on standard output, a page and a drawing into files."""

import json
import sys
from pathlib import Path

import pytest

from kg.cli import main
from kg.ids import ONTOLOGY


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_the_tree_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "ontology")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].startswith("The kg ontology of news events, version 0.")
    strike = next(line for line in lines if "kg:AirStrike " in line)
    assault = next(line for line in lines if "kg:Assault " in line)
    assert strike.index("kg:") == assault.index("kg:") + 4  # two steps below
    assert assault.endswith("[ASSAULT]")
    assert "kg:participant" in out


def test_json_has_the_whole_tree_and_the_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = call(capsys, "ontology", "--json", "--drawing", tmp_path / "tree.svg")
    facts = json.loads(out)
    assert code == 0
    assert facts["files"] == {"drawing": str(tmp_path / "tree.svg")}
    event = next(root for root in facts["classes"] if root["name"] == "kg:Event")
    assault = next(term for term in event["below"] if term["iri"] == f"{ONTOLOGY}Assault")
    assert assault["notation"] == "ASSAULT"
    assert {term["name"] for term in assault["below"]} >= {"kg:Attack", "kg:Siege"}


def test_files_are_named_when_they_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page, drawing = tmp_path / "o.html", tmp_path / "o.svg"
    code, out, err = call(capsys, "ontology", "--html", page, "--drawing", drawing)
    assert (code, err) == (0, "")
    assert out.splitlines() == [f"page     {page}", f"drawing  {drawing}"]
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert drawing.read_text(encoding="utf-8").startswith("<svg ")


def test_what_cannot_be_written_or_made_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = call(capsys, "ontology", "--drawing", tmp_path / "none" / "o.svg")
    assert (code, out) == (1, "")
    assert err.startswith(f"kg: cannot write {tmp_path / 'none' / 'o.svg'}: ")
    monkeypatch.setitem(sys.modules, "pylode", None)
    code, out, err = call(capsys, "ontology", "--html", tmp_path / "o.html")
    assert (code, out) == (1, "")
    assert "pip install 'pylode<3.4'" in err
    assert not (tmp_path / "o.html").exists()

"""`kg verify`, `kg explain` and `kg merges`: what they print, and their exit codes."""

import csv
import json
import tomllib
from io import StringIO
from pathlib import Path

import pytest

from kg.cli import main
from kg.pipeline import build

TEXT = "President Anna Weber ordered strikes on Kalma on Monday, her spokesman said.\n\nShe met Paul Ito in Geneva."


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proof")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    build(folder / "a.txt", out=folder / "out")
    return folder / "out"


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


# -------------------------------------------------------------------- verify


def test_verify_says_what_it_checked(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, err = call(capsys, "verify", out, "--corpus", out.parent / "a.txt")
    assert (code, err) == (0, "")
    assert text.splitlines()[-1].split() == ["0", "failures"]
    assert "event mentions" in text
    code, text, _ = call(capsys, "verify", out, "--json")
    found = json.loads(text)
    assert (code, found["ok"], found["texts"], found["failures"]) == (0, True, "store", [])
    assert found["checked"]["documents"] == 1


def test_verify_names_document_and_spans(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT.replace("Kalma", "Kulma"), encoding="utf-8")
    code, text, err = call(capsys, "verify", out, "--corpus", tmp_path)
    assert (code, err) == (1, "")
    first = text.splitlines()[0]
    assert first.startswith("a.txt: not the text that was read")
    assert f"differs from character {TEXT.index('Kalma') + 1} on ('a' was read, 'u' is there)" in first
    assert "'Kalma' was read, 'Kulma' is there" in text
    code, shown, _ = call(capsys, "verify", out, "--corpus", tmp_path, "--limit", "1")
    assert code == 1
    assert shown.splitlines()[0] == first
    assert shown.splitlines()[1].startswith("... and ")
    code, text, _ = call(capsys, "verify", out, "--corpus", tmp_path, "--json")
    failures = json.loads(text)["failures"]
    assert code == 1
    assert len(failures) == int(shown.splitlines()[-1].split()[0])
    assert failures[0]["path"] == "a.txt"
    assert {(f["expected"], f["found"]) for f in failures if f["kind"] == "text"} >= {("Kalma", "Kulma")}


def test_verify_of_no_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, err = call(capsys, "verify", tmp_path)
    assert (code, text) == (1, "")
    assert len(err.splitlines()) == 1
    assert "kg build" in err


# ------------------------------------------------------------------- explain


def test_explain_prints_sentences_sources_and_merges(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, err = call(capsys, "explain", "Anna Weber", "-o", out)
    assert (code, err) == (0, "")
    lines = text.splitlines()
    assert lines[0].startswith("Anna Weber (entity https://")
    assert "President [mention Anna Weber] ordered strikes" in text
    assert "[mention She] met Paul Ito" in text
    assert "a.txt 0-" in text
    assert "coreference" in text.partition("merges and links:")[2]
    assert "\x1b" not in text


def test_explain_an_event(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = map(json.loads, (out / "events.jsonl").read_text(encoding="utf-8").splitlines())
    id = next(row["id"] for row in rows if row["predicate"] == "order")
    _, text, _ = call(capsys, "explain", id, "--out", out)
    assert "[trigger ordered]" in text
    assert "said by: " in text
    assert "rule: " in text
    code, record, _ = call(capsys, "explain", id, "-o", out, "--json")
    found = json.loads(record)
    assert (code, found["id"], found["kind"]) == (0, id, "event")
    assert found["passages"][0]["parts"]


def test_explain_tells_of_contradictions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(
        "An explosion killed 12 people in Paris on Monday, police said.", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "An explosion killed 15 people in Paris on Monday, the mayor said.", encoding="utf-8"
    )
    manifest = "".join(f'[[document]]\npath = "{name}.txt"\npublished = 2015-11-17\n' for name in "ab")
    (tmp_path / "manifest.toml").write_text(manifest, encoding="utf-8")
    build(tmp_path, out=tmp_path / "out")
    (row,) = map(
        json.loads, (tmp_path / "out" / "contradictions.jsonl").read_text(encoding="utf-8").splitlines()
    )
    text = call(capsys, "explain", row["event"], "-o", tmp_path / "out")[1]
    assert "number people - 12 (no publisher); 15 (no publisher)" in text
    found = json.loads(call(capsys, "explain", row["event"], "-o", tmp_path / "out", "--json")[1])
    assert found["facts"]["contradictions"][0]["claims"] == row["claims"]


def test_explain_in_colours_on_a_terminal(
    out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in call(capsys, "explain", "Kalma", "-o", out)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in call(capsys, "explain", "Kalma", "-o", out)[1]


def test_what_a_text_says_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(
        "Anna Weber \u202e praised \u200b Kalma and met Paul Ito.", encoding="utf-8"
    )
    build(tmp_path / "a.txt", out=tmp_path / "out")
    text = call(capsys, "explain", "Paul Ito", "-o", tmp_path / "out")[1]
    assert "[mention Paul Ito]" in text
    assert "\u202e" not in text


def test_explain_unknown(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, err = call(capsys, "explain", "Ana Weber", "-o", out)
    assert (code, text) == (1, "")
    assert "near ones: 'Anna Weber'" in err


# -------------------------------------------------------------------- merges


def test_merges_in_every_format(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, table, err = call(capsys, "merges", out)
    assert code == 0
    assert "coreference" in table
    assert "--undo" in err
    rows = json.loads(call(capsys, "merges", out, "--json")[1])["decisions"]
    assert table.splitlines()[-1] == f"{len(rows)} rows"
    listed = list(csv.DictReader(StringIO(call(capsys, "merges", out, "--format", "csv")[1])))
    assert [row["object"] for row in listed] == [row["object"] for row in rows]
    (she,) = [row for row in rows if row["text"] == "She"]
    assert (she["label"], she["rule"]) == ("Anna Weber", "coreference")
    assert tomllib.loads(she["undo"])["must_not_merge"][0]["other"]["id"] == she["object"]


def test_merges_of_one_and_the_entries_that_undo_them(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(call(capsys, "merges", out, "She", "--json")[1])["decisions"]
    assert [row["text"] for row in rows] == ["She"]
    code, text, _ = call(capsys, "merges", out, "She", "--undo")
    assert code == 0
    assert text.startswith("# ")
    assert len(tomllib.loads(text)["must_not_merge"]) == 1


def test_merges_used_wrongly(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "merges", out, "--format", "xml")[0] == 2
    code, _, err = call(capsys, "merges", out, "Zeus")
    assert code == 1
    assert "no decision" in err

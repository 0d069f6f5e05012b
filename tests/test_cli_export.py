"""`kg export`: every format to standard output or into files, one line for what goes wrong."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main
from kg.cli.export import _ONE_FILE, _TABLES
from kg.graph import KnowledgeGraph
from kg.rdf import FORMATS, TABLES, chunks
from kg.rdf.formats.sheets import SHEETS

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def out(small_graph: KnowledgeGraph, tmp_path: Path) -> Path:
    return small_graph.save(tmp_path / "out")


def call(capfd: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """Run the command in this process; return exit code, output and complaints."""
    with pytest.raises(SystemExit) as caught:
        main(["export", *(str(word) for word in words)])
    captured = capfd.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_the_command_knows_every_format() -> None:
    assert (*FORMATS, "graphml") == _ONE_FILE
    assert tuple(TABLES) == _TABLES


def test_turtle_to_standard_output_is_the_file_of_the_build(
    out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert call(capfd, out) == (0, (out / "graph.ttl").read_bytes().decode(), "")


@pytest.mark.parametrize("format", _ONE_FILE)
def test_standard_output_and_file_are_the_same(
    out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], format: str
) -> None:
    suffix = FORMATS[format].suffix if format in FORMATS else ".graphml"
    target = tmp_path / f"x{suffix}"
    code, printed, complaints = call(capfd, out, "--format", format)
    assert (code, complaints) == (0, "")
    assert call(capfd, out, "-o", target) == (0, f"{target}\n", "")
    assert target.read_bytes() == printed.encode()
    expected = b"".join(chunks(out, format)) if format in FORMATS else (out / "graph.graphml").read_bytes()
    assert target.read_bytes() == expected


def test_what_follows_is_written_where_wanted(
    out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    plain, more = tmp_path / "plain.nt", tmp_path / "more.nt"
    assert call(capfd, out, "-o", plain)[0] == 0
    assert call(capfd, out, "-o", more, "--infer")[0] == 0
    assert set(plain.read_bytes().splitlines()) < set(more.read_bytes().splitlines())


def test_tables_go_into_a_folder(out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = call(capfd, out, "--format", "csv", "-o", tmp_path / "a" / "tables", "--json")
    told = json.loads(printed)
    assert (code, told["format"]) == (0, "csv")
    assert [Path(file).stem for file in told["files"]] == list(SHEETS)
    with (tmp_path / "a" / "tables" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        assert "Jean Dupont" in {row["label"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "rdfxml"], "'rdfxml' is not one of turtle, nt, jsonld, trig, graphml, csv, parquet"),
        (["-o", "x.rdf"], "'.rdf' is not one of turtle"),
        (["-o", "x.csv"], "csv is a folder of tables, not one file: --format csv -o tables/"),
        (["--format", "csv"], "csv is a folder of files"),
        (["--json"], "--json tells which files were written"),
        (["--format", "graphml", "--infer"], "graphml has what the text says alone"),
    ],
)
def test_wrong_use_is_2(out: Path, capfd: pytest.CaptureFixture[str], words: list[str], message: str) -> None:
    code, printed, complaints = call(capfd, out, *words)
    assert (code, printed) == (2, "")
    assert message in " ".join(complaints.replace("│", " ").split())


def test_failures_are_1_and_one_line(out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "graph.ttl").write_text("<broken", encoding="utf-8")
    for words, message in (
        ([tmp_path / "empty"], "holds no graph.ttl: run kg build INPUT -o"),
        ([tmp_path / "empty", "-o", "x.graphml"], "holds no graph.graphml"),
        ([tmp_path / "broken", "--format", "nt"], "graph.ttl is no Turtle"),
        ([out, "-o", tmp_path / "none" / "x.nt"], "cannot write"),
    ):
        code, printed, complaints = call(capfd, *words)  # type: ignore[misc]
        assert (code, printed) == (1, "")
        assert message in complaints
        assert complaints.count("\n") == 1


def test_a_reader_that_goes_away_and_the_terminal_of_another_language(out: Path) -> None:
    command = (
        f'"{sys.executable}" -m kg.cli export "{out}" --format nt | head -n 1; echo "${{PIPESTATUS[0]}}"'
    )
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0", "")
    plain = subprocess.run(
        [sys.executable, "-m", "kg.cli", "export", str(out)],
        capture_output=True, cwd=ROOT, check=True, env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert plain.stdout == (out / "graph.ttl").read_bytes()

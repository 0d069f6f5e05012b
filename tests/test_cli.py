"""The command line: exit codes, one clear line for each failure, data on standard output only."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kg.cli import app, main
from kg.config import __version__

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = tuple(get_command(app).commands)  # type: ignore[attr-defined]
ARTICLE = "President Anna Weber ordered strikes on Kalma on Monday.\n\nShe met Paul Ito, the foreign minister, in Geneva."
ASK_LABELS = "SELECT ?label WHERE { ?event a/rdfs:subClassOf* sem:Event ; rdfs:label ?label } ORDER BY ?label"

Run = subprocess.CompletedProcess[str]


def kg(*words: str | Path, stdin: str | None = None, **environment: str) -> Run:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *map(str, words)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
        cwd=ROOT,
        check=False,
        timeout=120,
    )


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """Run the command in this process; return exit code, output and complaints."""
    with pytest.raises(SystemExit) as caught:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a build of one short article."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = kg("build", folder / "a.txt", "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    return folder / "out"


# ------------------------------------------------------------------- usage


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "--version") == (0, f"kg {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_by_example(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert f"kg {command}" in done.output.split("Options")[0]
    assert "--json" in done.output


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["biuld"],
        ["build", "x", "--sed", "1"],
        ["build", "x", "--seed", "one"],
        ["query"],
        ["query", "out"],
        ["query", "out", "aliases", "--format", "xml"],
        ["query", "out", "aliases", "--bind", "person"],
        ["query", "out", "aliases", "--limit", "0"],
        ["show"],
    ],
)
def test_wrong_use_is_2(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = call(capsys, *words)
    assert code == 2
    assert out == ""
    assert "Error" in err
    assert "Traceback" not in err


# ------------------------------------------------------------------- build


def test_build_says_where_things_are(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "build", built.parent / "a.txt", "-o", built)
    assert (code, err) == (0, "")
    assert re.match(r"1 documents done, 0 rejected: \d+ entities, \d+ events, \d+ relations\n", out)
    for name in ("graph.html", "graph.ttl", "report.md"):
        assert str(built / name) in out


def test_build_json_and_quiet(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "build", built.parent / "a.txt", "-o", built, "--json")
    assert code == 0
    summary = json.loads(out)
    assert summary["documents"] == 1
    assert summary["rejected"] == []
    assert Path(summary["page"]).is_file()
    assert call(capsys, "build", built.parent / "a.txt", "-o", built, "--quiet") == (0, "", "")


def test_some_rejected_is_3_and_the_rest_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    code, out, err = call(
        capsys,
        "build",
        tmp_path / "good.txt",
        tmp_path / "bad.txt",
        tmp_path / "gone.txt",
        "-o",
        tmp_path / "out",
    )
    assert code == 3
    assert out.startswith("1 documents done, 2 rejected")
    assert len(err.splitlines()) == 2
    assert f"kg: rejected {tmp_path / 'bad.txt'}: a PNG picture" in err
    assert f"kg: rejected {tmp_path / 'gone.txt'}: no such file or folder" in err
    assert (tmp_path / "out" / "graph.html").is_file()


def test_many_rejections_are_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.txt").write_text("He left.", encoding="utf-8")
    for number in range(30):
        (tmp_path / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, _, err = call(capsys, "build", tmp_path, "-o", tmp_path / "out", "-q")
    assert code == 3
    assert len(err.splitlines()) == 21
    assert "10 more" in err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gone.txt", "no such file or folder"),
        ("blob.txt", "binary data"),
        ("void", "no document found"),
        ("page.txt", "HTML"),
        ("no*.txt", "no file matches"),
        ("two\nlines.txt", "no such file"),
    ],
)
def test_nothing_to_build_is_1_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (tmp_path / "blob.txt").write_bytes(bytes(range(256)))
    (tmp_path / "page.txt").write_text("<!doctype html><p>x", encoding="utf-8")
    (tmp_path / "void").mkdir()
    code, out, err = call(capsys, "build", tmp_path / name, "-o", tmp_path / "out")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert words in err
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("He left.", encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    code, _, err = call(capsys, "build", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert code == 1
    assert "permission denied" in err


def test_standard_input_and_the_exit_code_of_the_process(tmp_path: Path) -> None:
    record = json.dumps({"text": ARTICLE, "title": "Strikes", "date": "2015-11-17", "id": "w1"})
    done = kg("build", "-", "-o", tmp_path / "out", "--json", stdin=record + "\n{broken\n")
    assert done.returncode == 3
    assert json.loads(done.stdout)["documents"] == 1
    assert done.stderr.splitlines() == [
        "kg: rejected stdin:2: not JSON: Expecting property name enclosed in double quotes at column 2"
    ]


def test_an_unknown_language_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("He left.", encoding="utf-8")
    code, _, err = call(
        capsys, "build", tmp_path / "a.txt", "-o", tmp_path / "out", "--language-model", "xx_nope"
    )
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "xx_nope" in err


def test_a_bad_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("He left.", encoding="utf-8")
    (tmp_path / "manifest.toml").write_text(
        "[[document]]\npath = 'a.txt'\ndate = 2015-11-17\n", encoding="utf-8"
    )
    code, _, err = call(capsys, "build", tmp_path, "-o", tmp_path / "out")
    assert code == 1
    assert "unknown key 'date'" in err


def test_an_error_of_ours_is_one_line_and_debug_shows_it_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("kg.pipeline.build_graph", broken)
    code, _, err = call(capsys, "build", tmp_path)
    assert code == 1
    assert (
        err
        == "kg: internal error, ZeroDivisionError: division by zero; run again with --debug to see where\n"
    )
    with pytest.raises(ZeroDivisionError):
        main(["build", str(tmp_path), "--debug"])


def test_a_minimal_environment(tmp_path: Path) -> None:
    (tmp_path / "ä.txt").write_text(ARTICLE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "build", str(tmp_path / "ä.txt"), "-o", str(tmp_path / "out")],
        capture_output=True,
        env={"PATH": os.defpath, "LC_ALL": "C"},
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")


# ------------------------------------------------------------------- store


def test_adding_tells_of_articles_without_a_day(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = Path(shutil.copytree(built, tmp_path / "out"))
    (tmp_path / "undated.txt").write_text("Ada Berg met Ivo Lang on Monday.", encoding="utf-8")
    code, _, err = call(capsys, "add", out, tmp_path / "undated.txt")
    assert code == 0
    assert "no day of publication is known of undated.txt: name it in manifest.toml" in err


def test_add_and_remove(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = Path(shutil.copytree(built, tmp_path / "out"))
    (tmp_path / "b.txt").write_text("Nordia struck Kalma.", encoding="utf-8")
    before = (out / "graph.ttl").read_bytes()
    code, text, err = call(capsys, "add", out, tmp_path / "b.txt", tmp_path / "gone.txt", "--json")
    assert code == 3
    assert err == f"kg: rejected {tmp_path / 'gone.txt'}: no such file or folder\n"
    summary = json.loads(text)
    assert (summary["added"], summary["removed"], summary["documents"]) == (["b.txt"], [], 2)
    assert call(capsys, "add", out, tmp_path / "b.txt", tmp_path / "gone.txt", "-q") == (0, "", "")
    code, text, err = call(capsys, "remove", out, "b.txt", "gone.txt")
    assert (code, err) == (0, "")
    assert text.startswith("0 documents added, 1 removed\n1 documents done, 0 rejected: ")
    assert (out / "graph.ttl").read_bytes() == before
    code, text, err = call(capsys, "remove", out, "a.tx")
    assert (code, text, len(err.splitlines())) == (1, "", 1)
    assert "did you mean a.txt" in err


def test_status_and_rebuild(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = Path(shutil.copytree(built, tmp_path / "out"))
    code, text, err = call(capsys, "status", out)
    assert (code, err) == (0, "")
    assert text.startswith("1 documents, 0 rejected, ")
    assert f"read by kg {__version__}, kg_en-" in text
    assert "kg rebuild" not in text
    (out / "manifest.json").unlink()
    facts = json.loads(call(capsys, "status", out, "--json")[1])
    assert (facts["documents"], facts["fits"], facts["files_fit"]) == (1, True, False)
    assert f"kg rebuild {out} makes them anew" in call(capsys, "status", out)[1]
    assert call(capsys, "rebuild", out, "--quiet") == (0, "", "")
    assert (out / "manifest.json").read_bytes() == (built / "manifest.json").read_bytes()
    for command in ("status", "rebuild"):
        code, text, err = call(capsys, command, tmp_path)
        assert (code, text, len(err.splitlines())) == (1, "", 1)
        assert "run kg build INPUT -o" in err


# ------------------------------------------------------------------- query


def test_query_formats(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "query", built, ASK_LABELS, "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert answer["variables"] == ["label"]
    labels = [row["label"] for row in answer["rows"]]
    assert any("strike" in label for label in labels)
    _, as_csv, _ = call(capsys, "query", built, ASK_LABELS, "--format", "csv")
    assert as_csv.split("\r\n")[0] == "label"
    assert len(as_csv.strip().split("\r\n")) == len(labels) + 1
    _, table, _ = call(capsys, "query", built, ASK_LABELS)
    assert all(label in table for label in labels if len(label) < 80)
    assert f"{len(labels)} row" in table


def test_other_kinds_of_query(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "query", built, "ASK { ?s ?p ?o }")[:2] == (0, "yes\n")
    assert json.loads(call(capsys, "query", built, "ASK { ?s ?p 12345 }", "--json")[1]) == {"boolean": False}
    code, out, _ = call(
        capsys, "query", built, "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o } LIMIT 3"
    )
    assert code == 0
    assert len(out.splitlines()) == 3
    assert all(line.endswith(" .") for line in out.splitlines())
    nothing = "CONSTRUCT WHERE { ?s rdfs:label 12345 }"
    assert json.loads(call(capsys, "query", built, nothing, "--json")[1]) == {"triples": [], "cut": False}
    assert call(capsys, "query", built, nothing)[:2] == (0, "")


def test_queries_by_name(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "query", "--list", "--json")
    assert code == 0
    names = [query["name"] for query in json.loads(out)["queries"]]
    assert "who-ordered-what" in names
    assert all(name in call(capsys, "query", "--list")[1] for name in names)
    code, out, _ = call(capsys, "query", built, "who-ordered-what", "--json")
    assert code == 0
    assert any("Weber" in str(row) for row in json.loads(out)["rows"])


def test_limit_says_that_it_cut(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "query", built, "SELECT * { ?s ?p ?o }", "--limit", "2", "--json")
    assert code == 0
    assert len(json.loads(out)["rows"]) == 2
    assert "--limit" in err


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?x WHERE {", "does not parse"),
        ("no-such-query", "no-such-query"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "INSERT"),
        ("SELECT * { SERVICE <http://127.0.0.1:9> { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_queries_that_cannot_be_answered(
    built: Path, capsys: pytest.CaptureFixture[str], query: str, words: str
) -> None:
    code, out, err = call(capsys, "query", built, query)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert words in err


def test_no_output_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["query", tmp_path, "ASK {}"],
        ["show", tmp_path],
        ["info", tmp_path],
        ["show", tmp_path / "none"],
    ):
        code, out, err = call(capsys, *words)
        assert (code, out) == (1, "")
        assert "kg build" in err


def test_what_the_texts_say_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli.printing import complain, print_rows

    print_rows(("a",), [("\x1b[31mred\x07 [bold]x[/bold]\u202e",)], "table")
    complain("bad\x1b]0;title\x07\nline")
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "[bold]x[/bold]" in captured.out
    assert len(captured.err.splitlines()) == 1


# ----------------------------------------------------------- show and info


def test_show(built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    assert call(capsys, "show", built) == (0, f"{built / 'graph.html'}\n", "")
    assert opened == [(built / "graph.html").as_uri()]
    assert call(capsys, "show", built, "--no-browser")[0] == 0
    assert len(opened) == 1
    assert json.loads(call(capsys, "show", built, "--no-browser", "--json")[1]) == {
        "page": str(built / "graph.html")
    }


def test_info(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "info")
    assert (code, err) == (0, "")
    assert f"kg: {__version__}" in out
    assert "GeoNames" in out
    facts = json.loads(call(capsys, "info", "--json")[1])
    assert facts["libraries"]["spacy"]
    assert facts["model"]
    manifest = json.loads(call(capsys, "info", built, "--json")[1])
    assert manifest == json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert "a.txt" in call(capsys, "info", built)[1]


# --------------------------------------------------------- ends of the pipe


def test_a_reader_that_goes_away(built: Path) -> None:
    command = f'"{sys.executable}" -m kg.cli query "{built}" "SELECT * {{ ?s ?p ?o }}" --format csv | head -n 1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_closed_standard_output(built: Path) -> None:
    command = f'"{sys.executable}" -m kg.cli info "{built}" >&-'
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted(tmp_path: Path, signum: signal.Signals, code: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "build", "-", "-o", str(tmp_path / "out")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        # a shell that runs the tests in the background has them ignore the interrupt; the command must not inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin is not None
    try:
        process.stdin.write("He left. " * 100_000)
        process.stdin.flush()  # no pipe holds so much: once this returns, the command is reading
        process.send_signal(signum)
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == code
    assert out == ""
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()

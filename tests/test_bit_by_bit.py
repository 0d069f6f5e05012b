"""A graph is a function of the set of documents: however they came, the files are the same bytes."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
import kg.language
import kg.pipeline.stages
from kg.config import STORE, Settings
from kg.errors import InputError, ModelError, OutputError
from kg.output import FILES
from kg.pipeline import Notice, add, add_documents, build, build_graph, load_graph, rebuild, remove, status
from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = {
    "a.txt": "President Anna Weber ordered strikes on Kalma on Monday, the Nordian agency said. She met Paul Ito.",
    "b.txt": "Paul Ito, 51, the foreign minister of Nordia, denied on Tuesday that troops had entered Kalma.",
    "c.txt": "Jets struck Kalma on Monday, killing six people, officials in Nordia said. Weber praised the pilots.",
    "news.jsonl": '{"id": "1", "text": "Nordia plans talks with Kalma in Geneva."}\n{broken\n',
    "page.txt": "<!doctype html><p>x",
}
MANIFEST = """
[[document]]
path = "a.txt"
title = "Strikes ordered"
publisher = "Wire A"
published = 2015-11-17

[[document]]
path = "c.txt"
publisher = "Wire C"
published = 2015-11-18
"""
MUST = """
[[must_merge]]
one = "Anna Weber"
other = "Paul Ito"
why = "for a test"
"""

Bytes = dict[str, bytes]


@pytest.fixture(scope="module", autouse=True)
def _one_pipeline() -> Iterator[None]:
    """Load the language pipeline once."""
    with pytest.MonkeyPatch.context() as patch:
        nlp = kg.language.load()
        patch.setattr(kg.pipeline.stages, "load", lambda name: nlp)
        yield


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five inputs, one of them of two lines, one of those and a web page rejected; a manifest."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one build of all; to be copied, not changed."""
    out = tmp_path_factory.mktemp("whole") / "out"
    build_graph([corpus / name for name in ARTICLES], out=out)
    return out


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "out"))


def files(out: Path) -> Bytes:
    return {name: (out / name).read_bytes() for name in FILES}


def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that will hold the path of each document that is read from now on."""
    paths: list[str] = []
    read = kg.pipeline.stages.Stages._read

    def noting(stages: Any, documents: Any) -> Any:
        paths.extend(document.path for document in documents)
        return read(stages, documents)

    monkeypatch.setattr(kg.pipeline.stages.Stages, "_read", noting)
    return paths


# ---------------------------------------------------------- any order, any split


@given(st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_and_any_split_give_the_same_bytes(
    corpus: Path, whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    names = data.draw(st.permutations(sorted(ARTICLES)).filter(lambda order: order[0] != "page.txt"))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(names) - 1), max_size=3)))
    batches = [names[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    again = data.draw(st.lists(st.sampled_from(sorted(ARTICLES)), max_size=2))
    out = tmp_path_factory.mktemp("split")
    build_graph([corpus / name for name in batches[0]], out=out)
    for batch in [*batches[1:], *([again] if again else [])]:
        add_documents(out, [corpus / name for name in batch])
    assert files(out) == files(whole)
    shutil.rmtree(out)


@given(st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_adding_then_removing_gives_the_bytes_from_before(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    texts = ["a.txt", "b.txt", "c.txt"]
    kept = data.draw(st.lists(st.sampled_from(texts), min_size=1, unique=True))
    more = data.draw(st.sampled_from(sorted(set(ARTICLES) - set(kept))))
    out = tmp_path_factory.mktemp("undone")
    build_graph([corpus / name for name in kept], out=out)
    before = files(out)
    add_documents(out, corpus / more)
    assert files(out) != before
    by_id = data.draw(st.booleans()) and more in texts
    (name,) = (d.id for d in load_graph(out).documents if d.path == more) if by_id else (more,)
    remove(out, name)
    assert files(out) == before
    shutil.rmtree(out)


def test_a_folder_and_its_files_are_the_same_documents(corpus: Path, whole: Path, tmp_path: Path) -> None:
    build_graph(corpus, out=tmp_path / "out")
    assert files(tmp_path / "out") == files(whole)
    assert add_documents(tmp_path / "out", corpus / "a.txt").added == ()


def test_a_pattern_names_the_folder_that_paths_are_below(corpus: Path, tmp_path: Path) -> None:
    below = Path(shutil.copytree(corpus, tmp_path / "top" / "sub"))
    build_graph(tmp_path / "top", out=tmp_path / "one")
    build_graph(below / "a.txt", out=tmp_path / "two")
    remove_all = [document.id for document in load_graph(tmp_path / "two").documents]
    add_documents(tmp_path / "two", [f"{tmp_path}/top/**/*.txt", f"{tmp_path}/top/**/*.jsonl"])
    remove(tmp_path / "two", remove_all)
    paths = {document.path for document in load_graph(tmp_path / "two").documents}
    assert paths == {"sub/a.txt", "sub/b.txt", "sub/c.txt", "sub/news.jsonl#1"}
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_manifest_given_by_name_is_checked_against_all_batches(corpus: Path, tmp_path: Path) -> None:
    listing = tmp_path / "list.toml"
    listing.write_text(MANIFEST + '[[document]]\npath = "gone.txt"\n', encoding="utf-8")
    build_graph([corpus / "a.txt", corpus / "c.txt"], out=tmp_path / "one", manifest=listing)
    half = build_graph(corpus / "a.txt", out=tmp_path / "two", manifest=listing)
    assert half.run is not None
    assert [item.path for item in half.run.rejections] == ["c.txt", "gone.txt"]
    change = add_documents(tmp_path / "two", corpus / "c.txt", manifest=listing)
    assert (len(change.added), change.rejected) == (1, ())
    assert files(tmp_path / "one") == files(tmp_path / "two")


# ------------------------------------------------------------------ what is reused


def test_nothing_is_read_twice(corpus: Path, whole: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = extracted(monkeypatch)
    build_graph([corpus / name for name in ARTICLES], out=out)
    assert read == []
    build_graph(corpus / "b.txt", out=out)
    assert read == []
    with Store.open(out) as store:
        assert [document.path for document in store.documents()] == ["b.txt"]
    add_documents(out, [corpus / "b.txt", corpus / "c.txt"])
    assert read == ["c.txt"]


def test_a_build_without_a_folder_leaves_none(corpus: Path, whole: Path) -> None:
    graph = build_graph([corpus / name for name in ARTICLES])
    assert graph == load_graph(whole)


def test_the_graph_of_a_folder_is_that_of_its_build(corpus: Path, whole: Path, tmp_path: Path) -> None:
    graph = load_graph(whole)
    graph.save(tmp_path)
    assert files(tmp_path) == files(whole)
    assert not (tmp_path / STORE).exists()


def test_settings_of_the_build_are_those_of_what_is_added(corpus: Path, tmp_path: Path) -> None:
    build_graph([corpus / "a.txt", corpus / "b.txt"], out=tmp_path / "one", settings=Settings(seed=5))
    build_graph(corpus / "a.txt", out=tmp_path / "two", settings=Settings(seed=5))
    add_documents(tmp_path / "two", corpus / "b.txt")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_language_model_of_the_build_reads_what_is_added(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    load = kg.pipeline.stages.load
    monkeypatch.setattr(kg.pipeline.stages, "load", lambda name: asked.append(name) or load(name))
    build_graph(corpus / "a.txt", out=tmp_path / "out", settings=Settings(language_model="en_other"))
    change = add_documents(tmp_path / "out", corpus / "b.txt")
    assert asked == ["en_other", "en_other"]
    assert change.graph.run is not None
    assert change.graph.run.settings.language_model == "en_other"

    def missing(name: str | None) -> None:
        raise ModelError(f"language model {name!r} cannot be loaded")

    monkeypatch.setattr(kg.pipeline.stages, "load", missing)
    facts = status(tmp_path / "out")
    assert facts["fits"] is False
    assert "'en_other' cannot be loaded" in str(facts["this"])


def test_extraction_does_not_depend_on_company(whole: Path) -> None:
    from kg.extract import extract

    nlp = kg.language.load()
    with Store.open(whole) as store:
        documents, extractions = store.documents(), store.extractions()
    assert len(documents) == 4
    alone = tuple(next(iter(extract([document], nlp))) for document in documents)
    assert tuple(extract(documents, nlp)) == alone == extractions
    assert tuple(extract(documents[::-1], nlp))[::-1] == alone


# ------------------------------------------------------------ what people decided


def test_pairs_of_a_person_stay_when_documents_come_and_go(corpus: Path, tmp_path: Path) -> None:
    both = [corpus / "a.txt", corpus / "b.txt"]
    (tmp_path / "pairs.toml").write_text(MUST, encoding="utf-8")
    build_graph(both, out=tmp_path / "one", must=tmp_path / "pairs.toml")
    decided = [d for d in load_graph(tmp_path / "one").decisions if "for a test" in d.evidence]
    assert decided
    pairs = json.loads((tmp_path / "one" / "manifest.json").read_text("utf-8"))["pairs"]
    assert pairs == ['pairs.toml line 2, must_merge 1: "Anna Weber" and "Paul Ito" are one (for a test)']
    build_graph(both[0], out=tmp_path / "two", must=tmp_path / "pairs.toml")
    (tmp_path / "pairs.toml").unlink()
    add_documents(tmp_path / "two", both[1])
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert status(tmp_path / "two")["must"] == [str(tmp_path / "pairs.toml")]


def test_pairs_beside_the_articles_are_found(corpus: Path, tmp_path: Path) -> None:
    beside = Path(shutil.copytree(corpus, tmp_path / "corpus"))
    (beside / "must.toml").write_text(MUST, encoding="utf-8")
    for number, name in enumerate((beside, beside / "a.txt", f"{beside}/*.txt")):
        graph = build_graph(name, out=tmp_path / str(number))
        assert any("for a test" in decision.evidence for decision in graph.decisions)
        assert "must.toml" not in {item.path for item in graph.run.rejections if item.reason}  # type: ignore[union-attr]
    (beside / "must.toml").write_text("[[must_marge]]\n", encoding="utf-8")
    with pytest.raises(InputError, match="must_marge"):
        add_documents(tmp_path / "0", beside / "b.txt")


# ------------------------------------------------------------- names and refusals


def test_what_cannot_be_removed(out: Path) -> None:
    before = files(out)
    with pytest.raises(InputError, match=r"no document 'a\.text' there: did you mean a\.txt"):
        remove(out, ["b.txt", "a.text"])
    with pytest.raises(InputError, match="no document would be left"):
        remove(out, ["a.txt", "b.txt", "c.txt", "news.jsonl"])
    assert files(out) == before
    assert len(load_graph(out).documents) == 4


def test_what_cannot_be_added_to(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"holds no store\.sqlite: run kg build INPUT"):
        add(tmp_path / "none", corpus / "a.txt")
    assert not (tmp_path / "none").exists()
    with pytest.raises(OutputError, match="is also the folder of the input"):
        add(corpus, corpus / "a.txt")
    (tmp_path / "void").mkdir()
    build_graph(corpus / "a.txt", out=tmp_path / "out")
    with pytest.raises(InputError, match="no document found in"):
        add(tmp_path / "out", tmp_path / "void")


def test_rejections_are_part_of_what_was_given(corpus: Path, tmp_path: Path) -> None:
    build_graph([corpus / "a.txt", tmp_path / "gone.txt"], out=tmp_path / "one")
    build_graph(corpus / "a.txt", out=tmp_path / "two")
    with pytest.warns(UserWarning, match=r"1 inputs could not be read, the first is gone\.txt"):
        add(tmp_path / "two", tmp_path / "gone.txt")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert add_documents(tmp_path / "two", tmp_path / "gone.txt").rejected == ()
    build_graph(corpus / "a.txt", out=tmp_path / "three")
    remove(tmp_path / "two", "gone.txt")
    assert files(tmp_path / "two") == files(tmp_path / "three")


def test_twins_are_told(corpus: Path, out: Path, tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "a.txt").write_text("Anna Weber ordered nothing.", encoding="utf-8")
    (tmp_path / "z.txt").write_text(ARTICLES["b.txt"], encoding="utf-8")
    change = add_documents(out, [tmp_path / "a.txt", tmp_path / "z.txt"], notice=told.append)
    assert [document.path for document in change.graph.documents].count("a.txt") == 2
    assert any(
        f"a.txt is there twice now, with another text or other metadata: kg remove {out} " in t for t in told
    )
    assert any("z.txt has the text of b.txt" in text for text in told)


# ---------------------------------------------------------------- another version


@pytest.fixture
def other_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.pipeline.stages, "extractor_version", lambda model, own: f"kg 9, {model}, rules 9")


@pytest.mark.usefixtures("other_version")
def test_another_version_is_refused_and_never_mixed(
    corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(out)
    for change in (
        lambda: add(out, corpus / "a.txt"),
        lambda: remove(out, "a.txt"),
        lambda: load_graph(out),
    ):
        with pytest.raises(
            OutputError, match=rf"another version \(kg .*; this is kg 9, .*\): run kg rebuild {out}"
        ):
            change()
    assert files(out) == before
    assert status(out)["fits"] is False
    read = extracted(monkeypatch)
    rebuild(out)
    assert sorted(read) == ["a.txt", "b.txt", "c.txt", "news.jsonl#1"]
    assert files(out) == before
    assert status(out)["fits"] is True
    with Store.open(out) as store:
        assert len(store.finished()) == 1


@pytest.mark.usefixtures("other_version")
def test_a_build_over_another_version_says_so(corpus: Path, out: Path) -> None:
    told: list[str] = []
    before = files(out)
    build_graph([corpus / name for name in ARTICLES], out=out, notice=told.append)
    assert files(out) == before
    assert len(told) == 1
    assert "is of another version (kg " in told[0]


# ------------------------------------------------------------------------- damage


def spoil(out: Path, path: str, column: str) -> None:
    """Flip a bit in the row of a document."""
    with Store.open(out) as store:
        (id,) = (document.id for document in store.documents() if document.path == path)
    with sqlite3.connect(out / STORE) as connection:
        (data,) = connection.execute(f"SELECT {column} FROM document WHERE id = ?", (id,)).fetchone()
        data = data[:20] + bytes([data[20] ^ 4]) + data[21:]
        connection.execute(f"UPDATE document SET {column} = ? WHERE id = ?", (data, id))
    connection.close()


@pytest.mark.parametrize("repair", ["build", "add", "remove", "rebuild"])
def test_a_damaged_extraction_is_told_and_made_again(
    corpus: Path, whole: Path, out: Path, monkeypatch: pytest.MonkeyPatch, repair: str
) -> None:
    spoil(out, "b.txt", "extraction")
    told: list[str] = []
    read = extracted(monkeypatch)
    assert len(status(out)["damaged"]) == 1  # type: ignore[arg-type]
    notice: Notice = told.append
    if repair == "build":
        build_graph([corpus / name for name in ARTICLES], out=out, notice=notice)
    elif repair == "add":
        add_documents(out, corpus / "a.txt", notice=notice)
    elif repair == "remove":
        kg.pipeline.remove_documents(out, "page.txt", notice=notice)
        add_documents(out, corpus / "page.txt")
    else:
        rebuild(out, notice=notice)
    assert told == ["b.txt is damaged in the store: it is read again"]
    assert read == ["b.txt"]
    assert files(out) == files(whole)
    assert status(out)["damaged"] == []


def test_a_damaged_text_needs_the_files(corpus: Path, whole: Path, out: Path) -> None:
    spoil(out, "b.txt", "document")
    with pytest.raises(OutputError, match=r"is damaged \(the text of .*/b-.*\): run kg build INPUT -o"):
        add(out, corpus / "a.txt")
    build_graph([corpus / name for name in ARTICLES], out=out)
    assert files(out) == files(whole)
    assert load_graph(out) == load_graph(whole)


@pytest.mark.parametrize("how", ["torn", "another record"])
def test_a_store_that_is_none_any_more_is_made_anew(corpus: Path, whole: Path, out: Path, how: str) -> None:
    if how == "torn":
        data = (out / STORE).read_bytes()
        (out / STORE).write_bytes(data[: len(data) // 2])
    else:
        with sqlite3.connect(out / STORE) as connection:
            connection.execute("UPDATE contents SET record = record || ' '")
        connection.close()
    told: list[str] = []
    with pytest.raises(OutputError, match=r"is damaged .*: run kg build INPUT"):
        add(out, corpus / "a.txt")
    build_graph([corpus / name for name in ARTICLES], out=out, notice=told.append)
    assert len(told) == 1
    assert "is damaged" in told[0]
    assert "all documents are read again" in told[0]
    assert files(out) == files(whole)


def test_a_failed_write_changes_nothing(corpus: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    before, graph = files(out), load_graph(out)
    monkeypatch.setattr("kg.output.os.replace", full)
    with pytest.raises(OutputError, match="No space left"):
        remove(out, "a.txt")
    monkeypatch.undo()
    assert files(out) == before
    assert load_graph(out) == graph


def test_one_at_a_time(corpus: Path, out: Path) -> None:
    with Store.open(out, write=True):
        for change in (
            lambda: add(out, corpus / "a.txt"),
            lambda: remove(out, "a.txt"),
            lambda: build(corpus / "a.txt", out=out),
            lambda: load_graph(out),
            lambda: status(out),
        ):
            with pytest.raises(OutputError, match="is in use by another kg"):
                change()


# ------------------------------------------------------------------------- status


def test_status(whole: Path, out: Path) -> None:
    facts = status(whole)
    assert (facts["documents"], facts["rejected"], facts["unfinished"]) == (4, 2, 0)
    assert facts["fits"] is facts["files_fit"] is True
    assert facts["characters"] == sum(len(d.text) for d in load_graph(whole).documents)
    assert facts["version"] == facts["this"]
    assert facts["settings"] == {"language_model": None, "ontology": None, "seed": 0}
    sizes = {name: (whole / name).stat().st_size for name in (*FILES, STORE)}
    assert facts["bytes"] == {"store": sizes.pop(STORE), "files": sum(sizes.values())}
    before = (out / "manifest.json").read_bytes()
    remove(out, "a.txt")
    (out / "manifest.json").write_bytes(before)
    assert status(out)["files_fit"] is False


# --------------------------------------------------------------------------- kills

CHILD = """
import sys
from kg.pipeline import build_graph
def tell(stage, done, total):
    print(stage, done, total, flush=True)
build_graph(sys.argv[1], out=sys.argv[2], progress=tell)
"""


def run_and_kill(corpus: Path, out: Path, when: tuple[str, int], delay: float) -> list[list[str]]:
    """Start a build, kill it a while after it has told of a step, and return the steps that it told of."""
    told: list[list[str]] = []
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(corpus), str(out)],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert process.stdout is not None
    for line in process.stdout:
        told.append(line.split())
        if told[-1][0] == when[0] and int(told[-1][1]) >= when[1]:
            break
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL or when[0] == "write"  # may have come to its end
    return told


@pytest.mark.slow
def test_a_killed_run_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(24):
        text = " ".join(ARTICLES[name] for name in ("a.txt", "b.txt", "c.txt")[: number % 3 + 1])
        (corpus / f"{number}.txt").write_text(f"Report {number}. {text}", encoding="utf-8")
    build_graph(corpus, out=tmp_path / "whole")
    out = corpus / "out"  # within the corpus, where a half-made folder must not be read
    chance = random.Random(4)
    begun = []
    for when in (("read", 24), ("extract", 2), ("extract", 15), ("write", 1), ("write", len(FILES) - 1)):
        told = run_and_kill(corpus, out, when, delay=chance.random() * 0.05)
        begun += [int(done) for stage, done, _ in told if stage == "extract"][:1]
    assert begun == sorted(begun)
    assert begun[0] == 0 < begun[-1]  # what was read before a kill was not read again
    build_graph(corpus, out=out)
    assert files(out) == files(tmp_path / "whole")
    paths = [item["path"] for item in json.loads((out / "manifest.json").read_text("utf-8"))["documents"]]
    assert paths == sorted(f"{number}.txt" for number in range(24))
    assert {path.name for path in out.iterdir()} == {*FILES, STORE}


@pytest.mark.slow
def test_a_killed_addition_has_not_been(tmp_path: Path, corpus: Path, out: Path) -> None:
    graph = load_graph(out)
    more = tmp_path / "more"
    more.mkdir()
    for number in range(8):
        (more / f"{number}.txt").write_text(f"Report {number}. {ARTICLES['c.txt']}", encoding="utf-8")
    child = CHILD.replace(
        "build_graph(sys.argv[1], out=sys.argv[2]", "add_documents(sys.argv[2], sys.argv[1]"
    )
    child = child.replace("import build_graph", "import add_documents")
    process = subprocess.Popen(
        [sys.executable, "-c", child, str(more), str(out)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    while process.stdout.readline().split()[:2] != ["extract", "7"]:
        pass
    process.kill()
    process.communicate()
    assert load_graph(out) == graph
    assert status(out)["unfinished"] >= 3  # type: ignore[operator]
    add_documents(out, corpus / "a.txt")
    assert load_graph(out) == graph
    assert status(out)["unfinished"] == 0

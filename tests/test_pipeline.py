"""From files to files: same documents, same bytes; bad inputs cost only themselves; a failure leaves no half output."""

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import kg.output
import kg.pipeline.stages
from kg.config import STORE
from kg.datamodel import Document
from kg.errors import InputError, OutputError
from kg.graph import KnowledgeGraph
from kg.output import FILES, read_manifest, save
from kg.pipeline import build, build_graph

ROOT = Path(__file__).resolve().parent.parent

ARTICLES = {
    "a.txt": "President Anna Weber ordered strikes on Kalma on Monday, the Nordian agency said.\r\n\r\nShe met Paul Ito.",
    "b.txt": "Paul Ito, 51, the foreign minister of Nordia, denied on Tuesday that troops had entered Kalma.",
    "sub/c.md": "# Talks\n\nNordia and Kalma plan to hold talks in Geneva next week. “Élan” will report.",
}
MANIFEST = """
[[document]]
path = "a.txt"
title = "Strikes ordered"
publisher = "Wire A"
published = 2015-11-17
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three short articles, a manifest for one of them."""
    folder = tmp_path / "corpus"
    for name, text in ARTICLES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


def hashes(folder: Path) -> dict[str, str]:
    """Checksums of all files but the store, whose bytes tell of the order of work."""
    paths = (path for path in sorted(folder.iterdir()) if path.name != STORE)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_build_finds_what_the_articles_say(corpus: Path) -> None:
    graph = build(corpus)
    assert [document.path for document in sorted(graph.documents, key=lambda d: d.path)] == list(ARTICLES)
    names = {entity.label for entity in graph.entities}
    assert {"Anna Weber", "Paul Ito", "Kalma"} <= {name.removeprefix("President ") for name in names}
    assert {"order", "strike", "meet", "deny"} <= {event.predicate for event in graph.events}


def test_every_span_is_the_slice_of_its_document(corpus: Path) -> None:
    graph = build(corpus)
    spans = [mention.span for entity in graph.entities for mention in entity.mentions]
    for event in graph.events:
        for mention in event.mentions:
            spans += [mention.trigger, mention.sentence, *(argument.span for argument in mention.arguments)]
    assert len(spans) > 20
    for span in spans:
        assert graph.document(span.document).text[span.start : span.end] == span.text


def test_order_and_repetition_of_inputs_do_not_matter(corpus: Path, tmp_path: Path) -> None:
    names = [corpus, corpus / "a.txt", corpus / "b.txt"]
    build(names, out=tmp_path / "one")
    build([*reversed(names), corpus], out=tmp_path / "two")
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    assert sorted(hashes(tmp_path / "one")) == sorted(FILES)


def test_save_writes_what_build_writes(corpus: Path, tmp_path: Path) -> None:
    graph = build(corpus, out=tmp_path / "one")
    assert graph.save(tmp_path / "deep" / "two") == tmp_path / "deep" / "two"
    assert hashes(tmp_path / "one") == hashes(tmp_path / "deep" / "two")


def test_building_again_over_an_output_within_the_input(corpus: Path) -> None:
    build(corpus, out=corpus / "out")
    before = hashes(corpus / "out")
    build(corpus, out=corpus / "out")
    assert hashes(corpus / "out") == before


@pytest.mark.slow
def test_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    found = []
    for number, (zone, locale) in enumerate(
        [("UTC", "C"), ("Pacific/Auckland", "C.UTF-8"), ("", "tr_TR.UTF-8")]
    ):
        out = tmp_path / str(number)
        order = random.Random(number).sample(seeds, len(seeds))
        environment = os.environ | {"PYTHONHASHSEED": str(number), "TZ": zone, "LC_ALL": locale}
        subprocess.run(
            [sys.executable, "-m", "kg.cli", "build", "--quiet", *map(str, order), "-o", str(out)],
            env=environment,
            cwd=ROOT,
            check=True,
        )
        found.append(hashes(out))
    assert found[0] == found[1] == found[2]
    assert sorted(found[0]) == sorted(FILES)


def test_manifest_accounts_for_every_input(corpus: Path, tmp_path: Path) -> None:
    (corpus / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (corpus / "old.txt").write_bytes("Troops left Kalma – at last.".encode("cp1252"))
    (corpus / "empty.txt").write_bytes(b"")
    with pytest.warns(
        UserWarning, match=r"1 inputs could not be read, the first is photo\.txt: a PNG picture"
    ):
        graph = build(corpus, out=tmp_path / "out")
    assert graph.run is not None
    assert [item.path for item in graph.run.rejections] == ["photo.txt"]
    manifest = read_manifest(tmp_path / "out")
    status = {entry["path"]: entry["status"] for entry in manifest["documents"]}
    assert status == dict.fromkeys([*ARTICLES, "old.txt", "empty.txt"], "done") | {"photo.txt": "rejected"}
    assert {entry["path"]: entry.get("encoding") for entry in manifest["documents"]}["old.txt"] == "cp1252"
    assert manifest["counts"]["documents"] == len(lines(tmp_path / "out" / "documents.jsonl")) == 5
    assert manifest["counts"]["rejected"] == 1
    for name in ("entities", "events", "relations"):
        assert manifest["counts"][name] == len(lines(tmp_path / "out" / f"{name}.jsonl"))
    for name, facts in manifest["files"].items():
        data = (tmp_path / "out" / name).read_bytes()
        assert facts == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert set(manifest["files"]) == set(FILES) - {"manifest.json"}
    assert "PNG" in next(entry["reason"] for entry in manifest["documents"] if entry["status"] == "rejected")


def test_no_file_tells_where_it_was_made(corpus: Path, tmp_path: Path) -> None:
    (corpus / "photo.txt").write_bytes(b"%PDF-")
    build_graph([corpus, tmp_path / "nowhere.txt"], out=tmp_path / "out")
    for path in (tmp_path / "out" / name for name in FILES):
        assert str(tmp_path).encode() not in path.read_bytes(), path.name


def test_an_empty_article_is_done_with_no_facts(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \r\n", encoding="utf-8")
    graph = build(tmp_path / "empty.txt", out=tmp_path / "out")
    assert [len(getattr(graph, name)) for name in ("documents", "entities", "events", "relations")] == [
        1,
        0,
        0,
        0,
    ]
    assert sorted(hashes(tmp_path / "out")) == sorted(FILES)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "no document found in no input"),
        (["nothing.txt"], "no such file or folder"),
        (["nothing.txt", "none/*.md"], "and 1 more"),
        (["void"], "no document found in void"),
        (["blob.bin"], "NUL"),
    ],
)
def test_nothing_to_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "void").mkdir()
    (tmp_path / "blob.bin").write_bytes(bytes(range(256)))
    with pytest.raises(InputError, match=words) as caught:
        build(names, out="out")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_outputs_that_cannot_be(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        build(corpus, out=tmp_path / "file")
    with pytest.raises(OutputError, match="is also the folder of the input"):
        build(corpus, out=corpus / "sub" / "..")
    with pytest.raises(OutputError, match="cannot be written"):
        save(KnowledgeGraph(), tmp_path / "file" / "below")


@pytest.mark.parametrize("name", [".", "a.txt", "*.txt", "**/*.txt", "../corp*"])
def test_a_folder_that_articles_come_from_is_no_output(corpus: Path, name: str) -> None:
    with pytest.raises(OutputError, match="is also the folder of the input"):
        build([corpus / "sub" / "c.md", f"{corpus}/{name}"], out=corpus)
    assert not (corpus / "manifest.json").exists()


def test_patterns_that_match_an_earlier_output(corpus: Path) -> None:
    for _ in range(2):
        graph = build([corpus / "*", corpus / "**" / "*.md"], out=corpus / "out")
        assert sorted({document.path for document in graph.documents}) == [
            "a.txt",
            "b.txt",
            "c.md",
            "sub/c.md",
        ]


@pytest.mark.parametrize("text", ['{"manifest_version": 3}', "no JSON", "[]"])
def test_another_programs_manifest_is_not_written_over(corpus: Path, tmp_path: Path, text: str) -> None:
    out = tmp_path / "extension"
    out.mkdir()
    (out / "manifest.json").write_text(text, encoding="utf-8")
    for write in (lambda: build(corpus, out=out), lambda: save(KnowledgeGraph(), out)):
        with pytest.raises(OutputError, match=r"manifest\.json that is not kg's: name another folder"):
            write()
    assert [path.name for path in out.iterdir()] == ["manifest.json"]
    assert (out / "manifest.json").read_text(encoding="utf-8") == text


def test_a_failure_between_two_files_leaves_each_whole(
    small_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def third_time_full(source: Path, target: Path) -> None:
        if target.parent == tmp_path / "old":
            done.append(target.name)
            if len(done) == 3:
                raise OSError(28, "No space left on device")
        replace(source, target)

    save(small_graph, tmp_path / "new")
    save(KnowledgeGraph(), tmp_path / "old")
    new, old = hashes(tmp_path / "new"), hashes(tmp_path / "old")
    done: list[str] = []
    replace = os.replace
    monkeypatch.setattr("kg.output.os.replace", third_time_full)
    with pytest.raises(OutputError, match="No space left"):
        save(small_graph, tmp_path / "old")
    monkeypatch.undo()
    assert hashes(tmp_path / "old") == old | {name: new[name] for name in done[:2]}


@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "write_page"])
def test_a_failed_write_leaves_the_old_output(
    small_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    save(KnowledgeGraph(), tmp_path)
    before = hashes(tmp_path)
    monkeypatch.setattr(f"kg.output.{step}", full)
    with pytest.raises(OutputError, match=r"(?i)no space left"):
        save(small_graph, tmp_path)
    monkeypatch.undo()
    assert hashes(tmp_path) == before


def test_documents_too_long_for_the_pipeline_are_rejected(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str | None) -> object:
        nlp = original(name)
        nlp.max_length = 100
        return nlp

    original = kg.pipeline.stages.load
    monkeypatch.setattr(kg.pipeline.stages, "load", load)
    graph = build_graph(corpus)
    assert graph.run is not None
    long = sorted(name for name, text in ARTICLES.items() if len(text) > 100)
    assert long
    assert [item.path for item in graph.run.rejections] == long
    assert all("100 characters" in item.reason for item in graph.run.rejections)
    assert all(isinstance(document, Document) and len(document.text) <= 100 for document in graph.documents)


def test_progress_is_told(corpus: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    build(corpus, out=tmp_path / "out", progress=lambda *step: told.append(step))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["read", "extract", "resolve", "write"]
    assert {stage: (done, of) for stage, done, of in told} == {
        "read": (3, None),
        "extract": (3, 3),
        "resolve": (1, 1),
        "write": (len(FILES), len(FILES)),
    }


def test_read_manifest_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is no output of kg"):
        read_manifest(tmp_path)
    for text, words in (("{", "damaged"), ("[]", "not written by kg"), ('{"a": 1}', "not written by kg")):
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(OutputError, match=words):
            read_manifest(tmp_path)

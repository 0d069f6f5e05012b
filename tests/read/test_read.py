"""Files, folders, patterns and standard input: every input is a document, a rejection, or passed over by rule."""

import hashlib
import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.read.text
from kg.datamodel import Document
from kg.read import Reading, Rejection, read, readings


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one file of each kind."""
    folder = tmp_path / "corpus"
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text("Police raided homes.", encoding="utf-8")
    (folder / "a.md").write_text("# Raids\n\nPolice raided homes.", encoding="utf-8")
    (folder / "sub" / "c.txt").write_text("France struck Raqqa.", encoding="utf-8")
    (folder / "sub" / "deep" / "d.TXT").write_text("He fled.", encoding="utf-8")
    (folder / "README.md").write_text("About this corpus.", encoding="utf-8")
    (folder / "LICENSE").write_text("Free.", encoding="utf-8")
    (folder / ".hidden.txt").write_text("No.", encoding="utf-8")
    return folder


def paths(items: list[Document | Rejection]) -> list[str]:
    return [item.path for item in items]


def test_folder_is_walked_in_the_order_of_names(corpus: Path) -> None:
    items = list(read(corpus))
    assert paths(items) == ["a.md", "b.txt", "sub/c.txt", "sub/deep/d.TXT"]
    assert all(isinstance(item, Document) for item in items)


def test_text_is_kept_as_it_is(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfOne\r\ntwo\rthree\n\x0bfour\t"
    (tmp_path / "x.txt").write_bytes(data)
    (document,) = read(tmp_path / "x.txt")
    assert isinstance(document, Document)
    assert document.text == "One\r\ntwo\rthree\n\x0bfour\t"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_path_and_id_do_not_depend_on_the_place(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absolute = list(read(corpus))
    monkeypatch.chdir(corpus.parent)
    relative = list(read("corpus"))
    monkeypatch.chdir(corpus)
    assert absolute == relative == list(read("."))


def test_inputs_that_overlap_give_each_document_once(corpus: Path) -> None:
    items = list(read([corpus, corpus, corpus / "b.txt", str(corpus / "b.txt")]))
    assert len(items) == len(list(read(corpus)))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["b.txt", "sub/c.txt"]),
        ("sub", ["c.txt", "deep/d.TXT"]),
        ("su?", ["c.txt", "deep/d.TXT"]),
        ("[ab].*", ["a.md", "b.txt"]),
        ("sub/**", ["c.txt", "deep/d.TXT"]),
        ("s*/**", ["sub/c.txt", "sub/deep/d.TXT"]),
    ],
)
def test_patterns(corpus: Path, pattern: str, expected: list[str]) -> None:
    assert paths(list(read(str(corpus / pattern)))) == expected


@pytest.mark.parametrize("name", ["nothing.txt", "nothing/*.txt", "no\nsuch", "no\x00such", ""])
def test_an_input_that_is_not_there(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (item,) = read(name)
    assert isinstance(item, Rejection)
    assert item.reason.startswith(("no such file", "no file matches"))


def test_a_file_that_begins_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("He left.", encoding="utf-8")
    assert paths(list(read(str(tmp_path / "a[1].txt")))) == ["a[1].txt"]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_files_are_documents(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    (item,) = read(tmp_path)
    assert isinstance(item, Document)
    assert not item.text.strip()


def test_bad_files_cost_only_themselves(corpus: Path) -> None:
    (corpus / "c.txt").write_bytes(b"%PDF-1.5 \x00")
    (corpus / "e.txt").write_text("<html><body>He left.</body></html>", encoding="utf-8")
    (corpus / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    items = list(read(corpus))
    good = [item for item in items if isinstance(item, Document)]
    bad = {item.path: item.reason for item in items if isinstance(item, Rejection)}
    assert len(good) == 4
    assert set(bad) == {"c.txt", "e.txt", "photo.png"}
    assert "PDF" in bad["c.txt"]
    assert "HTML" in bad["e.txt"]
    assert ".jsonl" in bad["photo.png"]
    assert all("\n" not in reason for reason in bad.values())


def test_files_that_cannot_be_opened(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(file: str, *args: object, **kwargs: object) -> io.BufferedReader:
        if str(file).endswith("b.txt"):
            raise PermissionError(13, "Permission denied", file)
        if str(file).endswith("c.txt"):
            raise FileNotFoundError(2, "No such file or directory", file)
        return open(file, *args, **kwargs)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(kg.read, "open", denied, raising=False)
    items = list(read(corpus))
    assert {item.path: item.reason for item in items if isinstance(item, Rejection)} == {
        "b.txt": "permission denied",
        "sub/c.txt": "no such file or directory",
    }
    assert sum(isinstance(item, Document) for item in items) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_and_folder(corpus: Path) -> None:
    (corpus / "b.txt").chmod(0)
    (corpus / "sub").chmod(0)
    try:
        bad = {item.path: item.reason for item in read(corpus) if isinstance(item, Rejection)}
    finally:
        (corpus / "sub").chmod(0o755)
    assert bad == {"b.txt": "permission denied", "sub": "permission denied"}


def test_links_pipes_and_loops(corpus: Path) -> None:
    before = paths(list(read(corpus)))
    (corpus / "loop").symlink_to(corpus)
    (corpus / "sub" / "up").symlink_to("..")
    os.mkfifo(corpus / "pipe.txt")
    assert paths(list(read(corpus))) == before
    assert paths(list(read(str(corpus / "**" / "[a-z]*.md")))) == ["a.md"]


def test_links_to_files(corpus: Path) -> None:
    (corpus / "z.txt").symlink_to(corpus / "b.txt")
    (corpus / "gone.txt").symlink_to(corpus / "nowhere")
    (corpus / "self.txt").symlink_to("self.txt")
    items = list(read(corpus))
    assert "z.txt" in [item.path for item in items if isinstance(item, Document)]
    assert {item.path: item.reason for item in items if isinstance(item, Rejection)} == {
        "gone.txt": "a link to nothing",
        "self.txt": "a link to nothing",
    }


def test_a_pipe_named_by_itself_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (item,) = read(tmp_path / "pipe")
    assert isinstance(item, Rejection)
    assert "standard input" in item.reason


def test_deep_folders(tmp_path: Path) -> None:
    depth = 300
    (tmp_path / Path(*["d"] * depth)).mkdir(parents=True)
    (tmp_path / Path(*["d"] * depth) / "x.txt").write_text("He left.", encoding="utf-8")
    assert [item.path.count("/") for item in read(tmp_path)] == [depth]


def test_own_output_is_not_input(corpus: Path) -> None:
    before = paths(list(read(corpus)))
    out = corpus / "out"
    out.mkdir()
    for name in ("manifest.json", "graph.ttl", "report.md", "events.jsonl"):
        (out / name).write_text("{}", encoding="utf-8")
    assert paths(list(read(corpus))) == before
    assert paths(list(read(str(corpus / "**" / "[a-z]*.md")))) == ["a.md"]


def test_what_is_about_the_corpus(corpus: Path) -> None:
    assert paths(list(read(corpus / "README.md"))) == ["README.md"]
    (corpus / "manifest.toml").write_text('[[document]]\npath = "b.txt"\n', encoding="utf-8")
    everything = [str(path) for path in sorted(corpus.iterdir()) if path.is_file() and path.name[0] != "."]
    assert paths(list(read([*everything, corpus]))) == [
        "a.md",
        "b.txt",
        "sub/c.txt",
        "sub/deep/d.TXT",
    ]
    (corpus / "manifest.toml").write_text('[[document]]\npath = "README.md"\n', encoding="utf-8")
    assert "README.md" in paths(list(read(corpus)))


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.read.text, "MAX_BYTES", 10)
    (tmp_path / "x.txt").write_text("more than ten", encoding="utf-8")
    (item,) = read(tmp_path)
    assert isinstance(item, Rejection)
    assert "larger" in item.reason


def test_names_that_are_no_unicode(tmp_path: Path) -> None:
    if sys.platform == "darwin":
        pytest.skip("file names are Unicode here")
    for name in (b"\xff.txt", b"\xfe.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
            stream.write(b"He left.")
    items = list(read(tmp_path))
    assert paths(items) == ["\\xfe.txt", "\\xff.txt"]
    assert len({item.id for item in items if isinstance(item, Document)}) == 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"He left.", ["stdin"]),
        (b'{"text": "He left.", "id": 7}\n{"text": "She left.", "id": 8}\n', ["stdin#7", "stdin#8"]),
        (b'\n { "id": "a",\n', ["stdin:2"]),
        (b"", ["stdin"]),
    ],
)
def test_standard_input(data: bytes, expected: list[str]) -> None:
    items = list(readings("-", stdin=io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]
    assert [item.document.path if isinstance(item, Reading) else item.path for item in items] == expected


def test_how_it_was_decoded_is_told(tmp_path: Path) -> None:
    for number, codec in enumerate(("utf-8", "cp1252", "utf-16")):
        (tmp_path / f"{number}.txt").write_bytes("Élysée – palace".encode(codec))
    items = [item for item in readings(tmp_path) if isinstance(item, Reading)]
    assert [item.encoding for item in items] == ["utf-8", "cp1252", "utf-16"]
    assert {item.document.text for item in items} == {"Élysée – palace"}


def test_date_is_none_without_metadata(corpus: Path) -> None:
    assert {item.published for item in read(corpus) if isinstance(item, Document)} == {None}


def test_manifest_beside_counts_for_a_file_named_alone(corpus: Path) -> None:
    (corpus / "manifest.toml").write_text(
        '[[document]]\npath = "b.txt"\npublished = 2015-11-17\n[[document]]\npath = "gone.txt"\n',
        encoding="utf-8",
    )
    (document,) = read(corpus / "b.txt")
    assert isinstance(document, Document)
    assert document.published == date(2015, 11, 17)
    assert document in list(read(corpus))


@given(st.binary(max_size=400), st.sampled_from(["x.txt", "x.md", "x.jsonl"]))
def test_no_bytes_crash(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / name).write_bytes(data)
    items = list(read(folder))
    assert items or name.endswith("jsonl")
    for item in items:
        assert isinstance(item, Document | Rejection)
        if isinstance(item, Document):
            item.text.encode("utf-8")
        else:
            assert item.reason
            assert "\n" not in item.reason


@given(
    st.text(max_size=200),
    st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252", "latin-1", "utf-7", "koi8-r"]),
)
def test_no_codec_crashes(tmp_path_factory: pytest.TempPathFactory, text: str, codec: str) -> None:
    folder = tmp_path_factory.mktemp("codec")
    (folder / "x.txt").write_bytes(text.encode(codec, "ignore"))
    (item,) = read(folder)
    if isinstance(item, Document):
        item.text.encode("utf-8")

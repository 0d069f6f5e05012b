"""The manifest beside the files: what it states reaches the document, and what it misspells is named."""

from datetime import date
from pathlib import Path

import pytest

from kg.datamodel import Document
from kg.errors import InputError
from kg.read import Rejection, read
from kg.read.manifest import load_manifest

ENTRY = '[[document]]\npath = "a.txt"\ntitle = "Raids"\npublisher = "Wire"\nurl = "https://e.org/1"\npublished = 2015-11-16\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles, one of them in a subfolder."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("Police raided homes.", encoding="utf-8")
    (tmp_path / "sub" / "b.txt").write_text("He fled.", encoding="utf-8")
    return tmp_path


def test_metadata_reaches_the_document(folder: Path) -> None:
    (folder / "manifest.toml").write_text(ENTRY, encoding="utf-8")
    first, second = (item for item in read(folder) if isinstance(item, Document))
    assert (first.title, first.publisher, first.url) == ("Raids", "Wire", "https://e.org/1")
    assert first.published == date(2015, 11, 16)
    assert first.language == "en"
    assert (second.title, second.published) == (None, None)


def test_metadata_is_part_of_the_id(folder: Path) -> None:
    (before, _) = read(folder)
    (folder / "manifest.toml").write_text(ENTRY, encoding="utf-8")
    (after, _) = read(folder)
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert before.sha256 == after.sha256
    assert before.id != after.id


def test_the_nearest_manifest_that_lists_the_file_counts(folder: Path) -> None:
    listing = '[[document]]\npath = "{}"\ntitle = "{}"\n'
    (folder / "manifest.toml").write_text(listing.format("sub/b.txt", "above"), encoding="utf-8")
    assert [getattr(item, "title", None) for item in read(folder)] == [None, "above"]
    (folder / "sub" / "manifest.toml").write_text(listing.format("b.txt", "beside"), encoding="utf-8")
    assert [getattr(item, "title", None) for item in read(folder)] == [None, "beside"]
    assert [getattr(item, "title", None) for item in read(str(folder / "**" / "b.txt"))] == ["beside"]


def test_a_listed_file_that_is_not_there(folder: Path) -> None:
    (folder / "manifest.toml").write_text(ENTRY + '[[document]]\npath = "sub/gone.txt"\n', encoding="utf-8")
    items = list(read(folder))
    assert sum(isinstance(item, Document) for item in items) == 2
    assert [(item.path, item.reason) for item in items if isinstance(item, Rejection)] == [
        ("sub/gone.txt", "listed in manifest.toml, but there is no such file")
    ]


def test_a_manifest_that_is_given(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    given = tmp_path_factory.mktemp("elsewhere") / "about.toml"
    given.write_text(ENTRY + '[[document]]\npath = "gone.txt"\n', encoding="utf-8")
    (folder / "manifest.toml").write_text(
        '[[document]]\npath = "a.txt"\ntitle = "not used"\n', encoding="utf-8"
    )
    items = list(read(folder, manifest=given))
    assert [item.title for item in items if isinstance(item, Document)] == ["Raids", None]
    assert [item.path for item in items if isinstance(item, Rejection)] == ["gone.txt"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[document]\n", ["no valid TOML"]),
        ("\xff", ["no valid TOML"]),
        ("[[article]]\npath = 'a.txt'\n", ["unknown key 'article'", "[[document]]"]),
        (
            "[[document]]\npath = 'a.txt'\npubished = 2015-11-16\n",
            ["document 1", "unknown key 'pubished'", "published"],
        ),
        ("[[document]]\ntitle = 'x'\n", ["document 1", "no 'path'"]),
        ("[[document]]\npath = 'a.txt'\n[[document]]\npath = 'b.txt'\ntitle = 5\n", ["document 2", "title"]),
        ("[[document]]\npath = 'a.txt'\npublished = 'soon'\n", ["published", "soon", "2015-11-17"]),
        ("[[document]]\npath = 'a.txt'\npublished = 2015\n", ["published"]),
        ("[[document]]\npath = '../a.txt'\n", ["path", "below"]),
        ("[[document]]\npath = '/etc/passwd'\n", ["path", "below"]),
        ("[[document]]\npath = 'a.txt'\nlanguage = 'English please'\n", ["language"]),
        ("[[document]]\npath = 'a.txt'\n[[document]]\npath = './a.txt'\n", ["a.txt", "twice"]),
        ("document = 5\n", ["document"]),
    ],
)
def test_what_cannot_be_used_is_named(folder: Path, text: str, words: list[str]) -> None:
    manifest = folder / "manifest.toml"
    manifest.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        list(read(folder))
    message = str(caught.value)
    assert "\n" not in message
    assert str(manifest) in message
    for word in words:
        assert word in message


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_manifest(tmp_path / "none.toml")

"""JSONL: a document a line, and a bad line costs only itself."""

import contextlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.read.jsonl
from kg.datamodel import Document
from kg.read import Rejection, read
from kg.read.fields import parse_date

GOOD = {"text": "Police raided homes.", "id": "w-1"}


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Write lines to a JSONL file and return its path."""

    def writer(*lines: object, end: str = "\n") -> Path:
        path = tmp_path / "news.jsonl"
        text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text(end.join(text) + end, encoding="utf-8", newline="")
        return path

    return writer


def test_fields_and_their_other_names(write) -> None:  # type: ignore[no-untyped-def]
    path = write(
        GOOD
        | {
            "title": "Raids",
            "publisher": "Wire",
            "url": "https://e.org",
            "published": "2015-11-17",
            "lang": "en",
        },
        {
            "body": "He fled.",
            "headline": "Hunt",
            "source": {"id": None, "name": "Post"},
            "datePublished": "2015-11-18",
        },
    )
    first, second = (item for item in read(path) if isinstance(item, Document))
    assert first.path == "news.jsonl#w-1"
    assert (first.title, first.publisher, first.url) == ("Raids", "Wire", "https://e.org")
    assert first.published == date(2015, 11, 17)
    assert (second.text, second.title, second.publisher) == ("He fled.", "Hunt", "Post")
    assert second.published == date(2015, 11, 18)


def test_numbers_as_id_and_date(write) -> None:  # type: ignore[no-untyped-def]
    line = {"text": "He left.", "published": 20151117}
    items = list(read(write(line | {"id": 7}, line | {"id": 7.5})))
    assert [item.path for item in items] == ["news.jsonl#7", "news.jsonl#7.5"]
    assert [item.published for item in items if isinstance(item, Document)] == [date(2015, 11, 17)] * 2


def test_order_and_line_ends_do_not_matter(write) -> None:  # type: ignore[no-untyped-def]
    lines = [{"text": "One left."}, {"text": "Two left."}, {"text": "Three left.", "id": 3}]
    one = set(read(write(*lines)))
    assert [type(item) for item in one] == [Document] * 3
    assert one == set(read(write(*reversed(lines))))
    assert one == set(read(write(*lines, end="\r\n")))
    assert one == set(read(write(*lines, lines[0], "", "  ")))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{", "not JSON"),
        ('{"text": "x"', "not JSON"),
        ("[1]", "list"),
        ("null", "NoneType"),
        ("[" * 100_000, "nested"),
        ('{"title": "x"}', "no text field"),
        ('{"text": null}', "no text field"),
        ('{"text": 5}', "text is a int"),
        ('{"text": "x", "title": ["y"]}', "title is a list"),
        ('{"text": "x", "date": "soon"}', "published"),
        ('{"text": "x", "date": "2015-02-30"}', "published"),
        ('{"text": "x", "date": "99999-01-01"}', "published"),
        ('{"text": "x", "date": 1e999}', "published"),
        ('{"text": "x", "date": 1447718400}', "not a date such as 2015-11-17, 20151117"),
        ('{"text": "x", "date": 20151117.5}', "published"),
        ('{"text": "x", "date": true}', "published"),
        ('{"text": "x", "id": true}', "id is a bool"),
        ('{"text": "x\\u0000y"}', "NUL"),
        ('{"text": "<html><body>x</body></html>"}', "HTML"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(write, line: str, word: str) -> None:  # type: ignore[no-untyped-def]
    items = list(read(write({"text": "One left."}, line, {"text": "Two left."})))
    assert [type(item) for item in items] == [Document, Rejection, Document]
    bad = items[1]
    assert isinstance(bad, Rejection)
    assert bad.path == "news.jsonl:2"
    assert word in bad.reason
    assert "\n" not in bad.reason


def test_a_line_that_is_too_long(write, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(kg.read.jsonl, "MAX_LINE", 50)
    items = list(read(write(GOOD, {"text": "x" * 200}, {"text": "y" * 300}, {"text": "Two left."})))
    assert [type(item) for item in items] == [Document, Rejection, Rejection, Document]


def test_a_truncated_last_line(tmp_path: Path) -> None:
    whole = json.dumps(GOOD)
    (tmp_path / "x.jsonl").write_text(whole + "\n" + whole[:-4], encoding="utf-8")
    assert [type(item) for item in read(tmp_path)] == [Document, Rejection]


def test_lone_surrogates_do_not_pass(write) -> None:  # type: ignore[no-untyped-def]
    (item,) = read(write('{"text": "a\\ud800b", "title": "\\udc00", "id": "\\ud801"}'))
    assert isinstance(item, Document)
    assert item.text == "a\ufffdb"
    (item.path + (item.title or "")).encode("utf-8")


def test_binary_and_utf16_under_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\x1f\x8b\x08rest\n{}")
    (tmp_path / "b.jsonl").write_bytes(json.dumps(GOOD).encode("utf-16"))
    items = [item for item in read(tmp_path) if isinstance(item, Rejection)]
    assert [item.path for item in items] == ["a.jsonl", "b.jsonl"]
    assert "gzip" in items[0].reason
    assert "UTF-8" in items[1].reason


def test_manifest_speaks_for_all_lines(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"text": "a", "source": "Old"}\n{"text": "b"}\n', encoding="utf-8")
    (tmp_path / "manifest.toml").write_text(
        '[[document]]\npath = "x.jsonl"\npublisher = "New"\n', encoding="utf-8"
    )
    assert [item.publisher for item in read(tmp_path) if isinstance(item, Document)] == ["New", "New"]


@given(st.data())
def test_flipped_bytes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    lines = b"\n".join(json.dumps({"text": f"Number {i} left.", "id": i}).encode() for i in range(5))
    broken = bytearray(lines)
    place = data.draw(st.integers(1, len(lines) - 1))
    broken[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("flip") / "x.jsonl"
    path.write_bytes(bytes(broken))
    items = list(read(path))
    untouched = 4 if lines[place : place + 1] != b"\n" else 3
    assert sum(isinstance(item, Document) for item in items) >= untouched


@pytest.mark.parametrize(
    "value",
    [
        "2015-11-17",
        "20151117",
        "2015-11-17T23:59:59Z",
        "2015-11-17 08:00",
        "Tue, 17 Nov 2015 10:00:00 GMT",
        " 2015-11-17 ",
        date(2015, 11, 17),
        20151117,
        20151117.0,
    ],
)
def test_dates(value: object) -> None:
    assert parse_date(value) == date(2015, 11, 17)


@given(st.text(max_size=30))
def test_other_dates_are_refused_by_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse_date(text), date)

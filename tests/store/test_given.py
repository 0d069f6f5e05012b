"""What was given is a set: order and number of the batches are forgotten, and taking away undoes adding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.datamodel import Document
from kg.errors import InputError
from kg.ids import document_id
from kg.read import Rejection
from kg.store import Given

PATHS = ("a.txt", "b.txt", "sub/a.txt", "news.jsonl#1", "news.jsonl#2")


def document(path: str, text: str = "x") -> Document:
    return Document(document_id(path, text), text, path, text)


def batch(documents: list[Document], **more: object) -> Given:
    encodings = tuple((item.id, "utf-8") for item in documents)
    return Given() | Given(tuple(documents), encodings, **more)  # type: ignore[arg-type]


BATCHES = st.builds(
    lambda documents, rejected, listed, must: batch(
        documents, rejections=tuple(rejected), listed=tuple(listed), must=tuple(must.items())
    ),
    st.lists(st.builds(document, st.sampled_from(PATHS), st.sampled_from("xy")), max_size=4),
    st.lists(st.builds(Rejection, st.sampled_from(PATHS), st.sampled_from(("HTML", "a PDF"))), max_size=3),
    st.lists(st.sampled_from(PATHS), max_size=3),
    st.dictionaries(st.sampled_from(("/a/must.toml", "/b/must.toml")), st.just("")),
)


@given(BATCHES, BATCHES, BATCHES)
def test_a_union_is_one(a: Given, b: Given, c: Given) -> None:
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a == Given() | a
    assert (a | b).rejected() == (b | a).rejected()


@given(BATCHES, st.sampled_from(PATHS))
def test_taking_away_undoes_adding(there: Given, path: str) -> None:
    new = document(path, "new")
    more = there | batch([new])
    assert more.without([new.id]) == there
    assert new not in more.without([path]).documents


def test_a_file_of_pairs_counts_as_it_was_read_last() -> None:
    before, after = Given(must=(("/a/must.toml", "old"),)), Given(must=(("/a/must.toml", "new"),))
    assert (before | after).must == after.must


def test_what_a_manifest_lists_and_nothing_brought_is_rejected() -> None:
    listed = Given(
        listed=("a.txt", "b.txt", "bad.jsonl", "gone.txt", "news.jsonl", "page.txt"),
        rejections=(Rejection("page.txt", "HTML"), Rejection("bad.jsonl:3", "not JSON")),
    )
    there = listed | batch([document("a.txt"), document("news.jsonl#1")])
    reason = "listed in the manifest, but not among the inputs"
    assert [(r.path, r.reason) for r in there.rejected() if r.reason == reason] == [
        ("b.txt", reason),
        ("gone.txt", reason),
    ]
    assert [r.path for r in (there | batch([document("b.txt")])).rejected() if r.reason == reason] == [
        "gone.txt"
    ]


def test_names_stand_for_ids_paths_and_files_of_records() -> None:
    documents = [document(path) for path in PATHS] + [document("a.txt", "other")]
    there = batch(documents, rejections=(Rejection("news.jsonl:3", "not JSON"), Rejection("c.png", "PNG")))

    def left(*names: str) -> list[str]:
        kept = there.without(names)
        assert {id for id, _ in kept.encodings} == {item.id for item in kept.documents}
        return sorted([item.path for item in kept.documents] + [item.path for item in kept.rejections])

    everything = left()
    assert len(everything) == 8
    assert left(documents[0].id) == sorted({*everything} | {"a.txt"})
    assert left("a.txt") == [path for path in everything if path != "a.txt"]
    assert left("news.jsonl") == ["a.txt", "a.txt", "b.txt", "c.png", "sub/a.txt"]
    assert left("news.jsonl#2", "c.png") == [p for p in everything if p not in ("news.jsonl#2", "c.png")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.text", "did you mean a.txt"),
        ("corpus/sub/a.txt", "did you mean sub/a.txt, a.txt"),
        ("news.jsonl#3", "news.jsonl#1"),
        ("zzzzzz", "name one of its 5 documents by path or id"),
    ],
)
def test_an_unknown_name_tells_of_near_ones(name: str, words: str) -> None:
    with pytest.raises(InputError, match=f"no document '{name}' there") as caught:
        batch([document(path) for path in PATHS]).without([name])
    assert words in str(caught.value)

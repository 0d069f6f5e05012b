"""Proof: a fresh build verifies, and each way in which it can be false is named when it is made so."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.checks import Failure
from kg.config import STORE
from kg.errors import OutputError
from kg.language import load
from kg.pipeline import build
from kg.rdf.checks.verify import Verification, verify
from kg.store import Store
from kg.tables import TABLES

DATA = Path(__file__).resolve().parents[3] / "shared" / "seeds"
ONE = (
    "President Anna Weber ordered strikes on Kalma on 16 November 2015, her spokesman said.\r\n\r\n"
    "She met Paul Ito, 51, the foreign minister of France, in Geneva. Weber left Geneva on Tuesday.\r\n"
    "An explosion killed 12 people in Paris on Monday, police said."
)
TWO = (
    'Anna Weber did not order strikes, the "Élan" agency said on Monday. 🙂 She praised Paul Ito. '
    "An explosion killed 15 people in Paris on Monday, the mayor said."
)
MANIFEST = (
    '[[document]]\npath = "one.txt"\npublisher = "Wire A"\npublished = 2015-11-17\n\n'
    '[[document]]\npath = "two.txt"\npublisher = "Wire B"\npublished = 2015-11-18\n'
)

Rows = list[dict[str, Any]]


def write(corpus: Path, texts: dict[str, bytes], manifest: str | None = None) -> Path:
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in texts.items():
        (corpus / name).write_bytes(data)
    if manifest:
        (corpus / "manifest.toml").write_text(manifest, encoding="utf-8")
    return corpus


@pytest.fixture(scope="module", autouse=True)
def _one_pipeline() -> Iterator[None]:
    """Loading the language pipeline takes more time than all else here: once for all builds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.pipeline.stages.load", cache(load))
        yield


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus and its build; not to be changed."""
    folder = tmp_path_factory.mktemp("pristine")
    write(folder / "corpus", {"one.txt": ONE.encode(), "two.txt": TWO.encode()}, MANIFEST)
    build(folder / "corpus", out=folder / "out")
    return folder


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    """A copy to tamper with."""
    shutil.copytree(pristine, tmp_path / "copy")
    return tmp_path / "copy"


def check(folder: Path) -> Verification:
    return verify(folder / "out", corpus=folder / "corpus")


def reseal(out: Path) -> None:
    """Have the manifest vouch for the files as they are, so that the checks behind it have to find what is wrong."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for name, facts in manifest["files"].items():
        if (out / name).is_file():
            facts["sha256"] = sha256((out / name).read_bytes()).hexdigest()
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def read_rows(out: Path, table: str) -> Rows:
    return [json.loads(line) for line in (out / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def change(out: Path, table: str, edit: Callable[[Rows], None]) -> None:
    rows = read_rows(out, table)
    before = json.dumps(rows)
    edit(rows)
    assert json.dumps(rows) != before, "nothing was tampered with"
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / f"{table}.jsonl").write_text(lines, encoding="utf-8", newline="\n")
    reseal(out)


def has(found: Verification, kind: str, words: str) -> bool:
    return any(failure.kind == kind and words in str(failure) for failure in found.failures)


# ---------------------------------------------------------------- what holds


def test_a_fresh_build_holds(pristine: Path) -> None:
    for found in (check(pristine), verify(pristine / "out")):
        assert found.failures == ()
        assert found
        wanted = (
            "files",
            "documents",
            "entity mentions",
            "event mentions",
            "arguments",
            "attributions",
            "time expressions",
        )
        assert all(
            found.counts[name] for name in (*wanted, "relation mentions", "mentions in decisions", "claims")
        )
        assert found.counts["mentions in the Turtle"] >= found.counts["event mentions"]
    assert check(pristine).texts == "corpus"
    assert verify(pristine / "out").texts == "store"


def test_every_stretch_of_text_of_the_tables_is_looked_at(pristine: Path) -> None:
    events = read_rows(pristine / "out", "events")
    mentions = [mention for row in events for mention in row["mentions"]]
    found = check(pristine).counts
    assert found["event mentions"] == found["sentences"] == len(mentions)
    assert found["arguments"] == sum(len(mention["arguments"]) for mention in mentions)
    assert found["attributions"] == sum(len(mention["attributed_to"]) for mention in mentions)
    times = [row["time"] for row in (*events, *mentions) if row["time"]]
    assert found["time expressions"] == len(times)


_WORDS = st.sampled_from(
    [
        "Anna Weber ordered strikes on Kalma on Monday, the minister said.",
        "Paul Ito, the “foreign” minister of France, met Émile Zoë in Geneva.",
        "He denied it.",
        "🙂🙂 Three people were killed in Paris, police said.",
        '\tThe U.N. says: "No."',
        "a\u0301 e\u0308 \u200b \ufffd",
    ]
)


@settings(max_examples=12)
@given(
    texts=st.lists(st.lists(_WORDS, min_size=1, max_size=4), min_size=1, max_size=3),
    gap=st.sampled_from([" ", "\n", "\r\n\r\n", "\n \n"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_generated_documents_verify(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], gap: str, codec: str
) -> None:
    folder = tmp_path_factory.mktemp("generated")
    data = {f"{number}.txt": gap.join(words).encode(codec, "replace") for number, words in enumerate(texts)}
    build(write(folder / "corpus", data), out=folder / "out")
    assert check(folder).failures == ()
    assert verify(folder / "out").failures == ()


def test_records_of_a_jsonl_file(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": ONE, "note": "x"}, {"text": TWO}]
    data = "\n".join(json.dumps(line) for line in lines).encode()
    write(tmp_path / "corpus", {"news.jsonl": data})
    build(tmp_path / "corpus", out=tmp_path / "out")
    assert check(tmp_path).failures == verify(tmp_path / "out").failures == ()
    write(tmp_path / "corpus", {"news.jsonl": data.replace(b"Kalma", b"Kolma")})
    found = check(tmp_path)
    assert str(found.failures[0]).startswith("news.jsonl#a: not the text that was read")
    assert has(found, "text", "'Kalma' was read, 'Kolma' is there")


@pytest.mark.slow
@pytest.mark.parametrize(
    "corpus", [Path(__file__).resolve().parents[2] / "seeds", DATA], ids=["seeds", "real"]
)
def test_the_sample_corpus_and_the_real_articles(tmp_path: Path, corpus: Path) -> None:
    if not corpus.is_dir():
        pytest.skip(f"the maintainers' articles are not there: {corpus}")
    build(corpus, out=tmp_path / "out")
    assert verify(tmp_path / "out", corpus=corpus).failures == ()
    assert verify(tmp_path / "out").failures == ()


# ---------------------------------------------------------- a text that changed


@settings(max_examples=40)
@given(data=st.data())
def test_any_other_character_is_named_with_its_spans(
    pristine: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    at = data.draw(st.integers(0, len(ONE) - 1))
    other = data.draw(st.sampled_from("xé7 \n🙂").filter(lambda c: c != ONE[at]))
    changed = ONE[:at] + other + ONE[at + 1 :]
    corpus = write(folder, {"one.txt": changed.encode(), "two.txt": TWO.encode()}, MANIFEST)
    found = verify(pristine / "out", corpus=corpus)
    assert {failure.path for failure in found.failures} == {"one.txt"}
    assert found.failures[0].kind == "document"
    assert f"differs from character {at} on" in found.failures[0].message
    (one,) = [row["id"] for row in read_rows(pristine / "out", "documents") if row["path"] == "one.txt"]
    rows = read_rows(pristine / "out", "entities")
    spans = [(m["start"], m["end"]) for row in rows for m in row["mentions"] if m["document"] == one]
    lost = {(f.start, f.end) for f in found.failures if f.kind == "text" and f.part == "mention"}
    assert lost == {(start, end) for start, end in spans if start <= at < end}


def test_an_insertion_moves_all_later_spans(folder: Path) -> None:
    at = ONE.index("Kalma")
    write(folder / "corpus", {"one.txt": (ONE[:at] + "!" + ONE[at:]).encode()})
    found = check(folder)
    first, *others = found.failures
    assert f"it differs from character {at} on ('' was read, '!' is there)" in first.message
    assert "1 character longer" in first.message
    words = [failure for failure in others if failure.kind == "text"]
    assert all(failure.end is not None and failure.end > at for failure in words)
    assert {failure.expected for failure in words} >= {"Kalma", "Paul Ito", "Geneva"}
    assert first.expected != first.found == sha256((ONE[:at] + "!" + ONE[at:]).encode()).hexdigest()


def test_without_a_store_the_spans_tell_where(folder: Path) -> None:
    (folder / "out" / STORE).unlink()
    write(folder / "corpus", {"one.txt": ONE.replace("Kalma", "Kulma").encode()})
    assert (
        f"in its spans it differs from character {ONE.index('Kalma') + 1} on"
        in check(folder).failures[0].message
    )
    with pytest.raises(OutputError, match=r"holds no texts .*--corpus"):
        verify(folder / "out")


def test_other_bytes_for_the_same_characters(folder: Path) -> None:
    write(folder / "corpus", {"one.txt": b"\xef\xbb\xbf" + ONE.encode()})
    (failure,) = check(folder).failures
    assert "the same characters; 0 of" in failure.message


@pytest.mark.parametrize(
    ("data", "words"), [(None, "not in the corpus"), (b"\x89PNG\r\n\x1a\n\0", "a PNG picture")]
)
def test_a_text_that_is_gone(folder: Path, data: bytes | None, words: str) -> None:
    path = folder / "corpus" / "two.txt"
    path.unlink() if data is None else path.write_bytes(data)
    (folder / "corpus" / "manifest.toml").unlink()
    (failure,) = check(folder).failures
    assert (failure.kind, failure.path) == ("document", "two.txt")
    assert words in failure.message


def test_two_files_of_one_path(folder: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", {"one.txt": b"Another text."})
    found = verify(folder / "out", corpus=[other, folder / "corpus"])
    assert found.failures == ()


def test_a_text_changed_in_the_store(folder: Path) -> None:
    with Store.open(folder / "out", write=True) as store:
        given, extractions, contents = store.given(), store.extractions(), store.contents()
        for document, extraction in zip(given.documents, extractions, strict=True):
            text = document.text.replace("Kalma", "Kilma")
            codec = dict(given.encodings)[document.id]
            store.put(replace(document, text=text), codec, extraction, contents.version)
    found = verify(folder / "out")
    assert (found.failures[0].kind, found.failures[0].path) == ("document", "one.txt")
    assert has(found, "text", "'Kalma' was read, 'Kilma' is there")
    assert {failure.path for failure in found.failures} == {"one.txt"}


def test_a_damaged_store(folder: Path) -> None:
    path = folder / "out" / STORE
    path.write_bytes(b"nothing" * 999)
    found = verify(folder / "out")
    assert (found.failures[0].kind, found.failures[0].path) == ("file", STORE)
    assert check(folder).failures == ()


# --------------------------------------------------------------- the tables


def first_with(rows: Rows, key: str) -> dict[str, Any]:
    """Return the first event mention that has arguments, a source, a time."""
    return next(mention for row in rows for mention in row["mentions"] if mention[key])


def one_span(key: str, **values: Any) -> Callable[[Rows], None]:
    def edit(rows: Rows) -> None:
        found = first_with(rows, key)[key]
        part = found[0] if isinstance(found, list) else found
        part.update({name: value(part) if callable(value) else value for name, value in values.items()})

    return edit


def first_mention(**values: Any) -> Callable[[Rows], None]:
    def edit(rows: Rows) -> None:
        mention = rows[0]["mentions"][0]
        mention.update({name: value(mention) if callable(value) else value for name, value in values.items()})

    return edit


def of_value(rows: Rows) -> dict[str, Any]:
    return next(row for row in rows if "value" in row)


def to_entity_elsewhere(rows: Rows) -> None:
    argument = next(a for row in rows for m in row["mentions"] for a in m["arguments"] if a["entity"])
    others = {a["entity"] for row in rows for m in row["mentions"] for a in m["arguments"] if a["entity"]}
    argument["entity"] = max(others - {argument["entity"]})


TAMPERED: dict[str, tuple[str, Callable[[Rows], None], str, str]] = {
    "document checksum": ("documents", lambda rows: rows[0].update(sha256="0" * 64), "document", "not the text that"),
    "document id": ("documents", lambda rows: rows[0].update(publisher="Wire C"), "document", "its id does not follow"),
    "document length": ("documents", lambda rows: rows[0].update(characters=7), "document", "not 7 as"),
    "document gone": ("documents", lambda rows: rows.pop(), "structure", "no such document"),
    "entity words": ("entities", first_mention(text="Nobody"), "text", "'Nobody' was read"),
    "entity moved": ("entities", first_mention(start=lambda m: m["start"] + 1, end=lambda m: m["end"] + 1), "text", "other words"),
    "entity backwards": ("entities", first_mention(end=lambda m: m["start"]), "structure", "no stretch of text"),
    "entity before the text": ("entities", first_mention(start=-3), "structure", "no stretch of text"),
    "entity of no document": ("entities", first_mention(document="https://example.org/x"), "structure", "no such document"),
    "entity gone": ("entities", lambda rows: rows.pop(0), "structure", "which no table has"),
    "trigger words": ("events", one_span("trigger", text="danced"), "text", "trigger of"),
    "trigger outside": ("events", first_mention(sentence=[0, 3]), "structure", "outside its sentence at 0-3"),
    "sentence beyond": ("events", first_mention(sentence=[0, 9999]), "text", "reaches beyond the text"),
    "argument words": ("events", one_span("arguments", text="Nobody"), "text", "'Nobody' was read"),
    "argument's head": ("events", one_span("arguments", head=[0, 9999]), "structure", "its head at 0-9999 is outside"),
    "argument's entity": ("events", to_entity_elsewhere, "structure", "is here"),
    "argument of nobody": ("events", one_span("arguments", entity="https://example.org/x"), "structure", "no such entity"),
    "source words": ("events", one_span("attributed_to", text="Nobody"), "text", "attribution of"),
    "time words": ("events", one_span("time", text="Never"), "text", "time expression of"),
    "time moved": ("events", one_span("time", span=[0, 5]), "text", "time expression of"),
    "participant of nobody": ("events", lambda rows: rows[0]["participants"].append({"entity": "https://example.org/x"}), "structure", "names https://example.org/x"),
    "part of nothing": ("events", lambda rows: rows[0]["part_of"].append("https://example.org/x"), "structure", "names https://example.org/x"),
    "relation words": ("relations", first_mention(text="Nobody"), "text", "relation of"),
    "relation's subject": ("relations", first_mention(subject=[0, 1]), "structure", "subject of"),
    "relation's value": ("relations", lambda rows: of_value(rows).update(value="king"), "text", "the value is not"),
    "relation of nobody": ("relations", lambda rows: rows[0].update(subject="https://example.org/x"), "structure", "names https://example.org/x"),
    "decision words": ("decisions", lambda rows: next(r for r in rows if "#char=" in r["object"]).update(text="Nobody"), "text", "decision of"),
    "decision on nobody": ("decisions", lambda rows: rows[0].update(subject="https://example.org/x"), "structure", "names https://example.org/x"),
    "claim words": ("contradictions", lambda rows: rows[0]["claims"][0].update(text="no people"), "text", "claim of"),
    "claim value": ("contradictions", lambda rows: rows[0]["claims"][0].update(value="13"), "turtle", "as a mention"),
    "claim elsewhere": ("contradictions", lambda rows: rows[0]["claims"][0].update(trigger=[0, 9999]), "text", "trigger of a claim"),
    "claim of nobody": ("contradictions", lambda rows: rows[0]["claims"][0]["attributed_to"].append({"entity": "https://example.org/x"}), "structure", "names https://example.org/x"),
    "contradiction of nothing": ("contradictions", lambda rows: rows[0].update(event="https://example.org/x"), "structure", "names https://example.org/x"),
    "row without a field": ("events", lambda rows: rows[0]["mentions"][0].pop("trigger"), "structure", "line 1 is no row of this table: no field 'trigger'"),
    "row with other values": ("entities", first_mention(start="first"), "structure", "line 1 is no row of this table"),
    "row with words that are none": ("entities", first_mention(text=7), "structure", "a text is no string"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_tables_that_were_tampered_with(folder: Path, what: str) -> None:
    table, edit, kind, words = TAMPERED[what]
    change(folder / "out", table, edit)
    found = check(folder)
    assert has(found, kind, words), [str(failure) for failure in found.failures]
    assert not found


def test_an_event_may_be_part_of_a_later_one(folder: Path) -> None:
    change(folder / "out", "events", lambda rows: rows[0].update(part_of=[rows[-1]["id"]]))
    assert check(folder).failures == ()


def test_offsets_and_words_are_compared_even_where_the_text_is_gone(folder: Path) -> None:
    change(folder / "out", "entities", first_mention(text="Nobody at all"))
    shutil.rmtree(folder / "corpus")
    (folder / "corpus").mkdir()
    assert has(check(folder), "structure", "13 characters in the table")


# ----------------------------------------------------------------- the Turtle


def turtle(folder: Path, old: str, new: str) -> Verification:
    """Change the Turtle in one place and verify."""
    path = folder / "out" / "graph.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    reseal(folder / "out")
    return check(folder)


TURTLE = {
    "words": ('nif:anchorOf "Kalma"', 'nif:anchorOf "Kolma"', "another words"),
    "quote": ('oa:exact "Kalma"', 'oa:exact "Kolma"', "another quote"),
    "begin": ('"Kalma" ;\n\tnif:beginIndex "', '"Kalma" ;\n\tnif:beginIndex "9', "another begin"),
    "prefix": ('oa:prefix "', 'oa:prefix "~', "prefix"),
    "suffix": ('oa:suffix "', 'oa:suffix "~', "suffix"),
    "sentence": ('kg:sentence "', 'kg:sentence "~', "sentence"),
    "kind": ("kg:EntityMention", "kg:Phrase", "not in the Turtle: that it is a mention of kind entity"),
}


@pytest.mark.parametrize("what", TURTLE)
def test_turtle_that_was_tampered_with(folder: Path, what: str) -> None:
    old, new, words = TURTLE[what]
    found = turtle(folder, old, new)
    assert has(found, "turtle", words), [str(failure) for failure in found.failures]
    assert {failure.kind for failure in found.failures} == {"turtle"}


def blocks(folder: Path) -> list[str]:
    return (folder / "out" / "graph.ttl").read_text(encoding="utf-8").split(" .\n")


def test_a_mention_missing_in_the_turtle(folder: Path) -> None:
    block = next(b for b in blocks(folder) if "nif:anchorOf" in b and "kg:EventMention" in b)
    found = turtle(folder, block + " .\n", "")
    assert has(found, "turtle", "the Turtle has no such mention")


def test_a_mention_that_no_table_has(folder: Path) -> None:
    block = next(b for b in blocks(folder) if "nif:anchorOf" in b and "kg:EventMention" in b).strip()
    subject = block.split()[0]
    start, _, end = subject.rpartition("=")[2].strip(">").partition(",")
    extra = block.replace(f"{start},{end}", f"{start},{int(end) + 1}", 1)
    assert extra != block
    found = turtle(folder, block, f"{block} .\n{extra}")
    assert has(found, "turtle", "no table has this mention")


def test_what_a_mention_denotes(folder: Path) -> None:
    block = next(b for b in blocks(folder) if "nif:" not in b and "kg:predicate" in b and "kg:denotedBy" in b)
    line = next(line for line in block.splitlines() if "kg:denotedBy" in line)
    found = turtle(folder, block, block.replace(line, line.replace("kg:denotedBy", "kg:about")))
    assert has(found, "turtle", "not in the Turtle: that")
    found = turtle(folder, "kg:about <", "kg:denotedBy <")
    assert found
    entity = next(b for b in blocks(folder) if "skos:prefLabel" in b and "kg:denotedBy" in b)
    node = line.split("kg:denotedBy", 1)[1].strip().rstrip(";").split(" , ")[0].strip()
    found = turtle(folder, entity, entity.replace("kg:denotedBy ", f"kg:denotedBy {node} , ", 1))
    assert has(found, "turtle", "in the Turtle only: that")


def test_the_time_of_an_event(folder: Path) -> None:
    found = turtle(folder, "kg:timeExpression", "kg:about")
    assert has(found, "turtle", "as a time expression")


def test_a_second_word_for_a_mention(folder: Path) -> None:
    found = turtle(folder, 'nif:anchorOf "Kalma"', 'nif:anchorOf "Kalma" , "Kolma"')
    assert has(found, "turtle", "states its words twice")


# ------------------------------------------------------------------ the files


def test_files_are_those_of_the_manifest(folder: Path) -> None:
    with (folder / "out" / "report.md").open("a", encoding="utf-8") as report:
        report.write("x")
    (folder / "out" / "graph.graphml").unlink()
    found = check(folder)
    assert [(failure.kind, failure.path) for failure in found.failures] == [
        ("file", "graph.graphml"),
        ("file", "report.md"),
    ]


def test_a_manifest_that_vouches_for_too_little(folder: Path) -> None:
    path = folder / "out" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["files"]["graph.ttl"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    (failure,) = check(folder).failures
    assert str(failure) == "graph.ttl: manifest.json has no checksum of it"


@pytest.mark.parametrize("text", ["[]", "{}", '{"files": {"../x": {}}}', '{"files": 3}', "{"])
def test_a_manifest_that_is_none(folder: Path, text: str) -> None:
    (folder / "out" / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match=r"manifest\.json is damaged"):
        check(folder)


def test_no_build_at_all(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no output of kg"):
        verify(tmp_path)
    with pytest.raises(OutputError, match="no output of kg"):
        verify(tmp_path, corpus=tmp_path)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_cannot_be_read(folder: Path, table: str) -> None:
    path = folder / "out" / f"{table}.jsonl"
    path.write_bytes(b"{broken\n" + path.read_bytes())
    reseal(folder / "out")
    assert has(check(folder), "file", f"{table}.jsonl is damaged at line 1")
    path.unlink()
    assert has(check(folder), "file", f"holds no {table}.jsonl")


@pytest.mark.parametrize("data", [None, b"<a> <b> ", b"\xff\xfe"])
def test_a_turtle_that_cannot_be_read(folder: Path, data: bytes | None) -> None:
    path = folder / "out" / "graph.ttl"
    path.unlink() if data is None else path.write_bytes(data)
    reseal(folder / "out")
    found = check(folder)
    assert {failure.path for failure in found.failures} == {"graph.ttl"}
    assert has(found, "file", "graph.ttl")


def test_a_failure_in_one_line() -> None:
    failure = Failure(
        "text", "other words", "a.txt", "d", "https://w3id.org/kg/event/x-1", "trigger", 3, 5, "ab", "cd"
    )
    assert str(failure) == "a.txt 3-5 trigger of x-1: other words: 'ab' was read, 'cd' is there"

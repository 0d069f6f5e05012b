"""The file of a store: what it keeps, who may write, and that no damage goes unseen."""

import random
import sqlite3
from pathlib import Path

import pytest

from kg.config import STORE, Settings
from kg.datamodel import Document, EntityMention, Extraction, Span
from kg.errors import OutputError
from kg.ids import document_id
from kg.read import Rejection
from kg.store import Contents, DamagedStoreError, Given, Store, extractor_version

VERSION = "kg 1, model 1, rules 1"


def document(number: int) -> Document:
    text = "Anna Weber left Kalma. " * (number + 1)
    return Document(document_id(f"{number}.txt", str(number)), text, f"{number}.txt", str(number))


def extraction(of: Document) -> Extraction:
    span = Span(of.id, 0, 10, of.text[:10])
    return Extraction(of.id, (EntityMention(span, (5, 10), "Person", "name"),))


DOCUMENTS = tuple(sorted(map(document, range(40)), key=lambda item: item.id))
GIVEN = Given(
    DOCUMENTS,
    tuple((item.id, "utf-8") for item in DOCUMENTS),
    (Rejection("photo.png", "PNG", "caf\udce9/photo.png"),),
    ("0.txt",),
    (("/corpus/must.toml", "# none"),),
)
CONTENTS = Contents.of(GIVEN, version=VERSION, model="model 1", settings=Settings(seed=7))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with a finished store."""
    with Store.open(tmp_path, create=True) as store:
        for item in DOCUMENTS:
            store.put(item, "utf-8", extraction(item), VERSION)
        store.finish(CONTENTS)
    return tmp_path


def test_it_gives_back_what_it_was_given(out: Path) -> None:
    for place in (out, out / STORE, str(out)):
        with Store.open(place) as store:
            assert store.contents() == CONTENTS
            assert store.given() == GIVEN
            assert store.documents() == DOCUMENTS
            assert store.extractions() == tuple(extraction(item) for item in DOCUMENTS)
            assert store.known(VERSION) == ({item.id: extraction(item) for item in DOCUMENTS}, [])
    assert [path.name for path in out.iterdir()] == [STORE]


def test_versions_stay_apart(out: Path) -> None:
    first = DOCUMENTS[0]
    with Store.open(out, write=True) as store:
        store.put(first, "utf-8", Extraction(first.id), "kg 2")
        assert store.known("kg 2") == ({first.id: Extraction(first.id)}, [])
        assert store.finished() == {VERSION: len(DOCUMENTS), "kg 2": 1}
        assert store.extractions()[0] == extraction(first)
        given = Given((first,), GIVEN.encodings[:1])
        store.finish(Contents.of(given, version="kg 2", model="model 2", settings=Settings()))
    with Store.open(out) as store:
        assert store.finished() == {"kg 2": 1}
        assert store.documents() == (first,)


def test_what_was_not_finished_is_not_of_the_graph(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.put(DOCUMENTS[0], "utf-8", extraction(DOCUMENTS[0]), VERSION)
    with Store.open(tmp_path) as store:
        assert store.known(VERSION)[0] == {DOCUMENTS[0].id: extraction(DOCUMENTS[0])}
        with pytest.raises(OutputError, match="its build has not ended: run the same kg build once more"):
            store.contents()


def test_what_was_taken_away_is_not_in_the_file(out: Path) -> None:
    secret = Document("d", "", "secret.txt", "0")
    with Store.open(out, write=True) as store:
        store.put(secret, "utf-8", Extraction("https://example.org/secret-0123456789"), VERSION)
        store._db.execute("UPDATE document SET encoding = 'a-secret-word' WHERE id = 'd'")
        store.finish(CONTENTS)
    assert b"a-secret-word" not in (out / STORE).read_bytes()


# ------------------------------------------------------------------ one at a time


def test_whoever_writes_is_alone(out: Path) -> None:
    with Store.open(out, write=True) as store:
        store.put(DOCUMENTS[0], "utf-8", extraction(DOCUMENTS[0]), "kg 2")
        for options in ({"write": True}, {"create": True}, {}):
            with pytest.raises(OutputError, match="is in use by another kg: wait for it"):
                Store.open(out, **options).contents()
    with Store.open(out) as one, Store.open(out) as two:
        assert one.contents() == two.contents()


# ------------------------------------------------------------------- not a store


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"holds no store\.sqlite: run kg build INPUT -o"):
        Store.open(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        Store.open(tmp_path / "file" / "below", create=True)


@pytest.mark.parametrize("kind", ["a database", "a text"])
def test_another_programs_file_is_left_alone(tmp_path: Path, kind: str) -> None:
    if kind == "a text":
        (tmp_path / STORE).write_text("Milk, bread.", encoding="utf-8")
    else:
        with sqlite3.connect(tmp_path / STORE) as connection:
            connection.execute("CREATE VIEW mine AS SELECT 1")
        connection.close()
    before = (tmp_path / STORE).read_bytes()
    for options in ({}, {"write": True}, {"create": True}):
        with pytest.raises(OutputError, match="is not kg's: name another folder") as caught:
            Store.open(tmp_path, **options)
        assert not isinstance(caught.value, DamagedStoreError)
    assert (tmp_path / STORE).read_bytes() == before


def test_another_schema(out: Path) -> None:
    with sqlite3.connect(out / STORE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(DamagedStoreError, match="has schema 99, this kg reads 1: run kg build INPUT -o"):
        Store.open(out)


# ------------------------------------------------------------------------ damage


def test_a_damaged_row_is_named_and_costs_only_itself(out: Path) -> None:
    victim = DOCUMENTS[3]
    with sqlite3.connect(out / STORE) as connection:
        connection.execute(
            "UPDATE document SET extraction = x'00' || substr(extraction, 2) WHERE id = ?", (victim.id,)
        )
    connection.close()
    with Store.open(out) as store:
        known, damaged = store.known(VERSION)
        assert damaged == [victim.id]
        assert known.keys() == {item.id for item in DOCUMENTS} - {victim.id}
        assert store.documents() == DOCUMENTS
        with pytest.raises(DamagedStoreError, match=f"what was found in {victim.id}.: run kg rebuild {out}"):
            store.extractions()


def test_a_damaged_text_is_named(out: Path) -> None:
    with sqlite3.connect(out / STORE) as connection:
        connection.execute("UPDATE document SET encoding = 'cp1252' WHERE id = ?", (DOCUMENTS[5].id,))
    connection.close()
    words = f"the text of {DOCUMENTS[5].id}.: run kg build INPUT"
    with Store.open(out) as store, pytest.raises(DamagedStoreError, match=words):
        store.documents()


def test_a_damaged_list_of_documents_is_told(out: Path) -> None:
    with sqlite3.connect(out / STORE) as connection:
        connection.execute("UPDATE contents SET record = replace(record, '\"seed\": 7', '\"seed\": 8')")
    connection.close()
    with pytest.raises(DamagedStoreError, match=r"is damaged \(the list of its documents\)"):
        Store.open(out)


def test_a_lost_row_is_named(out: Path) -> None:
    with sqlite3.connect(out / STORE) as connection:
        connection.execute("DELETE FROM document WHERE id = ?", (DOCUMENTS[5].id,))
    connection.close()
    with Store.open(out) as store:
        assert store.known(VERSION)[1] == [DOCUMENTS[5].id]
        with pytest.raises(DamagedStoreError, match=DOCUMENTS[5].id):
            store.documents()


def holds(out: Path) -> bool:
    """Tell whether a store holds all that was put into it; False where it says that it does not."""
    try:
        with Store.open(out) as store:
            assert store.contents() == CONTENTS
            known, damaged = store.known(VERSION)
            assert all(known[item.id] == extraction(item) for item in DOCUMENTS if item.id in known)
            assert known.keys() | set(damaged) >= {item.id for item in DOCUMENTS}
            assert store.given() == GIVEN
            return not damaged
    except OutputError:
        return False


def test_no_flipped_byte_goes_unseen(out: Path) -> None:
    """Each byte may be one that nothing rests on; but what is read is what was written, or an error of ours."""
    whole = (out / STORE).read_bytes()
    chance = random.Random(5)
    seen = 0
    for _ in range(120):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (out / STORE).write_bytes(data)
        seen += not holds(out)
    assert seen > 40  # the rest hits free space
    (out / STORE).write_bytes(whole)
    assert holds(out)


def test_no_torn_file_goes_unseen(out: Path) -> None:
    whole = (out / STORE).read_bytes()
    chance = random.Random(6)
    for _ in range(20):
        (out / STORE).write_bytes(whole[: chance.randrange(1, len(whole))])
        assert not holds(out)


# ----------------------------------------------------------------------- version


def test_the_version_names_what_decides() -> None:
    one, two = extractor_version("model 1"), extractor_version("model 2")
    assert one != two
    assert one == extractor_version("model 1")
    assert "model 1" in one


def test_another_word_in_the_lexicon_is_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.store.version as version

    (tmp_path / "lexicon.toml").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(version, "ontology_dir", lambda: tmp_path)
    found = []
    for text in ("a = 1\n", "a = 1\r\n", "a = 2\n"):
        (tmp_path / "lexicon.toml").write_bytes(text.encode())
        version._rules.cache_clear()
        found.append(extractor_version("m"))
    version._rules.cache_clear()
    assert found[0] == found[1] != found[2]

"""A user's own ontology, from its folder to the events, the Turtle and the questions asked of it."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.config import STORE, OwnOntology, ontology_dir
from kg.errors import InputError, LexiconError, OutputError
from kg.extract.lexicon import extended_lexicon, load_lexicon
from kg.graph import KnowledgeGraph
from kg.output import FILES, read_manifest
from kg.pipeline import add, build, load_graph, rebuild, status
from kg.rdf import extended_ontology, load_store, ontology_tree, query, read_own_ontology, validate
from kg.rdf.ontology.own import own_terms
from kg.store import extractor_version

KG, MY = "https://w3id.org/kg/ontology#", "https://example.org/news#"
TEXT = "President Anna Weber greenwashed the harbour on Monday. Paul Ito ordered strikes on Kalma."
LEXICON = """\
# words of our desk
[classes.Greenwashing]
parent = "Communication"
label = "greenwashing"
comment = "Making something look kinder to nature than it is."

[verbs]
greenwash = { class = "Greenwashing" }
"""
MAPPING = """\
[prefixes]
my = "https://example.org/news#"

[classes]
Greenwashing = "my:Spin"
Event = "my:Happening"
Person = ["my:Human", "http://xmlns.com/foaf/0.1/Person"]

[roles]
agent = "my:doer"
"""
TURTLE = """\
@prefix kg: <https://w3id.org/kg/ontology#> .
@prefix my: <https://example.org/news#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

my:Happening a owl:Class ; rdfs:label "happening"@en .
my:Spin a owl:Class ; rdfs:label "spin"@en ; rdfs:subClassOf my:Happening .
my:Human a owl:Class ; rdfs:label "human"@en .
my:doer a owl:ObjectProperty ; rdfs:label "doer"@en .
kg:AirStrike rdfs:label "Luftangriff"@de .
"""


def folder(path: Path, **files: str) -> Path:
    """Write a user's ontology; the names are those of its files without their ends."""
    path.mkdir(parents=True, exist_ok=True)
    ends = {"lexicon": "lexicon.toml", "mapping": "mapping.toml", "turtle": "ontology.ttl"}
    for name, text in files.items():
        (path / ends[name]).write_text(text, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return folder(tmp_path / "mine", lexicon=LEXICON, mapping=MAPPING, turtle=TURTLE)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one article, the ontology, and what was built from both; not to be changed."""
    root = tmp_path_factory.mktemp("own")
    (root / "in").mkdir()
    (root / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    folder(root / "mine", lexicon=LEXICON, mapping=MAPPING, turtle=TURTLE)
    build(root / "in", out=root / "out", ontology=root / "mine")
    return root


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]


def hashes(out: Path) -> dict[str, str]:
    paths = (path for path in sorted(out.iterdir()) if path.name != STORE)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def triples(path: Path) -> set[tuple[str, str, str]]:
    return {
        tuple(str(n).strip("<>") for n in (q.subject, q.predicate, q.object)) for q in ox.parse(path=path)
    }  # type: ignore[misc]


# ---------------------------------------------------------------- end to end


def test_a_verb_of_the_user_is_an_event_of_the_users_class(whole: Path) -> None:
    types = {row["predicate"]: row["type"] for row in rows(whole / "out", "events")}
    assert types == {"greenwash": "Greenwashing", "order": "Order", "strike": "AirStrike"}
    assert "greenwash" not in {
        event.predicate for event in build(whole / "in").events if event.type != "Event"
    }


def test_the_turtle_has_the_users_terms_beside_ours(whole: Path) -> None:
    found = triples(whole / "out" / "graph.ttl")
    events = {s: o for s, p, o in found if p == KG + "predicate"}
    types = {(events[s].strip('"'), o) for s, p, o in found if p.endswith("#type") and s in events}
    assert types == {
        ("greenwash", KG + "Greenwashing"), ("greenwash", MY + "Spin"),
        ("order", KG + "Order"), ("order", MY + "Happening"),
        ("strike", KG + "AirStrike"), ("strike", MY + "Happening"),
    }  # fmt: skip
    assert {(s, o) for s, p, o in found if p == MY + "doer"} == {
        (s, o) for s, p, o in found if p == KG + "agent"
    }
    people = {s for s, p, o in found if p.endswith("#type") and o == KG + "Person"}
    for theirs in (MY + "Human", "http://xmlns.com/foaf/0.1/Person"):
        assert {s for s, p, o in found if p.endswith("#type") and o == theirs} == people != set()


def test_the_ontology_beside_the_graph_has_both(whole: Path) -> None:
    found = triples(whole / "out" / "ontology.ttl")
    ours = triples(ontology_dir() / "kg.ttl")
    above = {(s, o) for s, p, o in found if p.endswith("#subClassOf")}
    assert {(KG + "Greenwashing", KG + "Communication"), (KG + "Greenwashing", MY + "Spin")} <= above
    assert (KG + "Event", MY + "Happening") in above
    assert (KG + "agent", "http://www.w3.org/2000/01/rdf-schema#subPropertyOf", MY + "doer") in found
    lost = {triple for triple in ours - found if not any(node.startswith("_:") for node in triple)}
    assert {p.rpartition("#")[2] for _, p, _ in lost} <= {
        "example"
    }  # of Communication: the user's verb is one
    names = {
        term.name
        for root in ontology_tree((whole / "out" / "ontology.ttl").read_bytes()).classes
        for _, term in root.walk()
    }
    assert {"kg:Greenwashing", "kg:AirStrike"} <= names


def test_the_trees_of_kg_stay_as_they_are_under_terms_of_a_user(whole: Path) -> None:
    tree = ontology_tree((whole / "out" / "ontology.ttl").read_bytes())
    (event,) = (root for root in tree.classes if root.name == "kg:Event")
    assert set(event.elsewhere) == {"my:Happening", "sem:Event"}
    found = {term.name: term for _, term in event.walk()}
    assert found["kg:Greenwashing"].elsewhere == ("my:Spin",)
    assert "kg:Greenwashing" in {term.name for term in found["kg:Communication"].below}
    (happening,) = (root for root in tree.classes if root.name == "my:Happening")
    assert [term.name for term in happening.below] == ["my:Spin"]


def test_a_term_takes_what_the_nearest_above_it_is_given(tmp_path: Path) -> None:
    turtle = TURTLE + "kg:AirStrike rdfs:subClassOf my:Spin . my:Spin rdfs:subClassOf my:Human .\n"
    mapping = (
        '[prefixes]\nm = "https://example.org/other/"\n'
        '[classes]\nAssault = "m:Force"\nAttack = "m:Hit"\n[roles]\nagent = "m:by"\n'
    )
    own = read_own_ontology(folder(tmp_path / "mine", mapping=mapping, turtle=turtle))
    terms = own_terms(own)
    given = {name: [node.value.rpartition("/")[2] for node in terms.classes.get(KG + name, ())] for name in (
        "Assault", "Siege", "Attack", "AirStrike", "Arrest", "Person",
    )}  # fmt: skip
    assert given == {
        "Assault": ["Force"], "Siege": ["Force"], "Attack": ["Hit"], "AirStrike": ["Hit"], "Arrest": [], "Person": [],
    }  # fmt: skip
    assert set(terms.properties) == {KG + "agent"}


def test_questions_and_shapes_know_the_users_classes(whole: Path) -> None:
    ask = f"SELECT DISTINCT ?p {{ ?e a/rdfs:subClassOf* <{MY}Happening> ; kg:predicate ?p }} ORDER BY ?p"
    expected = [{"p": "greenwash"}, {"p": "order"}, {"p": "strike"}]
    assert query(whole / "out", ask).records() == expected
    assert query(whole / "out", ask, timeout=60).records() == expected
    graph = load_graph(whole / "out")
    assert query(graph, ask).records() == expected
    assert query(graph, ask, timeout=60).records() == expected
    told = "SELECT ?p { ?e a/rdfs:subClassOf* kg:Communication ; kg:predicate ?p }"
    assert query(load_store(whole / "out"), told).records() == [{"p": "greenwash"}]
    report = validate(whole / "out")
    assert report.conforms, report.findings


def test_equal_ontologies_give_equal_bytes_wherever_they_lie(whole: Path, tmp_path: Path) -> None:
    other = shutil.copytree(whole / "mine", tmp_path / "elsewhere")
    lexicon = other / "lexicon.toml"
    lexicon.write_bytes(lexicon.read_bytes().replace(b"\n", b"\r\n"))
    build(whole / "in", out=tmp_path / "out", ontology=other)
    assert hashes(tmp_path / "out") == hashes(whole / "out")
    text = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert set(hashes(tmp_path / "out")) == {*FILES, "ontology.ttl"}


def test_manifest_and_run_name_the_ontology_by_its_content(whole: Path) -> None:
    manifest = read_manifest(whole / "out")
    assert manifest["settings"]["ontology"]["lexicon.toml"] == hashlib.sha256(LEXICON.encode()).hexdigest()
    assert "ontology.ttl" in manifest["files"]
    own = read_own_ontology(whole / "mine")
    assert own.sha256() in (whole / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert status(whole / "out")["settings"]["ontology"] == own.sha256()  # type: ignore[index]
    assert own.sha256()[:16] in (whole / "out" / "report.md").read_text(encoding="utf-8")


def test_a_build_without_one_says_nothing_of_it(whole: Path, tmp_path: Path) -> None:
    graph = build(whole / "in", out=tmp_path / "out")
    assert read_manifest(tmp_path / "out")["settings"]["ontology"] is None
    assert set(hashes(tmp_path / "out")) == set(FILES)
    assert "ontology" not in graph.run.facts()  # type: ignore[union-attr]


# ----------------------------------------------------------------- the store


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole / "out", tmp_path / "out")


def test_additions_go_on_with_the_ontology_of_the_build(whole: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_text("Paul Ito greenwashed the airport.", encoding="utf-8")
    graph = add(out, tmp_path / "in")
    assert [event.type for event in graph.events if event.predicate == "greenwash"] == ["Greenwashing"] * 2
    shutil.copy(whole / "in" / "a.txt", tmp_path / "in")
    build(tmp_path / "in", out=tmp_path / "both", ontology=whole / "mine")
    assert hashes(out) == hashes(tmp_path / "both")
    before = hashes(out)
    add(out, tmp_path / "in", ontology=whole / "mine")  # the same: nothing to say
    assert hashes(out) == before


def test_another_ontology_is_not_mixed_in(out: Path, mine: Path, tmp_path: Path) -> None:
    (mine / "mapping.toml").unlink()
    (tmp_path / "b.txt").write_text("Paul Ito left.", encoding="utf-8")
    before = hashes(out)
    with pytest.raises(
        OutputError, match=f"another ontology than {mine}: run kg rebuild {out} --ontology {mine}"
    ):
        add(out, tmp_path / "b.txt", ontology=mine)
    assert hashes(out) == before


def test_a_rebuild_takes_another_ontology_and_keeps_it(whole: Path, out: Path, tmp_path: Path) -> None:
    words = LEXICON.replace("greenwash =", "strike =").replace("Greenwashing", "Show")
    other = folder(tmp_path / "other", lexicon=words)
    graph = rebuild(out, ontology=other)
    assert {event.type for event in graph.events if event.predicate == "strike"} <= {"Show", "AirStrike"}
    assert "Greenwashing" not in {event.type for event in graph.events}
    before = hashes(out)
    rebuild(out)
    assert hashes(out) == before
    build(whole / "in", out=tmp_path / "new", ontology=other)
    assert hashes(tmp_path / "new") == before


def test_a_build_without_one_takes_its_file_away(whole: Path, out: Path) -> None:
    with pytest.warns(UserWarning, match="all documents are read again"):
        build(whole / "in", out=out)
    assert not (out / "ontology.ttl").exists()
    assert {event.type for event in load_graph(out).events} == {"Event", "Order", "AirStrike"}


def test_only_the_lexicon_makes_texts_be_read_again(
    whole: Path, out: Path, mine: Path, recwarn: pytest.WarningsRecorder
) -> None:
    (mine / "mapping.toml").unlink()
    build(whole / "in", out=out, ontology=mine)
    assert [str(item.message) for item in recwarn] == []
    assert not [o for _, p, o in triples(out / "graph.ttl") if o.startswith(MY)]
    assert extractor_version("m") != extractor_version("m", LEXICON) != extractor_version("m", LEXICON + "\n")


# ---------------------------------------------------------------- the lexicon


def test_entries_replace_ours_whole_and_the_others_stay() -> None:
    ours = load_lexicon()
    own = extended_lexicon('[verbs]\norder = { class = "Plan" }\n')
    assert ours.verbs["order"].event_class == "Order"
    assert own.verbs["order"].event_class == "Plan"
    assert {**own.verbs, "order": None} == {**ours.verbs, "order": None}
    assert own.classes == ours.classes
    assert own.verbs["order"].complement != ours.verbs["order"].complement


def test_false_takes_an_entry_away() -> None:
    own = extended_lexicon("[verbs]\nabate = false\n[status.modals]\nmay = false\n")
    assert set(load_lexicon().verbs) - set(own.verbs) == {"abate"}
    assert set(load_lexicon().status.modals) - set(own.status.modals) == {"may"}


def test_words_of_status_are_entries_of_their_own() -> None:
    own = extended_lexicon('[status.modals]\nshan = "planned"\n')
    assert own.status.modals == {**load_lexicon().status.modals, "shan": "planned"}
    assert own.status.adverbs == load_lexicon().status.adverbs


def test_a_lexicon_can_stand_alone() -> None:
    whole = "extends = false\n" + (ontology_dir() / "lexicon.toml").read_text(encoding="utf-8")
    assert extended_lexicon(whole) == load_lexicon()
    with pytest.raises(LexiconError, match=r"lexicon\.toml:1: \[classes\]: is missing or no table"):
        extended_lexicon("extends = false\n[verbs]\n")
    with pytest.raises(LexiconError, match="write true or false"):
        extended_lexicon('extends = "no"\n')


def test_no_text_is_our_lexicon() -> None:
    assert extended_lexicon("") is load_lexicon()


# -------------------------------------------------------------------- errors

WRONG = [
    ({"lexicon": LEXICON.replace('greenwash = { class = "Greenwashing" }', 'greenwash = { class = "Greenwash" }')},
     "lexicon.toml:8: [verbs] greenwash: unknown class 'Greenwash'; did you mean Greenwashing"),
    ({"lexicon": '[verbs]\n\nspin = { class = "Statement", object = "victim" }\n'},
     "lexicon.toml:3: [verbs] spin: unknown role 'victim'; allowed: agent, patient"),
    ({"lexicon": LEXICON.replace('"Communication"', '"Talk"')}, "lexicon.toml:2: [classes] Greenwashing: unknown parent class 'Talk'"),
    ({"lexicon": LEXICON.replace(".Greenwashing", ".Person")}, "lexicon.toml:8: [verbs] greenwash: unknown class"),
    ({"lexicon": LEXICON.replace("Greenwashing", "Person")}, "lexicon.toml:2: [classes] Person: is a term of the ontology already"),
    ({"lexicon": LEXICON.replace("[classes.Greenwashing]", '[classes."Green Wash"]').replace('"Greenwashing" }', '"Green Wash" }')},
     'lexicon.toml:2: [classes] Green Wash: is no name of a class'),
    ({"lexicon": "[verb]\n"}, "lexicon.toml:1: [verb]: unknown table 'verb'"),
    ({"lexicon": "[verbs\n"}, "lexicon.toml: cannot be read"),
    ({"lexicon": "[classes]\nAttack = false\n"}, "ontology/lexicon.toml:"),
    ({"mapping": '[classes]\nAirstrike = "my:x"\n'}, "mapping.toml:2: [classes] Airstrike: unknown class 'Airstrike'; did you mean AirStrike"),
    ({"mapping": '[roles]\n\nagnet = "https://example.org/x"\n'}, "mapping.toml:3: [roles] agnet: unknown role 'agnet'; allowed: agent,"),
    ({"mapping": '[properties]\nage = "my:age"\n'}, "mapping.toml:2: [properties] age: 'my:age' is no term"),
    ({"mapping": "[properties]\nage = 7\n"}, "mapping.toml:2: [properties] age: 7 is no term"),
    ({"mapping": "[property]\n"}, "mapping.toml:1: [property]: unknown table 'property'; allowed: prefixes, classes, roles, properties"),
    ({"mapping": MAPPING.replace("my:Spin", "my:Spni"), "lexicon": LEXICON, "turtle": TURTLE},
     "mapping.toml:5: [classes] Greenwashing: https://example.org/news#Spni is not declared as owl:Class; declare it in ontology.ttl"),
    ({"mapping": MAPPING.replace("my:doer", "my:Spin"), "lexicon": LEXICON, "turtle": TURTLE},
     "mapping.toml:10: [roles] agent: https://example.org/news#Spin is not declared as owl:ObjectProperty"),
    ({"mapping": '[classes]\nPerson = "kg:Persn"\n'}, "mapping.toml:2: [classes] Person: https://w3id.org/kg/ontology#Persn is not declared"),
    ({"turtle": TURTLE + "kg:Airstrike rdfs:label 'x' .\n"}, "ontology.ttl:11: the ontology has no term kg:Airstrike"),
    ({"turtle": TURTLE + "my:x my:y .\n"}, "ontology.ttl:11: is no Turtle"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "message"), WRONG)
def test_what_is_wrong_is_named_by_file_and_line(tmp_path: Path, files: dict[str, str], message: str) -> None:
    path = folder(tmp_path / "mine", **files)
    with pytest.raises(LexiconError) as caught:
        read_own_ontology(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    if "ontology/lexicon" not in message:
        assert str(caught.value).startswith(str(path))


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        read_own_ontology(tmp_path / "none")
    (tmp_path / "README.md").write_text("words", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"holds no ontology: put any of lexicon\.toml, mapping\.toml, ontology\.ttl"
    ):
        read_own_ontology(tmp_path)
    (tmp_path / "lexikon.toml").write_text("[verbs]", encoding="utf-8")
    with pytest.raises(InputError, match=r"lexikon\.toml is no file of an ontology"):
        read_own_ontology(tmp_path)
    (tmp_path / "lexikon.toml").rename(tmp_path / "lexicon.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="must be text in UTF-8"):
        read_own_ontology(tmp_path)


def test_nothing_is_built_with_a_wrong_ontology(whole: Path, tmp_path: Path) -> None:
    wrong = folder(tmp_path / "wrong", lexicon='[verbs]\nspin = { class = "Talk" }\n')
    with pytest.raises(LexiconError):
        build(whole / "in", out=tmp_path / "out", ontology=wrong)
    assert not (tmp_path / "out").exists()


# ------------------------------------------------------------ the command line


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_the_commands_take_it(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, mine = tmp_path / "out", whole / "mine"
    assert call(capsys, "build", whole / "in", "-o", out, "--ontology", mine, "-q")[0] == 0
    assert hashes(out) == hashes(whole / "out")
    assert call(capsys, "add", out, whole / "in" / "a.txt", "--ontology", mine, "-q")[0] == 0
    assert call(capsys, "rebuild", out, "--ontology", mine, "-q")[0] == 0
    assert hashes(out) == hashes(whole / "out")
    sha = read_own_ontology(mine).sha256()
    assert f"terms   of an ontology of your own, sha256 {sha[:16]}\n" in call(capsys, "status", out)[1]
    code, text, err = call(capsys, "build", whole / "in", "-o", out, "--ontology", tmp_path / "none")
    assert (code, text) == (1, "")
    assert (
        err
        == f"kg: {tmp_path / 'none'} is no folder: name one that holds any of lexicon.toml, mapping.toml, ontology.ttl\n"
    )


def test_the_extended_ontology_can_be_looked_at(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = call(capsys, "ontology", "--ontology", whole / "mine")
    assert code == 0
    assert "kg:Greenwashing " in text
    call(capsys, "ontology", "--ontology", whole / "mine", "--turtle", tmp_path / "all.ttl")
    assert (tmp_path / "all.ttl").read_bytes() == (whole / "out" / "ontology.ttl").read_bytes()


def test_an_empty_ontology_is_ours() -> None:
    assert extended_ontology(OwnOntology()) == (ontology_dir() / "kg.ttl").read_bytes()


def test_a_graph_without_a_run_has_no_terms_of_a_user(small_graph: KnowledgeGraph) -> None:
    assert not [t for t in load_store(small_graph) if MY in str(t)]

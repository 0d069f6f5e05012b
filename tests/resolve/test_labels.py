import pytest

from kg.resolve.inflect import is_plural, past_participle, third_person
from kg.resolve.labels import Part, label_noun, label_verb, preposition_before

A = Part("agent", "François Hollande")
B = Part("agent", "Russia")
C = Part("agent", "United States")
D = Part("agent", "China")
POLICE = Part("agent", "police", "", True)
RAQQA = Part("patient", "Raqqa")
ABAAOUD = Part("patient", "Abdelhamid Abaaoud")
STRIKES = Part("topic", "strikes on Raqqa")


@pytest.mark.parametrize(
    ("predicate", "status", "parts", "label"),
    [
        ("order", "asserted", [A, STRIKES], "François Hollande orders strikes on Raqqa"),
        ("bomb", "asserted", [A, B, RAQQA], "François Hollande and Russia bomb Raqqa"),
        ("bomb", "asserted", [A, B, C, RAQQA], "François Hollande, Russia and United States bomb Raqqa"),
        ("bomb", "asserted", [A, B, C, D, RAQQA], "François Hollande, Russia, United States and 1 more bomb Raqqa"),
        ("bomb", "asserted", [B, B, RAQQA], "Russia bomb Raqqa"),
        ("kill", "asserted", [ABAAOUD], "Abdelhamid Abaaoud is killed"),
        ("kill", "asserted", [ABAAOUD, Part("place", "Saint-Denis", "in")], "Abdelhamid Abaaoud is killed in Saint-Denis"),
        ("strike", "negated", [RAQQA], "Raqqa is not struck"),
        ("arrest", "asserted", [POLICE, ABAAOUD], "police arrest Abdelhamid Abaaoud"),
        ("arrest", "negated", [POLICE, ABAAOUD], "police do not arrest Abdelhamid Abaaoud"),
        ("call for", "asserted", [A, Part("topic", "unity", "for")], "François Hollande calls for unity"),
        ("call for", "planned", [A, Part("topic", "unity", "for")], "François Hollande will call for unity"),
        ("bomb", "ordered", [B, RAQQA], "Russia is ordered to bomb Raqqa"),
        ("bomb", "requested", [B, RAQQA], "Russia is asked to bomb Raqqa"),
        ("bomb", "possible", [B, RAQQA], "Russia may bomb Raqqa"),
        ("bomb", "hypothetical", [B, RAQQA], "Russia would bomb Raqqa"),
        ("bomb", "negated", [B, RAQQA], "Russia does not bomb Raqqa"),
        ("bomb", "planned", [RAQQA], "Raqqa will be bombed"),
        ("bomb", "ordered", [RAQQA], "Raqqa is ordered to be bombed"),
        ("tell", "asserted", [A, Part("recipient", "reporters"), Part("topic", "that he left")],
         "François Hollande tells reporters that he left"),
        ("give", "asserted", [A, Part("patient", "weapons"), Part("recipient", "Mali", "to")],
         "François Hollande gives weapons to Mali"),
        ("give", "asserted", [A, Part("patient", "weapons"), Part("recipient", "Mali")],
         "François Hollande gives weapons to Mali"),
        ("fly", "asserted", [B, Part("source", "Paris", "from"), Part("destination", "Mali")], "Russia flies from Paris to Mali"),
        ("agree", "asserted", [Part("topic", "a timetable", "on")], "agree on a timetable"),
        ("agree", "planned", [Part("topic", "a timetable", "on")], "agree on a timetable (planned)"),
        ("agree", "negated", [Part("topic", "a timetable", "on")], "not agree on a timetable"),
        ("apologise", "negated", [Part("agent", "nobody")], "nobody apologises"),
        ("apologise", "negated", [Part("agent", "No one of them")], "No one of them apologises"),
        ("apologise", "negated", [Part("agent", "Nobel")], "Nobel does not apologise"),
        ("apologise", "negated", [Part("agent", "")], "does not apologise"),
        ("meet", "asserted", [A, Part("patient", "leaders in Paris"), Part("place", "Paris", "in")],
         "François Hollande meets leaders in Paris"),
        ("say", "asserted", [A, Part("topic", "word " * 30)], "François Hollande says " + ("word " * 13).rstrip()[:64].rsplit(" ", 1)[0] + "…"),
    ],
)  # fmt: skip
def test_verbs(predicate: str, status: str, parts: list[Part], label: str) -> None:
    assert label_verb(predicate, status, parts) == label


def part(role: str, text: str, preposition: str = "", **more: bool) -> Part:
    return Part(role, text, preposition, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("predicate", "status", "parts", "label"),
    [
        # a preposition that belongs to the verb stands before what it goes with
        ("bring to", "asserted", [A, part("patient", "aid", bare=True), part("destination", "Mali", "to")],
         "François Hollande brings aid to Mali"),
        ("fly to", "planned", [A, part("destination", "Mali", "to"), part("topic", "summit", "for")],
         "François Hollande will fly to Mali for summit"),
        ("ask for", "asserted", [A, part("recipient", "allies", bare=True), part("topic", "aid", "for")],
         "François Hollande asks allies for aid"),
        ("ask for", "asserted", [A, part("topic", "aid", "for")], "François Hollande asks for aid"),
        ("share with", "asserted", [A, part("patient", "files", bare=True), part("recipient", "Mali", "with")],
         "François Hollande shares files with Mali"),
        ("suspect of", "asserted", [part("patient", "two men")], "two men are suspected"),
        ("look for", "asserted", [part("patient", "culprit")], "culprit is looked for"),
        ("fire at", "possible", [A], "François Hollande may fire"),
        ("take off", "asserted", [part("agent", "planes", plural=True)], "planes take off"),
        # each place keeps its own preposition, coordinated ones share theirs
        ("wait", "asserted", [A, part("place", "hotel", "at"), part("place", "Bamako", "in")],
         "François Hollande waits at hotel in Bamako"),
        ("wait", "asserted", [A, part("place", "Paris", "in"), part("place", "Lyon", coordinated=True)],
         "François Hollande waits in Paris and Lyon"),
        ("search", "asserted", [POLICE, part("patient", "homes", bare=True), part("patient", "weapons", "for")],
         "police search homes for weapons"),
        ("cross", "planned", [A, part("place", "border", bare=True)], "François Hollande will cross border"),
        ("leave", "asserted", [A, part("source", "Mali", bare=True)], "François Hollande leaves Mali"),
        ("flee", "asserted", [A, part("source", "Mali", "out of")], "François Hollande flees out of Mali"),
        # whoever is beside the subject is not the subject
        ("work", "planned", [C, part("agent", "France", "with"), part("topic", "plan", "on")],
         "United States will work with France on plan"),
        ("work", "asserted", [part("agent", "France", "with")], "France works"),
        ("play", "asserted", [B, part("agent", "Kim", "with"), part("agent", "Ann", coordinated=True)],
         "Russia plays with Kim and Ann"),
        # numbers are plural
        ("detain", "asserted", [part("patient", "eight")], "eight are detained"),
        ("leave", "asserted", [part("agent", "twelve aircraft")], "twelve aircraft leave"),
        ("leave", "asserted", [part("agent", "some of them")], "some of them leave"),
        ("leave", "asserted", [part("agent", "one of them")], "one of them leaves"),
        ("leave", "asserted", [part("agent", "20-year-old")], "20-year-old leaves"),
        ("leave", "asserted", [part("agent", "1 man")], "1 man leaves"),
        ("support", "asserted", [part("agent", "local groups"), RAQQA], "local groups support Raqqa"),
        ("wait", "asserted", [A, part("place", "in Ghent", "in")], "François Hollande waits in Ghent"),
        # nobody is not said twice, in either voice
        ("charge", "negated", [part("patient", "nobody")], "nobody is charged"),
        # time is told elsewhere; a clause does not begin like a sentence, but a name stays one
        ("leave", "asserted", [A, part("time", "Monday", "on")], "François Hollande leaves"),
        ("say", "asserted", [A, part("topic", "We must wait")], "François Hollande says we must wait"),
        ("say", "asserted", [A, part("topic", "Mali must wait")], "François Hollande says Mali must wait"),
        ("say", "asserted", [A, part("topic", "I must wait")], "François Hollande says I must wait"),
        ("bear", "asserted", [part("patient", "Ann"), part("place", "Oslo", "in")], "Ann is born in Oslo"),
        ("bear", "asserted", [A, part("patient", "burden", bare=True)], "François Hollande bears burden"),
    ],
)  # fmt: skip
def test_prepositions_stand_where_they_belong(
    predicate: str, status: str, parts: list[Part], label: str
) -> None:
    assert label_verb(predicate, status, parts) == label  # type: ignore[arg-type]


def test_a_noun_keeps_each_preposition() -> None:
    parts = [
        part("patient", "whole country", "for"),
        part("patient", "scale", "on"),
        part("place", "Ghent", "in"),
    ]
    assert label_noun("alert", "asserted", parts) == "alert for whole country on scale in Ghent"


@pytest.mark.parametrize(
    "before", ["out of", "ahead of", "because of", "next to", "in front of", "on behalf of"]
)
def test_prepositions_of_several_words(before: str) -> None:
    sentence = f"They met {before} Raqqa."
    assert preposition_before(sentence, sentence.index("Raqqa")) == before


def test_a_bomb_explodes_by_itself() -> None:
    parts = [Part("patient", "bomb"), Part("place", "Paris", "in")]
    assert label_verb("explode", "asserted", parts, patient_acts=True) == "bomb explodes in Paris"
    assert label_verb("detonate", "asserted", parts) == "bomb is detonated in Paris"


@pytest.mark.parametrize(
    ("noun", "status", "parts", "label"),
    [
        ("attack", "asserted", [Part("patient", "Raqqa", "on"), B], "attack on Raqqa by Russia"),
        ("strikes", "ordered", [Part("patient", "Raqqa", "on")], "ordered strikes on Raqqa"),
        ("attacks", "asserted", [Part("place", "Paris")], "attacks in Paris"),
        ("attack", "negated", [B], "no attack by Russia"),
        ("plan", "asserted", [], "plan"),
        (
            "visit",
            "planned",
            [A, Part("destination", "Moscow")],
            "planned visit to Moscow by François Hollande",
        ),
    ],
)
def test_nouns(noun: str, status: str, parts: list[Part], label: str) -> None:
    assert label_noun(noun, status, parts) == label


def test_talks_are_between() -> None:
    assert (
        label_noun("talks", "asserted", [A, B], mutual=True) == "talks between François Hollande and Russia"
    )
    assert label_noun("talks", "asserted", [B], mutual=True) == "talks by Russia"


@pytest.mark.parametrize(
    ("sentence", "word", "preposition"),
    [
        ("They called for strikes on Raqqa.", "Raqqa", "on"),
        ("They bombed Raqqa.", "Raqqa", ""),
        ("Over Raqqa they flew.", "Raqqa", "over"),
        ("Raqqa fell.", "Raqqa", ""),
        ("The fight\nagainst Daesh.", "Daesh", "against"),
    ],
)
def test_preposition_before(sentence: str, word: str, preposition: str) -> None:
    assert preposition_before(sentence, sentence.index(word)) == preposition


@pytest.mark.parametrize(
    ("verb", "third", "participle"),
    [
        ("bomb", "bombs", "bombed"), ("strike", "strikes", "struck"), ("kill", "kills", "killed"),
        ("carry out", "carries out", "carried out"), ("deploy", "deploys", "deployed"), ("ban", "bans", "banned"),
        ("visit", "visits", "visited"), ("push back", "pushes back", "pushed back"), ("be", "is", "been"),
        ("have", "has", "had"), ("do", "does", "done"), ("go", "goes", "gone"), ("veto", "vetoes", "vetoed"),
        ("pass", "passes", "passed"), ("refer", "refers", "referred"), ("offer", "offers", "offered"),
        ("shoot down", "shoots down", "shot down"), ("agree", "agrees", "agreed"), ("die", "dies", "died"),
        ("plan", "plans", "planned"), ("fix", "fixes", "fixed"), ("rebuild", "rebuilds", "rebuilt"),
        ("outsell", "outsells", "outsold"), ("panic", "panics", "panicked"), ("stop", "stops", "stopped"),
        ("train", "trains", "trained"), ("equip", "equips", "equipped"), ("echo", "echoes", "echoed"),
        ("hand over", "hands over", "handed over"), ("quit", "quits", "quit"), ("hit", "hits", "hit"),
    ],
)  # fmt: skip
def test_verb_forms(verb: str, third: str, participle: str) -> None:
    assert (third_person(verb), past_participle(verb)) == (third, participle)


@pytest.mark.parametrize(
    ("phrase", "plural"),
    [
        ("police", True), ("attackers", True), ("heads of state", True), ("ministry", False), ("crisis", False),
        ("boss", False), ("campus", False), ("members of the group", True), ("group of men", False), ("two men", True),
        ("", False),
    ],
)  # fmt: skip
def test_plurals(phrase: str, plural: bool) -> None:
    assert is_plural(phrase) is plural

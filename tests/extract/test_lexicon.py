"""The lexicon that we ship: every entry is valid, and the words that news lives on are read as they should be."""

from collections import Counter
from pathlib import Path

import pytest

from kg.config import ontology_dir
from kg.datamodel import ENTITY_TYPES, ROLES, STATUSES
from kg.errors import LexiconError
from kg.extract.frames import ROOT_CLASS, RoleChoice
from kg.extract.lexicon import PLOVER, load_lexicon


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


# ---------------------------------------------------------------- the data


def test_has_the_words_of_general_news(lexicon):
    assert len(lexicon.verbs) + len(lexicon.nouns) >= 1500
    assert len(lexicon.classes) >= 60


def test_every_class_reaches_the_root_and_has_the_category_above_it(lexicon):
    for name, known in lexicon.classes.items():
        ancestors = lexicon.class_ancestors(name)
        assert name not in ancestors
        assert len(set(ancestors)) == len(ancestors)
        assert name == ROOT_CLASS or ancestors[-1] == ROOT_CLASS
        assert known.label
        assert known.definition.endswith(".")
        if known.plover is not None:
            assert known.plover in PLOVER
            assert lexicon.is_a(name, known.plover.capitalize())


def test_all_sixteen_categories_are_classes_with_words(lexicon):
    used = Counter(
        lexicon.plover_of(f.event_class) for f in (*lexicon.verbs.values(), *lexicon.nouns.values())
    )
    assert set(PLOVER) < set(used)
    assert min(used[category] for category in PLOVER) >= 15
    assert all(lexicon.plover_of(category.capitalize()) == category for category in PLOVER)


def test_class_names_are_no_names_of_entity_types_but_the_root(lexicon):
    assert set(lexicon.classes) & set(ENTITY_TYPES) == {ROOT_CLASS}


def test_no_class_is_empty(lexicon):
    used = {f.event_class for f in (*lexicon.verbs.values(), *lexicon.nouns.values())}
    assert used | {above for name in used for above in lexicon.class_ancestors(name)} == set(lexicon.classes)


def test_every_frame_holds_known_roles_and_statuses(lexicon):
    for frame in (*lexicon.verbs.values(), *lexicon.nouns.values()):
        assert frame.event_class in lexicon.classes, frame.key
        choices = [frame.subject, frame.intransitive, frame.object, frame.possessive, frame.compound]
        for choice in (*choices, *frame.preps.values()):
            roles = {choice.default, *dict(choice.special).values()}
            assert roles <= {*ROLES, None}, frame.key
        assert set(frame.complement.values()) <= set(STATUSES), frame.key


def test_every_key_is_spelt_as_it_is_looked_up(lexicon):
    for key, frame in lexicon.verbs.items():
        head, *rest = key.split()
        assert lexicon.verb(head, *rest) is frame
        assert not rest or tuple(rest) in lexicon.continuations(head)
    for key, frame in lexicon.nouns.items():
        assert lexicon.noun(*key.split()) is frame


def test_a_noun_takes_over_what_its_verb_says(lexicon):
    for frame in lexicon.nouns.values():
        if frame.verb is not None:
            assert frame.verb in lexicon.verbs
    assert lexicon.noun("accusation").verb == "accuse"
    assert lexicon.noun("killing").verb == "kill"


# ------------------------------------------------------------ spot checks

CLASSES = [
    ("verb", "bomb", "Bombing", "ASSAULT"),
    ("verb", "bombard", "AirStrike", "ASSAULT"),
    ("noun", "airstrike", "AirStrike", "ASSAULT"),
    ("noun", "strike", "AirStrike", "ASSAULT"),
    ("verb", "shell", "Shelling", "ASSAULT"),
    ("verb", "gun down", "Shooting", "ASSAULT"),
    ("verb", "behead", "Execution", "ASSAULT"),
    ("verb", "kidnap", "Abduction", "ASSAULT"),
    ("noun", "siege", "Siege", "ASSAULT"),
    ("noun", "insurgency", "ArmedClash", "ASSAULT"),
    ("verb", "come under fire", "Criticism", "ACCUSE"),
    ("verb", "exchange fire", "ArmedClash", "ASSAULT"),
    ("noun", "on strike", "LabourStrike", "PROTEST"),
    ("noun", "exercise", "MilitaryExercise", "MOBILIZE"),
    ("verb", "invade", "Invasion", "ASSAULT"),
    ("verb", "arrest", "Arrest", "COERCE"),
    ("verb", "raid", "Raid", "COERCE"),
    ("verb", "deport", "Expulsion", "COERCE"),
    ("verb", "convict", "Conviction", "COERCE"),
    ("verb", "crack down on", "Coerce", "COERCE"),
    ("noun", "curfew", "Restriction", "COERCE"),
    ("noun", "embargo", "Sanction", "SANCTION"),
    ("verb", "outlaw", "Ban", "SANCTION"),
    ("verb", "suspend", "Suspension", "SANCTION"),
    ("verb", "deploy", "Deployment", "MOBILIZE"),
    ("verb", "step up", "Mobilize", "MOBILIZE"),
    ("noun", "demonstration", "Demonstration", "PROTEST"),
    ("verb", "riot", "Riot", "PROTEST"),
    ("verb", "refuse", "Reject", "REJECT"),
    ("verb", "veto", "Veto", "REJECT"),
    ("verb", "accuse", "Accuse", "ACCUSE"),
    ("verb", "condemn", "Condemnation", "ACCUSE"),
    ("verb", "investigate", "Investigation", "ACCUSE"),
    ("verb", "sue", "Lawsuit", "ACCUSE"),
    ("verb", "order", "Order", "REQUEST"),
    ("verb", "call for", "Appeal", "REQUEST"),
    ("verb", "demand", "Demand", "REQUEST"),
    ("verb", "invite", "Invitation", "REQUEST"),
    ("verb", "threaten", "Threaten", "THREATEN"),
    ("verb", "warn", "Warning", "THREATEN"),
    ("verb", "give in to", "Concede", "CONCEDE"),
    ("verb", "ease", "Easing", "CONCEDE"),
    ("noun", "withdrawal", "Withdrawal", "RETREAT"),
    ("noun", "ceasefire", "Ceasefire", "RETREAT"),
    ("verb", "surrender", "Surrender", "RETREAT"),
    ("noun", "agreement", "Agree", "AGREE"),
    ("verb", "pledge", "Promise", "AGREE"),
    ("noun", "summit", "Meeting", "CONSULT"),
    ("verb", "visit", "Visit", "CONSULT"),
    ("verb", "negotiate", "Negotiation", "CONSULT"),
    ("verb", "work with", "Cooperate", "COOPERATE"),
    ("verb", "extradite", "Extradition", "COOPERATE"),
    ("verb", "endorse", "Support", "SUPPORT"),
    ("verb", "ratify", "Signing", "SUPPORT"),
    ("verb", "evacuate", "Evacuation", "AID"),
    ("verb", "rescue", "Rescue", "AID"),
    ("verb", "say", "Statement", None),
    ("verb", "claim responsibility for", "Claim", None),
    ("verb", "invoke", "Invocation", None),
    ("verb", "take part in", "Participation", None),
    ("verb", "carry out", "Activity", None),
    ("verb", "flee", "Escape", None),
    ("verb", "crash", "Crash", None),
    ("verb", "die", "Death", None),
    ("verb", "elect", "Election", None),
    ("verb", "resign", "Resignation", None),
    ("noun", "manhunt", "Hunt", None),
    ("noun", "earthquake", "NaturalDisaster", None),
    ("verb", "smuggle", "Smuggling", None),
    ("verb", "acquire", "Acquisition", None),
]


@pytest.mark.parametrize(("kind", "words", "event_class", "plover"), CLASSES)
def test_class_and_category(lexicon, kind, words, event_class, plover):
    frame = getattr(lexicon, kind)(*words.split())
    assert frame.event_class == event_class
    assert lexicon.plover_of(event_class) == plover


@pytest.mark.parametrize(
    ("words", "subject", "object_"),
    [
        ("kill", "agent", "patient"),
        ("die", "patient", "patient"),
        ("tell", "agent", "recipient"),
        ("announce", "agent", "topic"),
        ("call for", "agent", "topic"),
        ("call on", "agent", "recipient"),
        ("arrive in", "agent", "destination"),
        ("flee", "agent", "source"),
        ("flee to", "agent", "destination"),
        ("live in", "agent", "place"),
        ("use", "agent", "patient"),
        ("receive", "recipient", "patient"),
        ("meet", "agent", "patient"),
        ("accuse of", "agent", "patient"),
        ("take part in", "agent", "topic"),
        ("happen", "topic", "patient"),
    ],
)
def test_subject_and_object(lexicon, words, subject, object_):
    frame = lexicon.verb(*words.split())
    assert (frame.subject.of(), frame.object.of()) == (subject, object_)


@pytest.mark.parametrize(
    ("words", "target", "role"),
    [
        ("order", "Person", "recipient"),
        ("order", "event", "topic"),
        ("urge", "Place", "recipient"),
        ("leave", "Place", "source"),
        ("visit", "Place", "destination"),
        ("visit", "Person", "recipient"),
        ("evacuate", "Group", "patient"),
        ("evacuate", "Place", "source"),
        ("fire", "Product", "instrument"),
    ],
)
def test_object_by_what_it_names(lexicon, words, target, role):
    assert lexicon.verb(*words.split()).object.of(target) == role


@pytest.mark.parametrize("words", ["explode", "open", "sink", "increase", "change", "crash", "detonate"])
def test_without_object_the_subject_undergoes(lexicon, words):
    assert lexicon.verb(words).intransitive.of() == "patient"


@pytest.mark.parametrize(
    ("kind", "words", "prep", "target", "role"),
    [
        ("verb", "travel", "to", "Place", "destination"),
        ("verb", "speak", "to", "Group", "recipient"),
        ("verb", "travel", "with", "Person", "agent"),
        ("verb", "kill", "with", "Product", "instrument"),
        ("verb", "kill", "in", "Place", "place"),
        ("verb", "kill", "on", "time", "time"),
        ("verb", "kill", "by", "Organization", "agent"),
        ("verb", "speak", "about", None, "topic"),
        ("verb", "return", "from", "Place", "source"),
        ("verb", "cooperate", "with", "Place", "recipient"),
        ("verb", "accuse", "of", "event", "topic"),
        ("verb", "appoint", "as", "Person", None),
        ("verb", "rise", "by", "quantity", None),
        ("noun", "attack", "on", "Place", "patient"),
        ("noun", "attack", "on", "time", "time"),
        ("noun", "strike", "against", "Organization", "patient"),
        ("noun", "war", "against", "Organization", "patient"),
        ("noun", "killing", "of", "Person", "patient"),
        ("noun", "arrest", "of", "Person", "patient"),
        ("noun", "death", "of", "Person", "patient"),
        ("noun", "crash", "of", "Product", "patient"),
        ("noun", "arrival", "of", "Group", "agent"),
        ("noun", "visit", "to", "Place", "destination"),
        ("noun", "meeting", "with", "Person", "patient"),
        ("noun", "talks", "between", "Place", "agent"),
        ("noun", "call", "for", "event", "topic"),
        ("noun", "deployment", "of", "Product", "patient"),
        ("noun", "hunt", "for", "Person", "patient"),
        ("noun", "investigation", "into", "event", "patient"),
        ("noun", "aid", "to", "Group", "recipient"),
        ("noun", "sanctions", "on", "Place", "patient"),
        ("noun", "raid", "in", "Place", "place"),
        ("noun", "raid", "in", "time", "time"),
        ("noun", "statement", "from", "Organization", "agent"),
        ("noun", "call", "from", "Person", "agent"),
        ("noun", "withdrawal", "from", "Place", "source"),
    ],
)
def test_roles_of_prepositions(lexicon, kind, words, prep, target, role):
    frame = getattr(lexicon, kind)(*words.split())
    assert lexicon.role_of_preposition(prep, frame, target) == role


def test_prepositions_without_a_word(lexicon):
    assert lexicon.role_of_preposition("in front of", None, "Facility") == "place"
    assert lexicon.role_of_preposition("like", None, "Person") is None
    assert lexicon.role_of_preposition("qwerty", None, "Person") is None


@pytest.mark.parametrize(
    ("noun", "owner", "modifier"),
    [
        ("attack", "agent", "agent"),
        ("killing", "patient", "agent"),
        ("arrest", "patient", "patient"),
        ("escape", "agent", "agent"),
        ("death", "patient", "patient"),
        ("speech", "agent", "agent"),
    ],
)
def test_roles_before_a_noun(lexicon, noun, owner, modifier):
    frame = lexicon.noun(noun)
    assert frame.possessive.of("Person") == owner
    assert frame.compound.of("Organization") == modifier


@pytest.mark.parametrize(
    ("kind", "words", "form", "status"),
    [
        ("verb", "order", "noun", "ordered"),
        ("verb", "order", "obj_to", "ordered"),
        ("verb", "call for", "noun", "requested"),
        ("verb", "ask", "obj_to", "requested"),
        ("verb", "plan", "to", "planned"),
        ("verb", "vow", "to", "planned"),
        ("verb", "want", "to", "planned"),
        ("verb", "want", "obj_to", "requested"),
        ("verb", "deny", "ing", "negated"),
        ("verb", "deny", "that", "negated"),
        ("verb", "fail", "to", "negated"),
        ("verb", "manage", "to", "asserted"),
        ("verb", "prevent", "from", "negated"),
        ("verb", "stop", "from", "negated"),
        ("verb", "stop", "ing", "asserted"),
        ("verb", "foil", "noun", "negated"),
        ("verb", "suspect", "that", "possible"),
        ("verb", "allege", "that", "possible"),
        ("verb", "believe", "obj_to", "possible"),
        ("verb", "warn", "that", "possible"),
        ("verb", "accuse", "ing", "possible"),
        ("verb", "cancel", "noun", "negated"),
        ("verb", "postpone", "noun", "planned"),
        ("verb", "know", "that", "asserted"),
        ("verb", "say", "that", None),
        ("noun", "order", "to", "ordered"),
        ("noun", "plan", "to", "planned"),
        ("noun", "allegation", "that", "possible"),
        ("noun", "refusal", "to", "negated"),
    ],
)
def test_status_of_what_is_embedded(lexicon, kind, words, form, status):
    assert getattr(lexicon, kind)(*words.split()).status_of(form) == status


def test_words_that_change_a_status(lexicon):
    words = lexicon.status
    assert words.modals["will"] == "planned"
    assert (words.modals["would"], words.modals_reported["would"]) == ("hypothetical", "planned")
    assert words.adverbs["allegedly"] == "possible"
    assert words.adjectives["planned"] == "planned"
    assert words.phrases["be about to"] == "planned"
    assert words.nouns["risk"] == "possible"
    assert words.subordinators["if"] == words.subordinators["unless"] == "hypothetical"
    assert words.prepositions["without"] == "negated"
    assert {"not", "n't", "never"} <= words.negators


def test_reporting(lexicon):
    assert all(
        map(
            lexicon.is_reporting, ("say", "tell", "announce", "warn", "deny", "believe", "statement", "claim")
        )
    )
    assert lexicon.is_reporting("point", "out")
    assert not any(map(lexicon.is_reporting, ("kill", "attack", "qwerty")))
    assert "according to" in lexicon.source_prepositions


def test_light_verbs(lexicon):
    assert lexicon.light_verb("launch", "strike").phase == "begin"
    assert lexicon.light_verb("carry", "attack", particle="out").status == "asserted"
    assert lexicon.light_verb("suffer", "defeat").subject == "patient"
    assert lexicon.light_verb("come", "attack", particle="under").subject == "patient"
    assert lexicon.light_verb("enter", "agreement", particle="into").phase == "begin"
    assert lexicon.light_verb("call", "strike", particle="off").status == "negated"
    assert lexicon.light_verb("hold", "summit") is lexicon.light_verb("hold", "election") is not None
    assert lexicon.light_verb("hold", "airstrike") is None
    assert lexicon.light_verb("hold", "qwerty") is None
    assert lexicon.light_verb("kill", "attack") is None


def test_british_and_american_spellings_mean_the_same(lexicon):
    for table in (lexicon.verbs, lexicon.nouns):
        for key, frame in table.items():
            for british, american in (("isation", "ization"), ("ise", "ize")):
                other = table.get(key.removesuffix(british) + american) if key.endswith(british) else None
                assert other is None or other.event_class == frame.event_class, key


def test_nouns_that_only_name_occurrences_need_nothing_beside_them(lexicon):
    for key in ("funeral", "concert", "delivery", "contest", "earthquake", "event"):
        assert not lexicon.noun(key).weak
    for key in ("service", "profit", "solution"):
        assert lexicon.noun(key) is None


@pytest.mark.parametrize(
    "noun",
    [
        *("influence", "policy", "strategy", "agenda", "commission", "command", "charity", "leadership"),
        *("motive", "stockpile", "insurance", "residence", "painting", "practice", "procedure", "safety"),
    ],
)
def test_means_bodies_and_standing_practices_are_no_events(lexicon, noun):
    assert lexicon.noun(noun) is None


@pytest.mark.parametrize(
    ("key", "event_class"),
    [
        ("locate", "Discovery"),
        ("locate in", "State"),
        ("form", "Establishment"),
        ("form part of", "State"),
        ("consist of", "State"),
        ("belong to", "State"),
        ("base", "State"),
        ("situate", "State"),
        ("raise", "Increase"),
        ("raise issue of", "Statement"),
        ("raise situation", "Statement"),
        ("clear", "Activity"),
        ("clear of", "Acquittal"),
    ],
)
def test_senses_by_what_follows(lexicon, key, event_class):
    assert lexicon.verb(*key.split()).event_class == event_class


def test_whose_strike_it_is(lexicon):
    assert lexicon.noun("strike").event_class == "AirStrike"
    for who in ("teacher", "pilot", "union", "worker"):
        assert lexicon.noun(who, "strike").event_class == "LabourStrike"


def test_pressure_is_applied(lexicon):
    assert lexicon.light_verb("apply", "pressure") is not None
    assert lexicon.light_verb("apply", "visit") is None
    assert lexicon.noun("pressure").preps["to"].default == "patient"


def test_longer_keys_come_first(lexicon):
    rests = lexicon.continuations("take")
    assert ("part", "in") in rests
    assert [len(rest) for rest in rests] == sorted((len(rest) for rest in rests), reverse=True)
    assert lexicon.continuations("qwerty") == ()


def test_unknown_words_have_no_frame_and_a_generic_one(lexicon):
    assert lexicon.verb("qwerty") is lexicon.noun("qwerty") is lexicon.plover_of("Qwerty") is None
    assert lexicon.verb("call", "qwerty") is None
    frame = lexicon.generic_frame("qwerty")
    assert (frame.key, frame.event_class, frame.subject.of()) == ("qwerty", ROOT_CLASS, "agent")


def test_particles_that_are_missing_are_left_out(lexicon):
    assert lexicon.verb("call", None) is lexicon.verb("call")


def test_the_exact_type_decides_before_its_group():
    choice = RoleChoice("topic", (("Facility", "source"), ("place", "destination")))
    assert [choice.of(t) for t in ("Facility", "Place", "Person", None)] == [
        "source",
        "destination",
        "topic",
        "topic",
    ]


def test_is_read_once():
    assert load_lexicon() is load_lexicon() is load_lexicon(ontology_dir() / "lexicon.toml")


# ----------------------------------------------------------- broken files

SMALL = """
[roles]
told = { actor = "recipient", default = "topic" }
[prepositions]
in = "place"
[noun_prepositions]
[light_verbs]
launch = { phase = "begin", only = ["Assault"] }
[status]
negators = ["not"]
[status.modals]
will = "planned"
[reporting]
prepositions = ["according to"]
[classes.Event]
label = "event"
comment = "Anything."
subject = "agent"
object = "patient"
compound = "agent"
[classes.Assault]
parent = "Event"
plover = "ASSAULT"
label = "assault"
comment = "Violence."
[verbs]
strike = { class = "Assault" }
"carry out" = { class = "Event", object = "told", complement = { to = "planned" } }
[nouns]
strike = { class = "Assault", verb = "strike" }
[attachment]
aims = ["plan"]
adverbials = ["in return"]
[attachment.second_parties]
in = ["stake"]
[kinds]
storm = ["storm", "gale"]
[senses]
strike = [{ when = { subject = ["storm"], object = ["any"] }, class = "Event", object = "topic" }]
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_another_file_can_be_read(tmp_path):
    lexicon = load_lexicon(_write(tmp_path, SMALL))
    assert lexicon.verb("carry", "out").object.of("Group") == "recipient"
    assert lexicon.noun("strike").event_class == "Assault"
    assert lexicon.light_verb("launch", "strike")
    (sense,) = lexicon.senses["strike"]
    assert (sense.frame.event_class, sense.frame.object.of()) == ("Event", "topic")
    assert (sense.subject, sense.object) == ({"storm", "gale"}, {"any"})


BROKEN = [
    (
        'strike = { class = "Assault" }\n"',
        'strike = { class = "Attack" }\n"',
        "[verbs] strike",
        "'Attack'",
        "Assault",
    ),
    ('in = ["stake"]', 'near = ["stake"]', "[attachment] second_parties", "'near'", "in"),
    ('aims = ["plan"]', 'aims = "plan"', "[attachment] aims", "'plan'", "a list of words"),
    ('aims = ["plan"]', 'hopes = ["plan"]', "[attachment] hopes", "'hopes'", "adverbials"),
    ('object = "told"', 'object = "victim"', "[verbs] carry out", "'victim'", "patient"),
    ("{ actor =", "{ actress =", "[verbs] carry out", "'actress'", "actor"),
    ('default = "topic"', 'place = "topic"', "[verbs] carry out", "default", "default"),
    ('to = "planned"', 'to = "maybe"', "[verbs] carry out", "'maybe'", "hypothetical"),
    ('{ to = "planned"', '{ too = "planned"', "[verbs] carry out", "'too'", "obj_to"),
    ("complement = {", "complements = {", "[verbs] carry out", "'complements'", "complement"),
    ('"carry out"', '"Carry Out"', "[verbs] Carry Out", "lower case", "lower case"),
    ('verb = "strike"', 'verb = "hit"', "[nouns] strike", "'hit'", "[verbs]"),
    ('plover = "ASSAULT"', 'plover = "ASSAULTS"', "[classes] Assault", "'ASSAULTS'", "ASSAULT"),
    ('plover = "ASSAULT"', 'plover = "AID"', "[classes] Assault", "'AID'", "Aid"),
    ('parent = "Event"', 'parent = "Events"', "[classes] Assault", "'Events'", "Event"),
    ('parent = "Event"', 'parent = "Assault"', "[classes] Assault", "ancestor", "Assault < Assault"),
    ('comment = "Violence."', "", "[classes] Assault", "comment", "comment"),
    ("strike = [{ when", "hit = [{ when", "[senses] hit", "'hit'", "strike"),
    ("when = { subject", "when = { agent", "[senses] strike", "'agent'", "subject"),
    ('class = "Event", object = "topic"', 'class = "Storm"', "[senses] strike", "'Storm'", "Event"),
    ('only = ["Assault"]', 'only = ["attack"]', "[light_verbs] launch", "'attack'", "[nouns]"),
    ('phase = "begin"', 'phase = "start"', "[light_verbs] launch", "'start'", "begin"),
    ('will = "planned"', 'will = "sure"', "[status] modals", "'sure'", "planned"),
    ("[status.modals]", "[status.verbs]", "[status] verbs", "'verbs'", "modals"),
    ("[reporting]", "[report]", "[report]", "'report'", "reporting"),
    ("in = ", "in ", "cannot be read", "line", "correct"),
]


@pytest.mark.parametrize(("old", "new", "entry", "value", "allowed"), BROKEN)
def test_errors_name_file_entry_value_and_what_is_allowed(tmp_path, old, new, entry, value, allowed):
    assert old in SMALL
    path = _write(tmp_path, SMALL.replace(old, new, 1))
    with pytest.raises(LexiconError) as caught:
        load_lexicon(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    for part in (entry, value, allowed):
        assert part in message


def test_errors_name_the_line(tmp_path):
    path = _write(tmp_path, SMALL.replace('object = "told"', 'object = "victim"'))
    line = (
        SMALL.splitlines().index(
            '"carry out" = { class = "Event", object = "told", complement = { to = "planned" } }'
        )
        + 1
    )
    with pytest.raises(LexiconError, match=rf"lexicon\.toml:{line}: "):
        load_lexicon(path)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(LexiconError, match=r"missing\.toml: cannot be read"):
        load_lexicon(tmp_path / "missing.toml")

"""Words of events that tell of none where they stand: nouns for things and for what something is worth, participles.

Which nouns is data of the lexicon ([kinds], "nouns that tell of no event"); where, is grammar.
"""

from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, first_conjunct, has_child

__all__ = ["is_no_verb_of_event", "names_a_thing"]

# ------------------------------------------------------------------ nouns


def names_a_thing(reading: Reading, noun: Token) -> bool:
    """Tell whether a noun that may be an event's name is here that of a thing, a measure or a judgement.

    - A thing or trade, in the plural: "the *works* of Ibsen", "the main *occupations* are".
    - Who something happened to, where the tagger has a noun: "care for the *wounded*".
    - A measure: "a *hint* of salt", "a *flood* of letters", not "the flood of 1953".
    - What something is worth or made of: "the visit was a *success*", "the name is a *combination* of two words"; not "a
      *success* for which he fought".
    - What kind of place or work a name is: "Holm Barrage is a *barrage* on the Lena".
    - How a law sees it: "it is an *offence* to enter".
    - What a thing has or bears: "equations and their *applications*", "the name and *address* of the owner".
    - Goods, by what is done to them: "lorries carrying *aid*", "the *supplies* were burnt".
    - A sequence: "in *order* of length", "in *order* to rest".

    Limits: the lists of [kinds]; a predicate noun elsewhere is an event ("the raid was an *attack* on us").
    """
    kinds, lemma = reading.lexicon.kinds, noun.lemma
    if noun.tag_ == "NNS" and lemma in kinds.get("things", ()):
        return True
    if lemma != noun.lower_ and noun.lower_.endswith("ed"):
        return True
    if lemma in kinds.get("portion", ()) and _measures(noun):
        return True
    if lemma in kinds.get("supplies", ()) and _is_handled(noun, kinds.get("handling", frozenset())):
        return True
    if lemma == "order" and _is_sequence_itself(noun):
        return True
    if has_child(noun, "cop") and not case_of(noun):
        return _only_judges(reading, noun)
    if noun.dep_ != "conj":
        return False
    first = _member_before(noun)
    marks = kinds.get("mark", frozenset())
    return marks.issuperset((lemma, first.lemma)) or _is_of_a_thing(reading, noun, first)


def _is_handled(noun: Token, handling: frozenset[str]) -> bool:
    """Tell whether something is done to a noun that is only done to things: "*destroyed* aid", "aid *stolen* from a store"."""
    first = first_conjunct(noun)
    if first.dep_ in ("obj", "nsubj:pass") and first.head.lemma in handling:
        return True
    return any(c.lemma in handling and c.tag_ == "VBN" for c in children(noun, "acl"))


def _measures(noun: Token) -> bool:
    indefinite = any(c.lower_ in ("a", "an", "any", "no") for c in children(noun, "det"))
    return indefinite and any(case_of(c) == "of" for c in children(noun, "nmod"))


def _only_judges(reading: Reading, noun: Token) -> bool:
    kinds = reading.lexicon.kinds
    if noun.lemma in kinds.get("appraisal", ()):
        return True
    subject = next(iter(children(noun, "nsubj", "expl")), None)
    if subject is None:
        return False
    if noun.lemma in kinds.get("offence", ()):
        return subject.lower_ == "it"
    mention = reading.mention(antecedent(subject))
    if mention is None or mention.kind != "name":
        return False
    return mention.type in _SITES or noun.lemma in mention.span.text.lower().split()


_SITES = ("Facility", "Product", "Work")


def _member_before(noun: Token) -> Token:
    """The member of a coordination right before a later one: in "rings, equations and their uses" the equations."""
    first = first_conjunct(noun)
    return max((c for c in (first, *children(first, "conj")) if c.i < noun.i), key=lambda c: c.i)


def _is_of_a_thing(reading: Reading, noun: Token, first: Token) -> bool:
    """Tell whether "its" or "their" before a noun means the thing that it is coordinated with, which does not act."""
    owner = next(iter(children(noun, "nmod:poss")), None)
    frame = reading.lexicon.noun(noun.lemma)
    if owner is None or owner.lower_ not in ("its", "their") or frame is None or not frame.possessive:
        return False
    plain = first.pos_ == "NOUN" and reading.mention(first) is None and not reading.event_noun(first)
    agrees = (first.tag_ == "NNS") == (owner.lower_ == "their")
    spoken = reading.lexicon.is_any(frame.event_class, ("Request", "Communication"))
    return plain and agrees and spoken


# ------------------------------------------------------------------ verbs


def is_no_verb_of_event(verb: Token) -> bool:
    """Tell whether a verb's form tells of no event: a participle that serves as a noun, preposition or adjective.

    - Who something happened to: "aid for the *displaced*", "the *accused* was silent".
    - A preposition: "*compared* with last year", "*based* on a survey, ...", "*given* the weather, ..." (Huddleston and Pullum
      2002, 7.2.3); not "was compared with", "a novel based on his life", "given the chance to".
    - How things are put one after the other: "in order of *decreasing* length".
    - A compound of a noun and a participle: "the boilers are gas-*fired*"; not "the town was fire-*bombed* in May".

    Limits: only the participles listed; compounds without a hyphen.
    """
    if verb.tag_ not in ("VBN", "VBD", "VBG"):
        return False
    if verb.tag_ == "VBG" and verb.lemma in _CHANGING and _is_sequence(verb):
        return True
    return _is_people(verb) or _is_preposition(verb) or _is_compound(verb)


def _is_people(verb: Token) -> bool:
    if verb.dep_ not in _NOMINAL or verb.tag_ == "VBG" or has_child(verb, "obj", "nsubj", "aux", "aux:pass"):
        return False
    return any(c.lower_ in ("the", "those", "these") and c.i < verb.i for c in children(verb, "det"))


_NOMINAL = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "conj")


def _is_preposition(verb: Token) -> bool:
    wanted = _AS_PREPOSITION.get(verb.lower_)
    if wanted is None or verb.dep_ not in ("advcl", "acl", "obl", "nmod"):
        return False
    if has_child(verb, "nsubj", "nsubj:pass", "aux", "aux:pass", "obl:agent", "mark"):
        return False
    if verb.lower_ != "compared" and verb.dep_ == "acl":
        return False
    below = {c.lower_ for child in children(verb, "obl", "advcl") for c in children(child, "case", "mark")}
    objects = children(verb, "obj")
    bare = bool(objects) and objects[0].i > verb.i and objects[0].lemma not in _GIFTS
    return not wanted.isdisjoint(below) or ("" in wanted and bare)


# what follows a participle that is a preposition; "" an object
_AS_PREPOSITION = {
    "compared": frozenset(("to", "with")),
    "based": frozenset(("on", "upon")),
    "depending": frozenset(("on", "upon")),
    "judging": frozenset(("by", "from")),
    "given": frozenset(("",)),
    "considering": frozenset(("",)),
}
# "*given* the chance, she would go" is a giving
_GIFTS = frozenset("chance choice opportunity option order permission time".split())


def _is_compound(verb: Token) -> bool:
    if verb.i < 2 or verb.tag_ != "VBN" or has_child(verb, "obl:agent", "obl", "advmod"):
        return False
    hyphen, first = verb.nbor(-1), verb.nbor(-2)
    joined = hyphen.text in ("-", "–") and not hyphen.whitespace_ and not first.whitespace_
    if not joined or first.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    beside = any(c.pos_ == "ADJ" for c in children(verb, "conj"))
    auxiliary = next(iter(children(verb, "aux:pass", "cop")), None)
    return beside or verb.dep_ == "acl" or (auxiliary is not None and auxiliary.lower_ in ("is", "are"))


def _is_sequence(verb: Token) -> bool:
    if has_child(verb, "nsubj", "aux"):
        return False
    measure = next(iter(children(verb, "obj")), None)
    if measure is None or measure.i != verb.i + 1:
        return False
    return "order" in (verb.head.lemma, measure.lemma)


def _is_sequence_itself(noun: Token) -> bool:
    bare = not has_child(noun, "det", "nmod:poss")
    return bare and (case_of(noun) == "in" or (noun.dep_ == "obj" and noun.head.lemma in _CHANGING))


_CHANGING = frozenset("ascend decline decrease descend diminish fall grow increase rise".split())

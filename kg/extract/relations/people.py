"""What a text tells of people beside their positions: familyOf, age, bornIn."""

from collections.abc import Iterator

from kg.datamodel import EntityMention, RelationMention
from kg.extract.parse import Token
from kg.extract.phrases import phrase
from kg.extract.reading import Reading
from kg.extract.relations.record import is_stated, person_named, relate
from kg.extract.syntax import case_of, children, conjuncts, has_child

__all__ = ["BIRTHS", "ages", "births", "kin"]

BIRTHS = frozenset(("born", "native"))
"""Words that `births` looks at."""
_OLDEST = 120
_BESIDE = ("appos", "nummod", "amod", "nmod:unmarked", "parataxis", "dep", "acl", "advmod", "conj", "nmod")


def kin(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Family: "*his brother* Brahim", "Brahim is *a brother of* Salah"; unnamed kin is a value: "his *two brothers*"."""
    if token.pos_ not in ("NOUN", "PROPN") or not reading.names.is_kin(token.lemma):
        return
    owners = list(children(token, "nmod:poss")) + [c for c in children(token, "nmod") if case_of(c) == "of"]
    beside = [*children(token, "appos", "flat", "nmod:desc"), token.head]
    if has_child(token, "cop"):
        beside = list(children(token, "nsubj")) if is_stated(reading, token) else []
    named = [m for c in beside if (m := person_named(reading, c)) is not None]
    for owner in owners:
        person = reading.mention(owner)
        if person is None or person.type != "Person":
            continue
        relatives = [m for m in named if m is not person]
        if relatives:
            yield from relate(reading, relatives[0], "familyOf", person, "kin")
        else:
            words = phrase(token)
            start = owner.right_edge.i + 1 if owner.i < token.i else words.start
            while start < token.i and (
                token.parse[start].pos_ == "DET" or token.parse[start].text in ("'s", "’s", "'", "’")
            ):
                start += 1
            yield from relate(reading, person, "familyOf", token.parse[start : token.i + 1], "kin")


def ages(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Ages: "Salah Abdeslam, *26*, ...", "the *26*-year-old Frenchman", "he is *26* years old", "Berg, aged *26*"."""
    if not token.text.isdecimal() or len(token.text) > len(str(_OLDEST)) or not 0 < int(token.text) < _OLDEST:
        return
    number = token.parse[token.i : token.i + 1]
    after = token.idx + len(token)
    rest = reading.document.text[after : after + 12].lower()
    if rest.startswith(("-year-old", " years old", "-year old")):
        yield from relate(reading, _aged(reading, token), "age", number, "age")
    elif token.i > 1 and token.nbor(-1).lower_ == "aged":
        beside = reading.mentions.by_token.get(token.i - 3) if token.nbor(-2).text == "," else None
        named = beside is not None and beside.type == "Person"
        yield from relate(reading, beside if named else _aged(reading, token), "age", number, "age")
    elif token.i > 1 and token.nbor(-1).text == "," and token.dep_ in _BESIDE:
        person = reading.mentions.by_token.get(token.i - 2)
        closed = token.i + 1 >= len(token.parse) or token.nbor(1).is_punct or token.nbor(1).is_space
        if person is not None and person.type == "Person" and closed:
            yield from relate(reading, person, "age", number, "age")


def _aged(reading: Reading, number: Token) -> EntityMention | None:
    """The person that an age describes: the noun that it modifies, or the subject of "is 26 years old"."""
    for ancestor in number.ancestors:
        for token in (ancestor, *children(ancestor, "nsubj")):
            if (mention := reading.mention(token)) is not None and mention.type == "Person":
                return mention
    return None


def births(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Birthplaces: "born in *Mosul*", "*Belgian*-born Salah Abdeslam", "*Paris*-native X"."""
    if token.lower_ not in BIRTHS:
        return
    places = [
        m
        for c in children(token, "obl")
        if case_of(c) in ("in", "at")
        for t in conjuncts(c)
        if (m := reading.mention(t))
    ]
    if token.i > 1 and token.nbor(-1).text == "-" and (before := reading.mentions.by_token.get(token.i - 2)):
        places.append(before)
    persons = [m for c in children(token, "nsubj:pass", "nsubj") if (m := reading.mention(c))]
    persons += [m for a in token.ancestors if (m := person_named(reading, a))]
    for place in places:
        if persons and persons[0].type == "Person" and (place.type == "Place" or place.country):
            yield from relate(reading, persons[0], "bornIn", place, "born")

"""Who holds which position, and whose position it is: holdsPosition, positionOf, memberOf, citizenOf."""

from collections.abc import Iterator

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.datamodel import EntityMention, RelationMention
from kg.extract.events.predicates import lemma_of
from kg.extract.reading import Reading
from kg.extract.relations.record import is_body, person_named, relate
from kg.extract.syntax import case_of, children, has_child, phrase

__all__ = ["appointments", "appositions", "copular_positions", "describe", "titles"]

_NO_TITLE = ("VERB", "AUX", "ADP", "DET", "CCONJ", "SCONJ", "PRON", "PART")
_LONGEST_TITLE = 8  # tokens: "Acting Deputy Assistant Secretary of State ..." loses its tail, not its head
_APPOINT = frozenset("appoint elect name nominate".split())
_SERVE = frozenset("serve become work".split())


def titles(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Titles before names: "*French Foreign Minister* Laurent Fabius"; "*Belgian* Abdelhamid Abaaoud" is a citizen."""
    person = reading.mentions.by_head.get(token.i)
    if person is None or person.kind != "name" or person.type != "Person":
        return
    start = reading.mentions.first_token(person)
    first = start
    while start - first < _LONGEST_TITLE and first > token.sent.start and _in_title(reading.doc[first - 1]):
        first -= 1
    words = reading.doc[first:start]
    if _names_office(reading, words):
        yield from _position(reading, person, words, "title")
    elif len(words) and (mention := reading.mentions.by_head.get(words[-1].i)) and mention.country:
        yield from relate(reading, person, "citizenOf", mention, "title")


def _in_title(token: Token) -> bool:
    joined = token.text in ("-", "'s", "’s")
    return joined or not (token.is_punct or token.is_space or token.pos_ in _NO_TITLE)


def appositions(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Appositions, either way round: "Nowak, *Norway's new minister*"; "*a local physician*, Karim Aziz"."""
    if token.dep_ != "appos":
        return
    for name, noun in ((token.head, token), (token, token.head)):
        person = person_named(reading, name)
        if person is not None and noun.pos_ in ("NOUN", "PROPN") and not noun.ent_type_:
            yield from describe(reading, person, noun, "apposition")


def copular_positions(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Copulas: "Hollande is *president of France*", "Abaaoud was *a Belgian militant*"."""
    if token.pos_ not in ("NOUN", "PROPN") or not has_child(token, "cop"):
        return
    for child in children(token, "nsubj"):
        subject = reading.mention(child)
        if subject is not None and subject.type == "Person":
            yield from describe(reading, subject, token, "copula")


def appointments(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Appointments: "X appointed Y *the lead commander*", "Y was elected *president*", "Y serves *as minister*"."""
    lemma = lemma_of(token)
    if token.pos_ != "VERB" or lemma not in _APPOINT | _SERVE:
        return
    persons = list(children(token, *(("obj", "nsubj:pass") if lemma in _APPOINT else ("nsubj",))))
    posts = [c for c in children(token, "xcomp") if c.pos_ in ("NOUN", "PROPN")]
    posts += [c for c in children(token, "obl") if case_of(c) == "as"]
    for person in persons:
        mention = reading.mention(person)
        for post in posts:
            if mention is not None and mention.type == "Person" and not post.ent_type_:
                yield from _position(reading, mention, phrase(post), "appointment")


def describe(reading: Reading, person: EntityMention, noun: Token, rule: str) -> Iterator[RelationMention]:
    """What a noun says of a person: position, nationality, and with "from" and "of" where and whose it is."""
    words = phrase(noun)
    if reading.names.is_kin(lemma_of(noun)):
        return
    if reading.names.country(noun.text) and (nation := reading.mention(noun)) is not None:
        yield from relate(reading, person, "citizenOf", nation, rule)
        return
    yield from _position(reading, person, words, rule)
    for child in children(noun, "nmod"):
        other = reading.mention(child)
        if other is None:
            continue
        if case_of(child) == "from" and other.type == "Place":
            yield from relate(reading, person, "basedIn", other, rule)
        elif case_of(child) in ("of", "with", "in") and other.type in ("Organization", "Group"):
            yield from relate(reading, person, "memberOf", other, rule)


def _position(
    reading: Reading, person: EntityMention, words: DocSpan, rule: str
) -> Iterator[RelationMention]:
    """A position, and whose it is: a country's or an organisation's that stands in the words.

    Words without an office say something else: with a nationality that the person is a citizen ("a *Belgian* friend"),
    with a body that he or she belongs to it ("an *Islamic State* recruiter").
    """
    words = _without_start(words)
    if not len(words):
        return
    office = rule == "appointment" or _names_office(reading, words)
    if office:
        yield from relate(reading, person, "holdsPosition", words, rule)
    for token in words:
        body = reading.mentions.by_head.get(token.i)
        if body is None or body is person or not is_body(body) or not (body.kind == "name" or body.country):
            continue
        if body.type == "Organization" and not body.country:
            yield from relate(reading, person, "memberOf", body, rule)
        elif office:
            yield from relate(reading, person, "positionOf", body, rule)
        elif body.country and body.kind == "nominal":
            yield from relate(reading, person, "citizenOf", body, rule)


def _without_start(words: DocSpan) -> DocSpan:
    """Leave out what stands before the position: "now the", "'s", "formerly a"."""
    while len(words) and (words[0].pos_ in ("DET", "ADV", "PRON") or words[0].text in ("'s", "’s")):
        words = words[1:]
    return words


def _names_office(reading: Reading, words: DocSpan) -> bool:
    """Tell whether some of the words are a position; a form of address ("Mr.") is none."""
    texts = (words[i:j].text for i in range(len(words)) for j in range(i + 1, min(i + 5, len(words)) + 1))
    return any(reading.names.is_position(text) for text in texts)

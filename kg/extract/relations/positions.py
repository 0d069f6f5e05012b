"""Who holds which position, and whose position it is: holdsPosition, positionOf, memberOf, citizenOf."""

from collections.abc import Iterator

from kg.datamodel import EntityMention, RelationMention
from kg.extract.parse import Token, Tokens
from kg.extract.phrases import phrase
from kg.extract.reading import Reading
from kg.extract.relations.record import is_body, is_stated, person_named, relate
from kg.extract.syntax import case_of, children, has_child

__all__ = ["appointments", "appositions", "copular_positions", "describe", "leaders", "titles"]

_NO_TITLE = ("VERB", "AUX", "ADP", "DET", "CCONJ", "SCONJ", "PRON", "PART")
_LONGEST_OFFICE = 5  # tokens: "chief of the defence staff"
_LONGEST_TITLE = 8  # tokens: "Acting Deputy Assistant Secretary of State ..." loses its tail, not its head
_APPOINT = frozenset("appoint elect name nominate".split())
_SERVE = frozenset("serve become work".split())
_LEAD = frozenset("chair command head lead".split())
_APART = ("between", "during", "from", "since", "until")  # begin what is no part of a title: times and origin
_OF_BODY = (
    "of",
    "for",
    "at",
    "with",
    "in",
)  # "spokesman for the bank"; an ambassador "to Moscow" is not Moscow's


def titles(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Titles before names: "*French Foreign Minister* Laurent Fabius"; "*Belgian* Abdelhamid Abaaoud" is a citizen."""
    person = reading.mentions.by_head.get(token.i)
    if person is None or person.kind != "name" or person.type != "Person":
        return
    start = reading.mentions.first_token(person)
    first = start
    while start - first < _LONGEST_TITLE and first > token.sent.start and _in_title(reading.parse[first - 1]):
        first -= 1
    words = reading.parse[first:start]
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
        if person is not None and noun.pos_ in ("NOUN", "PROPN", "ADJ") and noun.ent_type_ in ("", "NORP"):
            yield from describe(reading, person, noun, "apposition")


def copular_positions(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Copulas: "Hollande is *president of France*", "Abaaoud was *a Belgian militant*"."""
    if token.pos_ not in ("NOUN", "PROPN") or not has_child(token, "cop") or not is_stated(reading, token):
        return
    for child in children(token, "nsubj"):
        subject = reading.mention(child)
        if subject is not None and subject.type == "Person":
            yield from describe(reading, subject, token, "copula")


def appointments(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Appointments: "X appointed Y *the lead commander*", "Y was elected *president*", "Y serves *as minister*"."""
    lemma = token.lemma
    if token.pos_ != "VERB" or lemma not in _APPOINT | _SERVE or not is_stated(reading, token):
        return
    persons = list(children(token, *(("obj", "nsubj:pass") if lemma in _APPOINT else ("nsubj",))))
    posts = [c for c in children(token, "xcomp") if c.pos_ in ("NOUN", "PROPN")]
    posts += [c for c in children(token, "obl") if case_of(c) == "as"]
    for person in persons:
        mention = reading.mention(person)
        for post in posts:
            if mention is not None and mention.type == "Person" and not post.ent_type_:
                yield from _position(reading, mention, phrase(post), "appointment")


def leaders(reading: Reading, token: Token) -> Iterator[RelationMention]:
    """Verbs of leading: "Berg, who *heads* the Red Cross", "he *led* the rebel group"."""
    if token.pos_ != "VERB" or token.lemma not in _LEAD or not is_stated(reading, token):
        return
    for subject in children(token, "nsubj"):
        person = reading.mention(subject)
        for object_ in children(token, "obj"):
            body = reading.mention(object_)
            if person is not None and person.type == "Person" and body is not None:
                if body.type in ("Organization", "Group") and body.kind == "name" and not body.country:
                    yield from relate(reading, person, "positionOf", body, "leader")


def describe(reading: Reading, person: EntityMention, noun: Token, rule: str) -> Iterator[RelationMention]:
    """What a noun says of a person: position, nationality, and with "from" and "of" where and whose it is."""
    words = phrase(noun)
    if reading.names.is_kin(noun.lemma):
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
        elif child.i < _office_words(reading, words).end:
            continue  # "chief *of staff*"
        elif case_of(child) in ("of", "with", "in") and other.type in ("Organization", "Group"):
            yield from relate(reading, person, "memberOf", other, rule)


def _position(reading: Reading, person: EntityMention, words: Tokens, rule: str) -> Iterator[RelationMention]:
    """A position, and whose it is: a country's or an organisation's that stands in the words.

    Words without an office say something else: with a nationality that the person is a citizen ("a *Belgian* friend"),
    with a body that he or she belongs to it ("an *Islamic State* recruiter").
    """
    words = _bare(words)
    if not len(words):
        return
    office = rule == "appointment" or _names_office(reading, words)
    if office:
        yield from relate(reading, person, "holdsPosition", words, rule)
    for token in _whose(words, _office_words(reading, words)):
        body = reading.mentions.by_head.get(token.i)
        if body is None or body is person or not is_body(body) or not (body.kind == "name" or body.country):
            continue
        if body.type == "Organization" and not body.country:
            yield from relate(reading, person, "memberOf", body, rule)
        elif office:
            yield from relate(reading, person, "positionOf", body, rule)
        elif body.kind == "nominal" and reading.names.country(token.text):
            yield from relate(reading, person, "citizenOf", body, rule)


def _whose(words: Tokens, office: Tokens) -> Iterator[Token]:
    """The words of a position that may name whose it is: those before the noun, and after it with "of" or "for".

    Not what only modifies such a phrase ("leader of a *Lebanese* militia") or stands in the office itself ("chief of
    *staff*").
    """
    root, outside = words.root, True
    for token in words:
        outside = outside and token.pos_ != "ADP"
        noun = (
            token.head
            if token.dep_ == "nmod:poss" or (token.dep_ == "nmod" and case_of(token) == "of")
            else token
        )
        after = any(t.dep_ == "nmod" and t.head is root and case_of(t) in _OF_BODY for t in (token, noun))
        inside = office.start <= token.left_edge.i and token.i < office.end
        if (outside or after) and not inside:
            yield token


def _office_words(reading: Reading, words: Tokens) -> Tokens:
    """The office alone, the longest that is known: "French *foreign minister*", "army *chief of staff*"."""
    best = words[0:0]
    for i in range(len(words)):
        for j in range(i + 1, min(i + _LONGEST_OFFICE, len(words)) + 1):
            if j - i > len(best) and reading.names.is_position(words[i:j].text):
                best = words[i:j]
    return best


def _bare(words: Tokens) -> Tokens:
    """Leave out what stands around the position: "now the", "formerly a", "... *from 2011 to 2016*", "... *from Lyon*"."""
    for token in words[1:]:
        if token.dep_ == "case" and token.lower_ in _APART and token.head.dep_ == "nmod":
            words = words[: token.i - words.start]
            break
    while len(words) and (
        words[0].pos_ in ("DET", "ADV", "PRON", "PUNCT") or words[0].lower_ in ("'s", "’s", "-", "then")
    ):
        words = words[1:]
    return words


def _names_office(reading: Reading, words: Tokens) -> bool:
    """Tell whether some of the words are a position; a form of address ("Mr.") is none."""
    return len(_office_words(reading, words)) > 0

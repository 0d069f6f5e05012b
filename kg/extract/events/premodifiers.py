"""What stands before an event noun: nationalities, names, bodies, languages and products that do or undergo it."""

from kg.extract.events.attachment import is_any
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, has_child

__all__ = ["has_product", "premodifier"]


def premodifier(reading: Reading, predicate: Predicate, word: Token) -> Slot | None:
    """The participant that a nationality or a name before an event noun tells of: "*French* airstrikes", "*Kenyan press* reports".

    With a noun for a body behind it, the two are one participant. Who does not act: the name of a contest ("*Stone Cup*
    matches"), the country that has one or votes ("the *Finnish* championship") and the town where people talk or after which
    an agreement is called ("*Geneva* talks", "the *Oslo* accords").
    """
    mention, frame = reading.mention(word), predicate.frame
    if mention is None:
        made = word.dep_ == "compound" and has_product(reading, predicate) and _is_owned(predicate.head)
        return Slot("patient", word) if made else None
    target = reading.target(word)
    known = reading.names.known(mention.span.text)
    state = known is not None and known.country is not None
    if (mention.country and mention.kind == "nominal") or _is_state_by_initials(reading, word):
        if (body := _body_behind(reading, predicate.head, word)) is not None:
            role = frame.compound.of("Organization")
            return Slot(role, body) if role else None
        target = "Organization"
    if (
        mention.country
        and mention.kind == "nominal"
        and predicate.head.lemma in reading.lexicon.kinds.get("wording", ())
    ):
        return None  # a language: "an *English* translation"
    if is_any(reading, frame, _NATIONAL) and mention.kind == "nominal":
        return Slot("place", word)
    if is_any(reading, frame, ("Contest",)) and (target == "Event" or word.lower_ in _CONTESTS):
        return Slot("topic", word)
    if target == "Place" and not state and is_any(reading, frame, ("Agree", "Consult")):
        return Slot("place", word)
    role = frame.compound.of(target)
    return Slot(role, word) if role else None


_NATIONAL = ("Contest", "Election")
_CONTESTS = frozenset("bowl cup derby grand league open prix series tour tournament trophy".split())


def _body_behind(reading: Reading, event: Token, word: Token) -> Token | None:
    """The noun for a body between a nationality and an event noun: "Kenyan *press* reports", "US *army* raids"."""
    for noun in children(event, "compound"):
        if noun.i == word.i + 1 and reading.names.nominals.get(noun.lower_) in ("Organization", "Group"):
            return noun
    return None


def _is_state_by_initials(reading: Reading, token: Token) -> bool:
    """Tell whether initials name a state, which do for the adjective that it lacks: "*US* strikes"."""
    letters = token.text.replace(".", "")
    known = reading.names.known(token.text) if 2 <= len(letters) <= 4 and letters.isupper() else None
    return known is not None and known.country is not None and known.type == "Place"


def has_product(reading: Reading, predicate: Predicate) -> bool:
    """Tell whether a noun before one of making says what is made, so that "of" says by whom: "*oil* output of Norway"."""
    if not is_any(reading, predicate.frame, ("Production",)):
        return False
    return any(c.pos_ == "NOUN" and reading.mention(c) is None for c in children(predicate.head, "compound"))


def _is_owned(noun: Token) -> bool:
    return has_child(noun, "nmod:poss") or any(case_of(c) == "of" for c in children(noun, "nmod"))

"""Who is the subject of a clause by its place: what it follows, what a relative clause speaks of, what a comma parts from it."""

from kg.extract.events.attachment import ACTORS, appositions_before, is_any, is_aside
from kg.extract.events.keys import longest_key
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import children, conjuncts, is_clausal, is_passive, is_replaced, relative_head

__all__ = [
    "has_second_subject",
    "is_of_event",
    "is_parted",
    "modified",
    "not_only",
    "of_bare_relative",
    "through_relative",
]


def not_only(verb: Token) -> list[Token]:
    """The first of two subjects that the parser left outside: "*Not only the army* but also the police fired"."""
    first = verb.head
    if verb.dep_ != "conj" or first.pos_ not in ("NOUN", "PROPN") or is_clausal(first) or is_replaced(first):
        return []
    return [first] if any(c.lower_ == "only" for c in children(first, "advmod")) else []


def modified(noun: Token, verb: Token, reading: Reading) -> list[Token]:
    """What a clause after a noun speaks of: with a coordination before it all members, "*traders and firms* backing him".

    Only events take place: "*the attack* on a bus that happened in May".
    """
    frame = longest_key(reading, verb)[0]
    if frame is not None and is_any(reading, frame, ("Occurrence",)):
        above = noun
        while above.dep_ == "nmod" and not reading.event_noun(above):
            above = above.head
        noun = above if reading.event_noun(above) else noun
    members = conjuncts(noun)
    return members if all(member.i < verb.i for member in members) else [noun]


def through_relative(verb: Token, reading: Reading) -> list[Token]:
    """A gap inside a relative clause: "a car [they think] *was used*"; what a speech tag parts from its verb.

    "*The reactor*," said the inspector, "*was shut* down": of two subjects of "said" the first is the quoted verb's.
    """
    noun = relative_head(verb)
    if noun is not None:
        return [noun]
    before = [c for c in children(verb.head, "nsubj") if c.i < verb.head.i < verb.i]
    return conjuncts(before[0]) if before and has_second_subject(verb.head) else []


def has_second_subject(verb: Token) -> bool:
    """Tell whether a verb has a subject on either side: "The reactor," *said* the inspector."""
    found = list(children(verb, "nsubj"))
    return len(found) > 1 and found[0].i < verb.i < found[-1].i


def is_parted(verb: Token) -> bool:
    """Tell whether a comma stands before the conjunction of a coordinated verb."""
    conjunction = next((c for c in children(verb, "cc") if c.i < verb.i), None)
    return conjunction is not None and conjunction.i > 0 and verb.parse.tokens[conjunction.i - 1].text == ","


def is_of_event(participle: Token, found: list[Token], reading: Reading) -> bool:
    """Tell whether a participle behind a comma and a passive speaks of what happened: "She was *buried* on Monday, *delayed* by rain".

    Only of what is done to an event ("postponed", "prompted"), and where no event but people or a body undergo the passive.

    Args:
        participle: whose subject is asked for.
        found: the subjects of the verb above.
        reading: the document.
    """
    above = participle.head
    if participle.tag_ != "VBN" or participle.lemma not in _DONE_TO_EVENTS or participle.i < above.i:
        return False
    if not is_passive(above) or above.pos_ != "VERB" or participle.parse.tokens[participle.i - 1].text != ",":
        return False
    return bool(found) and all(reading.target(t) in (*ACTORS, None) for t in found)


_DONE_TO_EVENTS = frozenset(
    "accelerate cancel delay expedite hasten postpone precipitate prompt reschedule spark time trigger".split()
)


def of_bare_relative(verb: Token, reading: Reading) -> list[Token]:
    """A relative clause without pronoun and subject, which English does not have: an apposition is its subject.

    "The rebels, *the army said*, had mined the road", "the minister whose aide *police arrested*".
    """
    return conjuncts(next(appositions_before(verb))) if is_aside(verb) else []

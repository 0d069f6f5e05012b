"""Third-person pronouns: who is spoken of, by agreement, grammar and salience; abstaining where two are as likely.

The resolution procedure of Lappin and Leass (1994): candidates that agree and that binding allows, the most salient one.
"""

from collections.abc import Iterable, Iterator

from kg.extract.coreference.agreement import FEMALE, MALE, NEUTER, PLURAL
from kg.extract.coreference.binding import (
    binder,
    commanded,
    fronted_subject,
    fronted_with,
    is_disjoint,
    local_subjects,
)
from kg.extract.coreference.discourse import SALIENT, Discourse, Referent, carrier_of, function_of, top_of
from kg.extract.events.subjects import subjects
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, children, has_child, is_clausal

__all__ = ["find_referent"]

_PARALLEL = 35  # Lappin and Leass (1994)
_LEAST = {"person": 100.0, "it": 150.0, "its": 150.0, "many": 100.0}  # a candidate's salience
_RUNNER_UP = 0.9  # of the best one's salience: closer ones leave the pronoun open
_SINGULAR = 0.5  # worth of an organisation as "they"
_COMMANDS = (
    120  # worth of being subject of the pronoun's own clause; half in the next one around it, and so on
)
_CONTROLS = 300  # worth of the object whose infinitive a possessive stands in
_SAME_WORD = 40  # worth of "they" left open for "they also" that goes on with it
_TOPIC = 60  # worth of being what the whole text is about
_GENERIC = 0.7  # of "they" for a bare plural in a prepositional phrase: "as well as *bands* like these"
_SPEAKER = 0.7  # of who reports a clause with a person as its subject: "the nurse said *the boy* ran when *he* saw her"
_THING = 0.6  # worth of things as "they"; of anything as "it" where that may be a whole clause


def find_referent(
    reading: Reading, discourse: Discourse, pronoun: Token, sentence: int, barred: set[int]
) -> Referent | None:
    """Return what a third-person pronoun stands for, or None where that is unsure.

    - Reflexives by grammar alone (`binder`): "*Holm* defended *himself*".
    - Else the most salient referent that agrees: "*Berg* met Holm. *She* left." (Berg is a subject, Anna Berg a woman.)
    - Else the subject that a fronted phrase waits for: "In *her* speech, *Berg* ...".

    What the text is about is worth more than its salience. "They" may be plural nouns, groups, coordinations (then no single
    member), names with a plural verb, and, less likely, one organisation; "it" anything but a person,
    less likely where it is an object or in "it is ..."; who says something ("it added that") is a body, a place or a text.

    Limits: a plural of people named apart has no one antecedent and stays open; so does a tie.

    Args:
        reading: the document.
        discourse: what was spoken of before the pronoun.
        pronoun: of the third person.
        sentence: its number in the document.
        barred: ids of referents that cannot be meant: who utters the quotation that the pronoun is in.
    """
    if pronoun.dep_ == "expl":
        return None
    if (bound := binder(pronoun, reading)) is not None:
        referent = discourse.of(reading.mention(bound))
        return referent if referent is not None and worth(pronoun, referent) else None
    subject, must = fronted_subject(pronoun)
    ahead = discourse.of(reading.mention(subject)) if subject is not None else None
    if ahead is not None and not (ahead.is_name and worth(pronoun, ahead)):
        ahead = None
    ranked = sorted(
        _candidates(reading, discourse, pronoun, sentence, barred), key=lambda c: (-c[0], -c[1].head.i)
    )
    if not ranked or (must and ahead is not None):
        return ahead
    if len(ranked) > 1 and ranked[1][0] > _RUNNER_UP * ranked[0][0]:
        return None
    best = ranked[0][1]
    if best is discourse.topic and id(best) in _referents(reading, discourse, commanded(pronoun)):
        return None  # the topic, named where grammar asks for a pronoun: nobody else is meant either
    return best if best.mention is not None else None


def _candidates(
    reading: Reading, discourse: Discourse, pronoun: Token, sentence: int, barred: set[int]
) -> Iterator[tuple[float, Referent]]:
    subjects_here = local_subjects(pronoun, reading)
    apart = _referents(reading, discourse, (*subjects_here, *fronted_with(pronoun))) | barred
    below = _referents(reading, discourse, commanded(pronoun))
    function, least = function_of(pronoun), _LEAST[_sort(pronoun)]
    clauses = _clauses(pronoun)
    controlled = _controller(reading, clauses[0]) if clauses and pronoun.dep_ == "nmod:poss" else []
    speaks = _is_speaker(reading, pronoun)
    speakers = _speakers_above(reading, discourse, pronoun, clauses)
    known = list(discourse.known(sentence, SALIENT))
    members = {t.i for r in known for t in r.members} if pronoun.lower_ in PLURAL else set()
    for referent in known:
        if referent.head.i in members and not referent.members:
            continue  # of "*Mali* and other *states*" both are "they", or neither
        if referent.head.lower_ == "they" and referent.mention is None and not _is_same_subject(pronoun):
            continue
        value = worth(pronoun, referent)
        if value == _SINGULAR and referent is discourse.topic:
            value = 1.0
        if not value or id(referent) in apart or (speaks and not _can_speak(referent)):
            continue
        if id(referent) in below and referent is not discourse.topic:
            continue
        heads = [top_of(head) for head in referent.heads] if referent.last == sentence else []
        if any(is_disjoint(pronoun, head, subjects_here) for head in heads):
            continue
        salience = referent.salience(sentence) + _PARALLEL * (function_of(referent.head) == function != "")
        salience += max((_commands(head, clauses) for head in heads), default=0.0)
        salience += _CONTROLS if any(head in controlled for head in heads) else 0.0
        salience += _TOPIC if referent is discourse.topic else 0.0
        salience += _SAME_WORD if referent.head.lower_ == "they" and referent.mention is None else 0.0
        salience *= _SPEAKER if any(head in speakers for head in heads) else 1.0
        if salience * value >= (least if not speaks else _LEAST["person"]):
            yield salience * value, referent


def _referents(reading: Reading, discourse: Discourse, tokens: Iterable[Token]) -> set[int]:
    """Return the ids of the referents that some words name."""
    return {id(r) for t in tokens if (r := discourse.of(reading.mention(t))) is not None}


def _clauses(pronoun: Token) -> list[Token]:
    """Return the heads of the clauses around a pronoun, its own first."""
    return [token for token in pronoun.ancestors if is_clausal(token)]


def _commands(head: Token, clauses: list[Token]) -> float:
    """Return what a subject is worth by the clause that it is the subject of: the nearest first (Hobbs 1978)."""
    if function_of(head) != "subject":
        return 0.0
    verb = _clause_of(head)
    return _COMMANDS / (clauses.index(verb) + 1) if verb in clauses else 0.0


def _controller(reading: Reading, verb: Token) -> list[Token]:
    """The subject of an infinitive that is the object above: "asked *members* to sell their shares"."""
    if verb.pos_ != "VERB" or has_child(verb, "nsubj", "nsubj:pass"):
        return []
    found = (t for t in subjects(verb, reading)[0] if t.dep_ in ("obj", "iobj") and t != verb.head)
    return [antecedent(t) for t in found]


def _speakers_above(
    reading: Reading, discourse: Discourse, pronoun: Token, clauses: list[Token]
) -> list[Token]:
    """The subjects of verbs of saying above a subject pronoun, if what is said has another person as its subject.

    "*The nurse* said the boy ran away when *he* saw her": he is the boy. Limits: not in the clause said itself.
    """
    if pronoun.dep_ not in ("nsubj", "nsubj:pass"):
        return []
    for clause in clauses[1:]:
        if clause.dep_ != "ccomp" or not reading.lexicon.is_reporting(clause.head.lemma):
            continue
        for subject in children(clause, "nsubj", "nsubj:pass"):
            inner = discourse.of(reading.mention(subject))
            if subject.i < pronoun.i and inner is not None and worth(pronoun, inner):
                return list(children(clause.head, "nsubj"))
    return []


def _clause_of(subject: Token) -> Token:
    """Return what a subject is the subject of, through coordination, titles and stated purposes."""
    return carrier_of(subject).head


def _is_same_subject(pronoun: Token) -> bool:
    """Tell whether a clause adds to what "they" did before: "They met. The king praised his men. *They* also agreed on it".

    Only so does a "they" that was left open count: it goes on with the same subject (Grosz et al. 1995), whoever that is.
    """
    if pronoun.lower_ != "they" or function_of(pronoun) != "subject":
        return False
    return any(c.lower_ == "also" for c in children(pronoun.head, "advmod"))


def _is_speaker(reading: Reading, pronoun: Token) -> bool:
    """Tell whether a pronoun is who says something: "*it* added that ..." is a body, a place or a text."""
    verb = pronoun.head
    return pronoun.dep_ == "nsubj" and verb.pos_ == "VERB" and reading.lexicon.is_reporting(verb.lemma)


def _can_speak(referent: Referent) -> bool:
    return referent.actors if referent.mention is None else referent.mention.type in _SPEAKERS


_SPEAKERS = ("Person", "Organization", "Group", "Place", "Law", "Work")  # a law says what it orders


def _sort(pronoun: Token) -> str:
    word = pronoun.lower_
    if word in NEUTER:
        return "it" if pronoun.dep_ != "nmod:poss" else "its"
    return "many" if word in PLURAL else "person"


def worth(pronoun: Token, referent: Referent) -> float:
    """Return how well a referent agrees with a pronoun in number, gender and sort: 0 not at all, 1 fully."""
    word, mention = pronoun.lower_, referent.mention
    if word in MALE or word in FEMALE:
        if mention is None or mention.type != "Person" or referent.plural or referent.many:
            return 0.0
        return float(referent.gender in (None, "m" if word in MALE else "f"))
    if word in NEUTER:
        if referent.plural or (mention is not None and mention.type == "Person"):
            return 0.0
        return _THING if word == "it" and _is_vague(pronoun, referent) else 1.0
    if referent.many:
        return 1.0
    if referent.plural:
        return (1.0 if _can_speak(referent) else _THING) * (_GENERIC if _is_generic(referent.head) else 1.0)
    if mention is None:
        return 0.0
    return 1.0 if mention.type == "Group" else _SINGULAR if mention.type == "Organization" else 0.0


def _is_generic(head: Token) -> bool:
    """Tell whether a plural only names a sort, inside a prepositional phrase: "as well as *bands* like these"."""
    if head.tag_ != "NNS" or head.dep_ not in ("obl", "nmod", "obl:agent"):
        return False
    return not has_child(head, "det", "nmod:poss", "nummod", "amod", "acl", "acl:relcl", "conj", "cc")


def _is_vague(pronoun: Token, referent: Referent) -> bool:
    """Tell whether "it" may well mean a whole clause: in "it is ...", or as an object of no parallel clause."""
    if function_of(pronoun) == "subject":
        return has_child(pronoun.head, "cop")
    return function_of(pronoun) != function_of(referent.head)

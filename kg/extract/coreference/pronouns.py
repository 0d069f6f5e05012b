"""Third-person pronouns: who is spoken of, by agreement, grammar and salience; abstaining where two are as likely.

The resolution procedure of Lappin and Leass (1994): candidates that agree and that binding allows, the most salient one.
"""

from collections.abc import Iterator

from kg.extract.coreference.agreement import FEMALE, MALE, NEUTER, PLURAL
from kg.extract.coreference.binding import binder, commanded, fronted_subject, is_disjoint, local_subjects
from kg.extract.coreference.discourse import SALIENT, Discourse, Referent, carrier_of, function_of, top_of
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import has_child, is_clausal

__all__ = ["find_referent"]

_PARALLEL = 35  # Lappin and Leass (1994)
_LEAST = {"person": 100.0, "it": 150.0, "its": 150.0, "many": 100.0}  # a candidate's salience
_RUNNER_UP = 0.9  # of the best one's salience: closer ones leave the pronoun open
_SINGULAR = 0.5  # worth of an organisation as "they"
_COMMANDS = (
    120  # worth of being subject of the pronoun's own clause; half in the next one around it, and so on
)
_THING = 0.6  # worth of things as "they"; of anything as "it" where that may be a whole clause


def find_referent(
    reading: Reading, discourse: Discourse, pronoun: Token, sentence: int, barred: set[int]
) -> Referent | None:
    """Return what a third-person pronoun stands for, or None where that is unsure.

    - Reflexives by grammar alone (`binder`): "*Holm* defended *himself*".
    - Else the most salient referent that agrees: "*Berg* met Holm. *She* left." (Berg is a subject, Anna Berg a woman.)
    - Else the subject that a fronted phrase waits for: "In *her* speech, *Berg* ...".

    "They" may be plural nouns, groups, coordinations, and, less likely, one organisation; "it" anything but a person,
    less likely where it is an object or in "it is ..."; who says something ("it added that") is a body or a place.

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
    return ranked[0][1] if ranked[0][1].mention is not None else None


def _candidates(
    reading: Reading, discourse: Discourse, pronoun: Token, sentence: int, barred: set[int]
) -> Iterator[tuple[float, Referent]]:
    subjects_here = local_subjects(pronoun, reading)
    named_here = (*subjects_here, *commanded(pronoun))
    apart = {id(r) for t in named_here if (r := discourse.of(reading.mention(t))) is not None} | barred
    function, least = function_of(pronoun), _LEAST[_sort(pronoun)]
    clauses = _clauses(pronoun)
    speaks = _is_speaker(reading, pronoun)
    for referent in discourse.known(sentence, SALIENT):
        value = worth(pronoun, referent)
        if not value or id(referent) in apart or (speaks and not _can_speak(referent)):
            continue
        heads = [top_of(head) for head in referent.heads] if referent.last == sentence else []
        if any(is_disjoint(pronoun, head, subjects_here) for head in heads):
            continue
        salience = referent.salience(sentence) + _PARALLEL * (function_of(referent.head) == function != "")
        salience += max((_commands(head, clauses) for head in heads), default=0.0)
        if salience * value >= (least if not speaks else _LEAST["person"]):
            yield salience * value, referent


def _clauses(pronoun: Token) -> list[Token]:
    """Return the heads of the clauses around a pronoun, its own first."""
    return [token for token in pronoun.ancestors if is_clausal(token)]


def _commands(head: Token, clauses: list[Token]) -> float:
    """Return what a subject is worth by the clause that it is the subject of: the nearest first (Hobbs 1978)."""
    if function_of(head) != "subject":
        return 0.0
    verb = _clause_of(head)
    return _COMMANDS / (clauses.index(verb) + 1) if verb in clauses else 0.0


def _clause_of(subject: Token) -> Token:
    """Return what a subject is the subject of, through coordination, titles and stated purposes."""
    return carrier_of(subject).head


def _is_speaker(reading: Reading, pronoun: Token) -> bool:
    """Tell whether a pronoun is who says something: "*it* added that ..." is nothing but a body or a place."""
    verb = pronoun.head
    return (
        pronoun.dep_ == "nsubj" and verb.pos_ == "VERB" and reading.lexicon.is_reporting(verb.lemma_.lower())
    )


def _can_speak(referent: Referent) -> bool:
    return referent.actors if referent.mention is None else referent.mention.type in _SPEAKERS


_SPEAKERS = ("Person", "Organization", "Group", "Place")


def _sort(pronoun: Token) -> str:
    word = pronoun.lower_
    if word in NEUTER:
        return "it" if pronoun.dep_ != "nmod:poss" else "its"
    return "many" if word in PLURAL else "person"


def worth(pronoun: Token, referent: Referent) -> float:
    """Return how well a referent agrees with a pronoun in number, gender and sort: 0 not at all, 1 fully."""
    word, mention = pronoun.lower_, referent.mention
    if word in MALE or word in FEMALE:
        if mention is None or mention.type != "Person" or referent.plural:
            return 0.0
        return float(referent.gender in (None, "m" if word in MALE else "f"))
    if word in NEUTER:
        if referent.plural or (mention is not None and mention.type == "Person"):
            return 0.0
        return _THING if word == "it" and _is_vague(pronoun, referent) else 1.0
    if referent.plural:
        return 1.0 if _can_speak(referent) else _THING
    if mention is None:
        return 0.0
    return 1.0 if mention.type == "Group" else _SINGULAR if mention.type == "Organization" else 0.0


def _is_vague(pronoun: Token, referent: Referent) -> bool:
    """Tell whether "it" may well mean a whole clause: in "it is ...", or as an object of no parallel clause."""
    if function_of(pronoun) == "subject":
        return has_child(pronoun.head, "cop")
    return function_of(pronoun) != function_of(referent.head)

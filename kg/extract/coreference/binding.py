"""Where grammar alone forbids or forces that two phrases are one: binding, phrases inside each other, who speaks.

The syntactic filter of Lappin and Leass (1994), after principles A and B of Chomsky (1981), on Universal Dependencies.
"""

from kg.extract.coreference.agreement import REFLEXIVE
from kg.extract.events.subjects import subjects
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, children, conjuncts, first_conjunct, has_child, is_clausal

__all__ = ["binder", "commanded", "fronted_subject", "fronted_with", "is_disjoint", "local_subjects"]

_ARGUMENTS = ("obj", "iobj", "obl", "obl:agent")
_NOMINAL_LINKS = ("nmod", "nmod:poss", "compound", "amod", "appos", "flat", "nmod:desc", "nummod", "det")
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")


def local_subjects(pronoun: Token, reading: Reading) -> list[Token]:
    """Return the logical subjects of the verb that a pronoun is an object or adjunct of; none for a possessive.

    "*Berg* told her", "*Berg* promised to help her": both exclude that "her" is Berg.
    """
    argument = first_conjunct(pronoun)
    if argument.dep_ not in _ARGUMENTS:
        return []
    verb = argument.head
    own = list(children(verb, *_SUBJECTS))
    found = own or (subjects(verb, reading)[0] if verb.pos_ in ("VERB", "AUX") else [])
    return [member for token in found for member in conjuncts(antecedent(token))]


def commanded(pronoun: Token) -> list[Token]:
    """Return the words that a subject pronoun commands, none of which can be what it stands for (principle C).

    "*He* described *Holm* as ...", "*She* said that *Berg* ...": whoever is named after the verb is somebody else.
    """
    if pronoun.dep_ not in _SUBJECTS:
        return []
    return [t for t in pronoun.head.subtree if t.i > pronoun.i and t.pos_ in ("PROPN", "NOUN")]


def fronted_with(pronoun: Token) -> list[Token]:
    """Return what stands beside a subject pronoun in a fronted participle clause, whose logical subject or object it is.

    "Founded by *two brothers*, *it* grew": it is what was founded (principle B).
    """
    if pronoun.dep_ not in _SUBJECTS:
        return []
    clauses = [c for c in children(pronoun.head, "advcl") if c.i < pronoun.i and c.tag_ in ("VBN", "VBG")]
    bare = [c for c in clauses if not has_child(c, *_SUBJECTS)]
    beside = [t for c in bare for a in children(c, *_ARGUMENTS) for t in conjuncts(antecedent(a))]
    return beside + [named for token in beside for named in children(token, "appos")]


def is_disjoint(pronoun: Token, head: Token, subjects_here: list[Token]) -> bool:
    """Tell whether grammar keeps a pronoun and a phrase before it apart.

    - Principle B: not the subject or another object of its own verb ("*Berg* criticised *her*").
    - i-within-i: not a phrase that it stands inside of ("*his* brother"; "the owner of *its* shares"), unless a relative
      clause lies between ("the *man* who lost *his* job").
    - A possessive is not what stands beside its own noun ("*his* brother *Tom*").
    - Not a member of its own coordination ("*Berg* and *her*"; but "*Berg* and *her* party").

    Limits: adjunct phrases far from the verb are treated as its arguments ("Berg put the bag beside her" stays open).
    """
    if pronoun.dep_ == "nmod:poss":
        owned = pronoun.head
        beside = head.head == owned and head.dep_ in ("appos", "flat", "nmod:desc", "compound")
        return head == owned or beside or _is_inside(pronoun, head)
    own = first_conjunct(pronoun)
    both_arguments = head.dep_ in _ARGUMENTS and own.dep_ in _ARGUMENTS and head.head == own.head
    return head in subjects_here or both_arguments or first_conjunct(head) == own or _is_inside(pronoun, head)


def _is_inside(pronoun: Token, head: Token) -> bool:
    token = pronoun
    while token != head:
        if token.dep_ not in _NOMINAL_LINKS or token.head == token:
            return False
        token = token.head
    return True


def binder(reflexive: Token, reading: Reading) -> Token | None:
    """Return the head of what a reflexive stands for (principle A): the subject of its clause, or what it stresses.

    "*Holm* defended himself", "the rebels promised to defend *themselves*", "the *minister* himself". Limits: objects
    are no binders ("told Holm about himself"), neither is a noun's owner ("Holm's picture of himself").
    """
    if reflexive.lower_ not in REFLEXIVE:
        return None
    governor = reflexive.head
    if (
        reflexive.dep_ in ("appos", "nmod", "nmod:unmarked", "nmod:npmod", "flat")
        and governor.i < reflexive.i
    ):
        return antecedent(governor)
    verb = governor
    while not is_clausal(verb) and verb.head is not verb:
        verb = verb.head
    found, _ = subjects(verb, reading)
    found = [token for token in found if token.i < reflexive.i]
    return antecedent(found[0]) if found else None


def fronted_subject(pronoun: Token) -> tuple[Token | None, bool]:
    """Return the subject that a pronoun in a phrase or clause before it may point forward to, and whether it must.

    "In *his* speech, *Holm* said ..." may; "Discussing *his* plan, *Holm* said ..." must, for Holm is who discusses
    (cataphora). Limits: only the nearest main clause counts; "must" holds for most texts, not by grammar.
    """
    for token in (pronoun, *pronoun.ancestors):
        if token.dep_ in ("advcl", "obl") and token.i < token.head.i:
            subject = next(iter(children(token.head, *_SUBJECTS)), None)
            bare = token.dep_ == "advcl" and token.tag_ in ("VBG", "VBN") and not has_child(token, *_SUBJECTS)
            return (subject, bare) if subject is not None and subject.i > pronoun.i else (None, False)
        if token.dep_ in ("ccomp", "parataxis", "acl:relcl"):
            break
    return None, False

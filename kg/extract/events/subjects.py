"""Who is the logical subject of a verb: its own, or one that it shares, is controlled by, or takes from its surroundings."""

from kg.extract.events.attachment import (
    ACTORS,
    appositions_before,
    completed_by,
    governor_frame,
    is_any,
    is_aside,
)
from kg.extract.events.keys import lemma_of, longest_key
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import (
    antecedent,
    case_of,
    children,
    conjuncts,
    first_conjunct,
    has_child,
    infinitive_above,
    is_clausal,
    is_passive,
    is_relative_pronoun,
    is_replaced,
    modified_by,
    relative_head,
)

__all__ = ["is_complement", "subjects"]


def subjects(verb: Token, reading: Reading) -> tuple[list[Token], bool]:
    """Return the logical candidates for a verb's subject, and whether the verb is passive for them.

    Own subject ("*France* invoked"), shared by coordination ("X came and *saw*"), controlled ("asked *X* to help",
    "*X* promised to help"), taken from what a clause modifies ("militants *targeting* Kurds", "the car *seen* there") or
    from the main clause ("X left, *saying* so"). Cycles cannot occur: each step goes up the tree.

    Each verb is read once; many rules ask.

    Not handled: arbitrary control ("it is hard to say"), split antecedents.
    """
    if (known := reading.subjects.get(verb.i)) is None:
        known = reading.subjects[verb.i] = _read_subjects(verb, reading)
    return known


def _read_subjects(verb: Token, reading: Reading) -> tuple[list[Token], bool]:
    own = [c for c in children(verb, "nsubj", "nsubj:pass", "nsubj:outer") if c.lower_ != "there"]
    passive = is_passive(verb)
    if own and _is_expletive(own[-1], verb, passive):
        return [], passive
    if own:
        nearest = own[-1]
        if is_relative_pronoun(nearest):
            return _modified(antecedent(nearest), verb, reading), passive
        if nearest.dep_ == "nsubj:outer" and _mark(verb) == "to":
            return _with_aim(nearest, reading), passive
        return [*_not_only(verb), *conjuncts(nearest)], passive
    if has_child(verb, "csubj", "csubj:pass", "expl"):
        return [], passive
    rule = _INHERITED.get(verb.dep_)
    return (rule(verb, reading) if rule else []), passive


def _not_only(verb: Token) -> list[Token]:
    """The first of two subjects that the parser left outside: "*Not only the army* but also the police fired"."""
    first = verb.head
    if verb.dep_ != "conj" or first.pos_ not in ("NOUN", "PROPN") or is_clausal(first) or is_replaced(first):
        return []
    return [first] if any(c.lower_ == "only" for c in children(first, "advmod")) else []


def _with_aim(noun: Token, reading: Reading) -> list[Token]:
    """Who does what an aim consists in: "the aim of *the club* is to plant trees", "*her* task was to guard it".

    An aim without owner acts no more than that of an event ("the purpose of the visit is to sign"): both are left open. What
    is no aim is the subject itself: "*the dam* is to hold water".
    """
    if lemma_of(noun) not in _AIMS:
        return conjuncts(noun)
    owners = [
        *children(noun, "nmod:poss"),
        *(c for c in children(noun, "nmod") if case_of(c) in ("of", "for")),
    ]
    return [t for c in owners[:1] for t in conjuncts(c) if reading.target(t) != "event"]


_AIMS = frozenset(
    "aim ambition aspiration assignment brief duty function goal hope idea intent intention job mandate mission object"
    " objective obligation plan priority purpose responsibility role strategy target task wish work".split()
)


def _is_expletive(token: Token, verb: Token, passive: bool) -> bool:
    """Tell whether "it" only keeps the place of a clause: "*it* was reported that ...", "*it* emerged that ..."."""
    if token.lower_ != "it" or token.i > verb.i:
        return False
    if has_child(verb, "csubj", "csubj:pass"):
        return True
    told = any(has_child(c, "mark") for c in children(verb, "ccomp"))
    return told and (passive or lemma_of(verb) in _COMES_TO_LIGHT)


_COMES_TO_LIGHT = frozenset("emerge appear seem transpire happen follow turn".split())


def _shared(verb: Token, reading: Reading) -> list[Token]:
    """Coordination: "police *arrested* two and *searched* a flat", also with a verb and its adjective: "stay calm and *wait*"."""
    first = infinitive_above(verb) or verb.head
    if not is_clausal(first) and first.dep_ == "xcomp":
        first = first.head
    return subjects(first, reading)[0] if is_clausal(first) else []


def _controlled(verb: Token, reading: Reading) -> list[Token]:
    """Infinitive or gerund complement: the object of its governor controls it, or else the governor's subject."""
    return _controller(verb.head, reading)


def _controller(governor: Token, reading: Reading, prep: str | None = None) -> list[Token]:
    """Who controls the complement of a word: its object, else the object of its preposition, else its subject.

    "asked *X* to help", "called on *X* to help", "accused *X* of lying"; but "*X* promised Y to help". A thing does not
    control a gerund of cause, nor what it is used to do: "*X* used gas for killing", "*X* used gas to kill".

    Args:
        governor: a verb, or a noun with an infinitive.
        reading: the document.
        prep: of a gerund; None for an infinitive.
    """
    frame = governor_frame(reading, governor)
    objects = [antecedent(c) for c in children(governor, "obj", "iobj")]
    if prep in ("for", "with", "against") or (frame is not None and is_any(reading, frame, ("Use",))):
        objects = [c for c in objects if reading.target(c) in (*ACTORS, "Place")]
    if frame is not None and " " in frame.key and prep is None:
        objects = objects or [c for c in children(governor, "obl") if case_of(c) == frame.key.split()[-1]]
    if objects and governor.pos_ == "VERB" and not (frame and frame.control == "subject"):
        return conjuncts(objects[-1])
    return subjects(governor, reading)[0]


def _from_main_clause(verb: Token, reading: Reading) -> list[Token]:
    """Participial and purpose clauses: "*X* left, saying so", "*X* came to help", "after escaping, *X* hid".

    The purpose of a passive is that of who acts ("the road was closed by *police* to prevent accidents"), unless somebody
    is moved or something made for it ("*troops* were sent to guard the dam", "*the law* was designed to help"). Below an event noun the noun's own agent is meant
    ("raids to find him"), which is left open.
    """
    if not is_clausal(verb.head):
        return []
    if (governor := completed_by(verb, reading)) is not None:
        return _controller(governor, reading, _mark(verb))
    if is_complement(verb, reading):
        return _controlled(verb, reading)
    if _mark(verb) == "to" and verb.head.pos_ == "VERB":
        return _of_purpose(verb.head, reading)
    if _mark(verb) == "by" and is_passive(verb.head):
        return []  # who is "displaced *by fighting*" does not fight
    return subjects(verb.head, reading)[0]


def _of_purpose(verb: Token, reading: Reading) -> list[Token]:
    """Whose purpose the infinitive after a verb is: who acts, or who is sent: "sent *troops* to guard the dam"."""
    frame = governor_frame(reading, verb)
    sent = frame is not None and is_any(reading, frame, _DISPATCHING)
    found, passive = subjects(verb, reading)
    if not passive:
        moved = [c for c in children(verb, "obj") if reading.target(c) in ACTORS]
        return conjuncts(moved[-1]) if sent and moved else found
    if sent:
        return found
    return [t for c in children(verb, "obl:agent") for t in conjuncts(c)]


_DISPATCHING = (
    *("Motion", "Sending", "Mobilize", "Coerce", "Appointment", "Invitation", "Extradition"),
    *("Creation", "Launch", "Plan", "Intention", "Legislation"),  # what is made for a purpose serves it
)


def _mark(verb: Token) -> str | None:
    """The word that introduces a clause."""
    return next((c.lower_ for c in children(verb, "mark", "case")), None)


def is_complement(verb: Token, reading: Reading) -> bool:
    """Tell whether an infinitive that the parser took for a purpose clause completes its verb.

    "ordered X *to leave*", "called on X *to leave*".
    """
    if not any(c.lower_ == "to" for c in children(verb, "mark")):
        return False
    frame = governor_frame(reading, verb.head)
    if frame is None or "obj_to" not in frame.complement:
        return False
    if has_child(verb.head, "obj", "nsubj:pass"):
        return True
    return any(frame.key.endswith(f" {case_of(c)}") for c in children(verb.head, "obl") if case_of(c))


def _of_modified(verb: Token, reading: Reading) -> list[Token]:
    """Participles and infinitives after a noun: "militants *targeting* Kurds", "the car *seen* there", "plan *to go*"."""
    noun = modified_by(verb)
    if (governor := completed_by(verb, reading)) is not None:
        return _controller(governor, reading, _mark(verb))
    if verb.tag_ in ("VBN", "VBG", "VBD"):
        unmarked = not any(c.dep_ == "mark" for c in verb.lefts)
        return _modified(noun, verb, reading) if unmarked else _possessor(noun, reading)
    mention = reading.mention(noun)
    if mention is not None and mention.type in ACTORS and not reading.event_noun(noun):
        return conjuncts(noun)
    return _possessor(noun, reading)


def _modified(noun: Token, verb: Token, reading: Reading) -> list[Token]:
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


def _possessor(noun: Token, reading: Reading) -> list[Token]:
    """Whose plan, wish or duty it is: "*their* decision to leave", "a decision by *X*", "*X* made a decision to leave".

    Who rejects or ignores a plan has none ("*X* rejected a proposal to leave"), nor has who orders ("*X* gave the order to
    leave") or judges what others do ("*X* praised the pact as a step towards ending it"). All are left open.
    """
    frame = reading.lexicon.noun(lemma_of(noun))
    if frame is not None and is_any(reading, frame, ("Order",)):
        return []
    owners = list(children(noun, "nmod:poss")) or [
        c
        for c in children(noun, "nmod")
        if case_of(c) in ("by", "from") and reading.target(c) in (*ACTORS, "Place")
    ]
    if owners:
        return conjuncts(owners[0])
    governor = first_conjunct(noun).head
    if case_of(noun) == "as" and (judged := governor_frame(reading, governor)) is not None:
        if is_any(reading, judged, _JUDGING):
            return []
    if noun.dep_ in ("obj", "obl") and governor.pos_ == "VERB" and not _is_against(governor, reading):
        return subjects(governor, reading)[0]
    if noun.dep_ == "nsubj:pass" and reading.lexicon.light_verb(lemma_of(governor), lemma_of(noun)):
        return [t for c in children(governor, "obl:agent") for t in conjuncts(c)]
    if has_child(noun, "cop"):
        return subjects(noun, reading)[0]
    return []


_JUDGING = ("Communication", "Support", "Accuse", "Reject")


def _is_against(verb: Token, reading: Reading) -> bool:
    frame = reading.lexicon.verb(lemma_of(verb))
    return frame is not None and is_any(reading, frame, ("Reject", "Accuse"))


def _through_relative(verb: Token, reading: Reading) -> list[Token]:
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


def _of_bare_relative(verb: Token, reading: Reading) -> list[Token]:
    """A relative clause without pronoun and subject, which English does not have: an apposition is its subject.

    "The rebels, *the army said*, had mined the road", "the minister whose aide *police arrested*".
    """
    return conjuncts(next(appositions_before(verb))) if is_aside(verb) else []


_INHERITED = {
    "conj": _shared,
    "xcomp": _controlled,
    "advcl": _from_main_clause,
    "advcl:relcl": _from_main_clause,
    "acl": _of_modified,
    "acl:relcl": _of_bare_relative,
    "ccomp": _through_relative,
}

"""Who is the logical subject of a verb: its own, or one that it shares, is controlled by, or takes from its surroundings."""

from kg.extract.events.attachment import (
    ACTORS,
    completed_by,
    governor_frame,
    is_any,
    is_complement,
    is_expletive,
    mark_of,
)
from kg.extract.events.clause_subjects import (
    is_of_event,
    is_parted,
    modified,
    not_only,
    of_bare_relative,
    through_relative,
)
from kg.extract.events.owners import (
    described,
    holders,
    is_open,
    of_absolute,
    of_aim,
    owner_of,
    perceived,
    recipients_of,
)
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
    modified_by,
    stray_subject,
)

__all__ = ["subjects"]


def subjects(verb: Token, reading: Reading) -> tuple[list[Token], bool]:
    """Return the logical candidates for a verb's subject, and whether the verb is passive for them.

    Own subject ("*France* invoked"), shared by coordination ("X came and *saw*"), controlled ("asked *X* to help",
    "*X* promised to help"), taken from what a clause modifies ("militants *targeting* Kurds", "the car *seen* there") or
    from the main clause ("X left, *saying* so"). Cycles cannot occur: each step goes up the tree.

    Each verb is read once, after those above it, so that no depth of nesting is too deep; many rules ask.

    Not handled: arbitrary control ("it is hard to say"), split antecedents.
    """
    known = reading.subjects
    if verb.i not in known:
        above = [verb]
        for token in verb.ancestors:
            if token.i in known:
                break
            if token.dep_ in _INHERITED and is_clausal(token):
                above.append(token)
        for token in reversed(above):
            known[token.i] = _read_subjects(token, reading)
    return known[verb.i]


def _read_subjects(verb: Token, reading: Reading) -> tuple[list[Token], bool]:
    own = [c for c in children(verb, "nsubj", "nsubj:pass", "nsubj:outer") if c.lower_ != "there"]
    if len(own) > 1 and any(stray_subject(c) is own[-1] for c in children(verb, "xcomp", "ccomp")):
        own.pop()
    passive = is_passive(verb)
    if own and is_expletive(own[-1], verb, passive):
        return [], passive
    if own:
        nearest = own[-1]
        if is_relative_pronoun(nearest):
            return modified(antecedent(nearest), verb, reading), passive
        if nearest.dep_ == "nsubj:outer" and mark_of(verb) == "to":
            return of_aim(nearest, reading), passive
        return [*not_only(verb), *conjuncts(nearest)], passive
    if has_child(verb, "csubj", "csubj:pass", "expl"):
        gerunds = [c for c in children(verb, "csubj", "csubj:pass") if c.tag_ == "VBG" and c.i < verb.i]
        return gerunds, passive
    if (stray := stray_subject(verb)) is not None:
        return conjuncts(stray), False
    rule = _INHERITED.get(verb.dep_)
    return (rule(verb, reading) if rule else []), passive


def _shared(verb: Token, reading: Reading) -> list[Token]:
    """Coordination: "police *arrested* two and *searched* a flat", also with a verb and its adjective: "stay calm and *wait*".

    No event speaks or thinks: "said the search ended and *called* it a success" goes on with who said so.
    """
    first = infinitive_above(verb) or verb.head
    if not is_clausal(first) and first.dep_ == "xcomp":
        first = first.head
    found = subjects(first, reading)[0] if is_clausal(first) else []
    if (
        first.dep_ == "ccomp"
        and found
        and is_parted(verb)
        and all(reading.target(t) == "event" for t in found)
    ):
        frame, speaker = governor_frame(reading, verb), governor_frame(reading, first.head)
        if (
            frame is not None
            and speaker is not None
            and is_any(reading, frame, _OF_MINDS)
            and speaker.reporting
        ):
            return subjects(first.head, reading)[0]
    return found


_OF_MINDS = ("Cognition", "Communication", "Request", "Accuse")


def _controlled(verb: Token, reading: Reading) -> list[Token]:
    """Infinitive or gerund complement: the object of its governor controls it, or else the governor's subject.

    An aim does not do what it consists in: "*the club's* plan involves planting trees".
    """
    if seen := perceived(verb, reading):
        return seen
    if verb.head.pos_ == "ADJ" and (noun := described(verb.head)) is not None:
        return conjuncts(noun)
    found = _controller(verb.head, reading)
    return holders(found, reading, aims=True) if verb.head.lemma in _CONSISTING else found


_CONSISTING = frozenset("entail include involve mean require".split())


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
    elif prep == "to":  # "reduced *them* to begging", but "gave money to rebuilding it"
        objects = [c for c in objects if reading.target(c) in ("Person", "Group")]
    if frame is not None and " " in frame.key and prep is None:
        objects = objects or [c for c in children(governor, "obl") if case_of(c) == frame.key.split()[-1]]
    if objects and governor.pos_ == "VERB" and not (frame and frame.control == "subject"):
        return conjuncts(objects[-1])
    return subjects(governor, reading)[0]


def _from_main_clause(verb: Token, reading: Reading) -> list[Token]:
    """Participial and purpose clauses: "*X* left, saying so", "*X* came to help", "after escaping, *X* hid".

    The purpose of a passive is that of who acts ("the road was closed by *police* to prevent accidents"), unless somebody
    is moved or something made for it ("*troops* were sent to guard the dam", "*the law* was designed to help"). Below an event noun the noun's own agent is meant
    ("raids to find him"), which is left open. An act with an owner stands for that: "*her* win came after training
    for years"; and what happens "as agreed" is the main clause.
    """
    if not is_clausal(verb.head):
        return _of_complement(verb, reading)
    if (governor := completed_by(verb, reading)) is not None:
        return _controller(governor, reading, mark_of(verb))
    if is_complement(verb, reading):
        return _controlled(verb, reading)
    mark = mark_of(verb)
    if mark == "to" and verb.head.pos_ == "VERB" and verb.tag_ != "VBG":
        return _of_purpose(verb.head, reading, is_passive(verb))
    if mark == "by" and is_passive(verb.head):
        return []  # who is "displaced *by fighting*" does not fight
    if mark == "as" and is_passive(verb) and not has_child(verb, "aux:pass"):
        return []
    if mark in (None, "with") and (noun := of_absolute(verb)):
        return noun
    found = subjects(verb.head, reading)[0]
    if mark is None and is_of_event(verb, found, reading):
        return [verb.head]
    if mark is not None and verb.tag_ == "VBG":
        return [h for t in found for h in (holders([t], reading) or [t])]
    return found


def _of_complement(verb: Token, reading: Reading) -> list[Token]:
    """Gerunds below an adjective or a noun: "boats *capable* of carrying it", "*his* rise by bribing judges"."""
    head, mark = verb.head, mark_of(verb)
    if head.pos_ == "ADJ" and (mark == "of" or head.lemma in reading.lexicon.status.adjectives):
        noun = described(head)
        return (
            conjuncts(noun)
            if noun is not None
            else _controlled(head, reading)
            if head.dep_ == "xcomp"
            else []
        )
    return owner_of(head, reading) if verb.tag_ == "VBG" and mark is not None and head.pos_ == "NOUN" else []


def _of_purpose(verb: Token, reading: Reading, undergone: bool = False) -> list[Token]:
    """Whose purpose the infinitive after a verb is: who acts, or who is sent: "sent *troops* to guard the dam".

    What is chosen or made for something undergoes it: "reserved *two halls* to be used for trials".
    """
    frame = governor_frame(reading, verb)
    sent = frame is not None and is_any(reading, frame, _DISPATCHING)
    found, passive = subjects(verb, reading)
    if not passive:
        moved = [c for c in children(verb, "obj") if reading.target(c) in ACTORS]
        if undergone and frame is not None and (sent or is_any(reading, frame, _SETTING_ASIDE)):
            moved, sent = list(children(verb, "obj")), True
        return conjuncts(moved[-1]) if sent and moved else found
    if sent:
        return found
    return [t for c in children(verb, "obl:agent") for t in conjuncts(c)]


_SETTING_ASIDE = ("Decision", "Possession", "Construction", "Production")
_DISPATCHING = (
    *("Motion", "Sending", "Mobilize", "Coerce", "Appointment", "Invitation", "Extradition"),
    *("Creation", "Launch", "Plan", "Intention", "Legislation"),  # what is made for a purpose serves it
)


def _of_modified(verb: Token, reading: Reading) -> list[Token]:
    """Participles and infinitives after a noun: "militants *targeting* Kurds", "the car *seen* there", "plan *to go*"."""
    noun = modified_by(verb)
    if (governor := completed_by(verb, reading)) is not None:
        return _controller(governor, reading, mark_of(verb))
    if is_open(verb):
        return []
    if verb.tag_ in ("VBN", "VBG", "VBD") or (verb.tag_ == "JJ" and verb.pos_ == "VERB"):
        unmarked = not any(c.dep_ == "mark" and c.i > noun.i for c in verb.lefts)  # "*with* two men held"
        return modified(noun, verb, reading) if unmarked else _possessor(noun, reading, infinitive=False)
    mention = reading.mention(noun)
    if mention is not None and mention.type in ACTORS and not reading.event_noun(noun):
        return conjuncts(noun)
    return _possessor(noun, reading)


def _possessor(noun: Token, reading: Reading, *, infinitive: bool = True) -> list[Token]:
    """Whose plan, wish or duty it is: "*their* decision to leave", "a decision by *X*", "*X* made a decision to leave".

    An event has none ("the pact marks a step towards ending it"), but who is given a chance or an order has it. Who rejects
    or ignores a plan has none ("*X* rejected a proposal to leave"), nor has who orders ("*X* gave the order to
    leave") or judges what others do ("*X* praised the pact as a step towards ending it"). All are left open.
    """
    if given := recipients_of(noun, reading):
        return given
    frame = reading.lexicon.noun(noun.lemma)
    if frame is not None and is_any(reading, frame, ("Order",)):
        return []
    if owners := owner_of(noun, reading):
        return owners
    governor = first_conjunct(noun).head
    if case_of(noun) == "as" and (judged := governor_frame(reading, governor)) is not None:
        if is_any(reading, judged, _JUDGING):
            return []
    if noun.dep_ in ("obj", "obl") and governor.pos_ == "VERB" and not _is_against(governor, reading):
        return (
            subjects(governor, reading)[0] if infinitive else holders(subjects(governor, reading)[0], reading)
        )
    if noun.dep_ == "nsubj:pass" and reading.lexicon.light_verb(governor.lemma, noun.lemma):
        return [t for c in children(governor, "obl:agent") for t in conjuncts(c)]
    if has_child(noun, "cop"):
        return subjects(noun, reading)[0] if infinitive else holders(subjects(noun, reading)[0], reading)
    return []


_JUDGING = ("Communication", "Support", "Accuse", "Reject")


def _is_against(verb: Token, reading: Reading) -> bool:
    frame = reading.lexicon.verb(verb.lemma)
    return frame is not None and is_any(reading, frame, ("Reject", "Accuse"))


_INHERITED = {
    "conj": _shared,
    "xcomp": _controlled,
    "advcl": _from_main_clause,
    "advcl:relcl": _from_main_clause,
    "acl": _of_modified,
    "acl:relcl": of_bare_relative,
    "ccomp": through_relative,
}

"""What an event is called: "François Hollande orders strikes on Raqqa", "Abdelhamid Abaaoud is killed", "attack on Raqqa by X".

Composed from predicate and participants in the present tense; the verb carries the status ("will", "may", "does not"), so that
a label never says more than the text does. Prepositions are those of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.datamodel import Role, Status
from kg.resolve.inflect import past_participle, third_person

__all__ = ["Part", "label_noun", "label_verb", "preposition_before"]

_PREPOSITIONS = frozenset(
    "about across after against along among around at before behind below beside between beyond by down during for from"
    " in inside into near of off on onto over past through throughout to toward towards under until upon via with within"
    " without".split()
)
_NOUN_DEFAULTS: dict[Role, str] = {
    "agent": "by",
    "patient": "of",
    "recipient": "to",
    "instrument": "with",
    "topic": "on",
    "place": "in",
    "source": "from",
    "destination": "to",
}
_VERB_DEFAULTS: dict[Role, str] = {
    "recipient": "",
    "instrument": "with",
    "place": "in",
    "source": "from",
    "destination": "to",
}
_NOUN_STATUS: dict[Status, str] = {
    "asserted": "",
    "planned": "planned ",
    "ordered": "ordered ",
    "requested": "requested ",
    "possible": "possible ",
    "hypothetical": "hypothetical ",
    "negated": "no ",
}
_NOBODY = re.compile(r"\s*(?:nobody|no|none|neither|nothing)(?!\S)", re.IGNORECASE)
_LONGEST = 64  # characters of one part
_MOST = 3  # parts of one role


@dataclass(frozen=True, slots=True)
class Part:
    """A participant as a label says it: its name or words, the preposition before them, whether they are plural."""

    role: Role
    text: str
    preposition: str = ""
    plural: bool = False


def preposition_before(sentence: str, offset: int) -> str:
    """Return the preposition that stands right before an offset of a sentence, or "".

    >>> preposition_before("They called for strikes on Raqqa", 27)
    'on'
    """
    match = re.search(r"([A-Za-z]+)\s+$", sentence[max(0, offset - 24) : offset])
    return match[1].lower() if match and match[1].lower() in _PREPOSITIONS else ""


def label_verb(predicate: str, status: Status, parts: Sequence[Part], *, patient_acts: bool = False) -> str:
    """Return the label of an event that a verb tells of.

    Args:
        predicate: base form, with particle.
        status: what the verb form says.
        parts: in the order of the text.
        patient_acts: the patient is the subject without a passive: "a bomb explodes".
    """
    agents, patients = _of(parts, "agent"), _of(parts, "patient")
    if agents:
        nobody = status == "negated" and _NOBODY.match(agents[0].text) is not None
        status = "asserted" if nobody else status  # the subject says it: "nobody apologises"
        verb = _active(predicate, status, plural=_is_plural(agents))
        words = [_join(agents), verb, _objects(predicate, parts, patients)]
    elif patients and patient_acts:
        verb = _active(predicate, status, plural=_is_plural(patients))
        words = [_join(patients), verb, _objects(predicate, parts, [])]
    elif patients:
        verb = _passive(predicate, status, plural=_is_plural(patients))
        words = [_join(patients), verb, _objects(predicate, parts, [])]
    else:
        words = ["not" if status == "negated" else "", predicate, _objects(predicate, parts, [])]
        words.append(f"({status})" if status not in ("asserted", "negated") else "")
    return _tidy(words)


def label_noun(noun: str, status: Status, parts: Sequence[Part], *, mutual: bool = False) -> str:
    """Return the label of an event that a noun tells of; `mutual`: "talks between A and B"."""
    words = [_NOUN_STATUS[status] + noun]
    for role in ("patient", "topic", "recipient", "source", "destination", "agent", "place"):
        found = [part for part in parts if part.role == role and part.text not in " ".join(words)]
        if not found:
            continue
        if role == "agent" and mutual and len(found) > 1:
            words += ["between", _join(found)]
        else:
            words += [_preposition_of(found, _NOUN_DEFAULTS[found[0].role]), _join(found)]
    return _tidy(words)


def _of(parts: Sequence[Part], role: Role) -> list[Part]:
    return [part for part in parts if part.role == role]


def _is_plural(parts: Sequence[Part]) -> bool:
    return len(parts) > 1 or parts[0].plural


def _active(predicate: str, status: Status, *, plural: bool) -> str:
    be, do = ("are", "do") if plural else ("is", "does")
    return {
        "asserted": predicate if plural else third_person(predicate),
        "planned": f"will {predicate}",
        "ordered": f"{be} ordered to {predicate}",
        "requested": f"{be} asked to {predicate}",
        "possible": f"may {predicate}",
        "hypothetical": f"would {predicate}",
        "negated": f"{do} not {predicate}",
    }[status]


def _passive(predicate: str, status: Status, *, plural: bool) -> str:
    be, done = ("are" if plural else "is"), past_participle(predicate)
    return {
        "asserted": f"{be} {done}",
        "planned": f"will be {done}",
        "ordered": f"{be} ordered to be {done}",
        "requested": f"{be} asked to be {done}",
        "possible": f"may be {done}",
        "hypothetical": f"would be {done}",
        "negated": f"{be} not {done}",
    }[status]


def _objects(predicate: str, parts: Sequence[Part], patients: Sequence[Part]) -> str:
    """What follows the verb: the patients, then the roles that say most, places last."""
    last = predicate.rsplit(" ", 1)[-1]
    words: list[str] = []
    recipients = _of(parts, "recipient")
    if recipients and not patients:
        words += [_preposition_of(recipients, "", but=last), _join(recipients)]
    if patients:
        words += [_preposition_of(patients, "", but=last), _join(patients)]
    if topics := _of(parts, "topic"):
        words += [_preposition_of(topics, "", but=last), _join(topics)]
    if recipients and patients:
        words += [_preposition_of(recipients, "to", but=last), _join(recipients)]
    for role in ("source", "destination", "place"):
        said = " ".join(words)
        found = [part for part in parts if part.role == role and part.text not in said]
        if found:
            words += [_preposition_of(found, _VERB_DEFAULTS[found[0].role], but=last), _join(found)]
    return " ".join(words)


def _preposition_of(parts: Sequence[Part], default: str, but: str = "") -> str:
    found = next((part.preposition for part in parts if part.preposition), default)
    return "" if found == but else found


def _join(parts: Sequence[Part]) -> str:
    """Return "A, B and C": each name once, what is too much counted."""
    texts = list(dict.fromkeys(_short(part.text) for part in parts))
    if len(texts) > _MOST:
        texts = [*texts[:_MOST], f"{len(texts) - _MOST} more"]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def _tidy(words: Sequence[str]) -> str:
    return " ".join(" ".join(word for word in words if word).split())

"""What the mentions of a document do in its events, and which cities speak for governments.

A capital that acts as only a state can ("*Moscow* would intensify its strikes", "*Paris* called for help") is read as the state:
the place-for-institution metonymy of Markert and Nissim (2002), by role and event class alone. Brussels, which may be Belgium
or the European Union, stays a city.
"""

from collections import defaultdict
from dataclasses import dataclass

from kg.datamodel import Argument, EntityMention, EventMention, Extraction, Role
from kg.extract.frames import Lexicon

__all__ = ["Use", "acts_as_state", "government_reason", "is_foe", "uses_of"]

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Use:
    """A role in an event mention; "source" stands for who is reported as saying it, "relation" for an end of one."""

    role: Role | str
    type: str
    words: str
    has_patient: bool = False


# what only a state, and not a city, is told to do beside the PLOVER categories
_STATE_ACTS = ("Communication", "Cognition", "Governance", "Transfer")
_CITY_ACTS = ("PROTEST",)
_ASKED = (
    "Communication",
    "Request",
    "Consult",
    "Accuse",
    "Threaten",
    "Sanction",
    "Transfer",
    "Cooperate",
    "Aid",
)
_OF_CITIES = ("Visit", "Invitation", "Evacuation", "Rescue", "Treatment", "Vote", "Perception", "Discovery")
# PLOVER categories that even a plural without "the" is told of as a state, and those of which a people is the victim
_FORCE = ("SANCTION", "MOBILIZE", "COERCE")
_SUFFERED = ("PROTEST", "ASSAULT", "COERCE", "AID")
_FOUGHT, _HOSTILE = ("Contest",), ("ASSAULT", "THREATEN")
_TWO_POWERS = frozenset({"BE", "VA", "SM", "MC", "LU", "SG"})


def uses_of(extraction: Extraction) -> dict[Range, list[Use]]:
    """Return what each mention of a document does, by the mention's offsets."""
    found: dict[Range, list[Use]] = defaultdict(list)
    for event in extraction.event_mentions:
        has_patient = any(a.role == "patient" for a in event.arguments)
        for argument in event.arguments:
            if argument.mention is not None:
                role = "modifier" if _is_modifier(argument, event) else argument.role
                use = Use(role, event.type, event.trigger.text, has_patient)
                found[argument.mention.span.range].append(use)
        for source in event.attributed_to:
            if source.mention is not None:
                found[source.mention.span.range].append(Use("said", event.type, event.trigger.text))
    for relation in extraction.relation_mentions:
        for end in (relation.subject, relation.object):
            if end is not None:
                found[end.span.range].append(Use("relation", relation.property, relation.span.text))
    return dict(found)


def _is_modifier(argument: Argument, event: EventMention) -> bool:
    """Tell whether an argument stands before an event noun as a mere modifier: "the *Vienna* peace talks"."""
    if event.rule == "verb" or argument.span.end >= event.trigger.start:
        return False
    between = event.sentence.text[
        argument.span.end - event.sentence.start : event.trigger.start - event.sentence.start
    ]
    return len(between) <= 20 and all(word.isalpha() for word in between.split()) and between[:1].isspace()


def government_reason(
    mention: EntityMention, country: str | None, uses: list[Use], lexicon: Lexicon
) -> str | None:
    """Return why a mention of a capital stands for the state, or None where it is the city.

    Args:
        mention: of the capital.
        country: ISO code of its country.
        uses: of that mention.
        lexicon: for the classes of events.
    """
    if country is None or country in _TWO_POWERS:
        return None
    name = mention.span.text
    for use in uses:
        if use.role == "said":
            return f'"{name}" is reported as saying "{use.words}"'
        if use.role == "agent" and _is_state_act(use, lexicon):
            return f'"{name}" is the agent of "{use.words}" ({use.type}), which a city does not do'
        if (
            use.role == "recipient"
            and _is_one(use.type, _ASKED, lexicon)
            and not _is_one(use.type, _OF_CITIES, lexicon)
        ):
            return f'"{name}" is the recipient of "{use.words}" ({use.type}), which addresses a state'
    return None


def acts_as_state(uses: list[Use], lexicon: Lexicon, *, definite: bool) -> bool:
    """Tell whether a people in the plural stands for its government, by what it is told to do.

    "The *Russians* signed the treaty", "talks with the *French*", "*Russians* bombed the port"; but "*Russians* signed
    the petition", "the *French* said", "they shelled the *Syrians*". Limits: by the class of events only; what is spoken,
    thought or felt tells nothing.

    Args:
        uses: of the nationality word.
        lexicon: for the classes of events.
        definite: whether "the" is before it.
    """
    return any(_is_of_state(use, lexicon, definite) for use in uses)


def is_foe(uses: list[Use], lexicon: Lexicon) -> bool:
    """Tell whether somebody is told to attack or threaten, or to be fought or defeated."""
    return any(_is_hostile(use, lexicon) for use in uses)


def _is_hostile(use: Use, lexicon: Lexicon) -> bool:
    if use.role == "patient" and _is_one(use.type, _FOUGHT, lexicon):
        return True
    return use.role in ("agent", "patient", "modifier") and lexicon.plover_of(use.type) in _HOSTILE


def _is_of_state(use: Use, lexicon: Lexicon, definite: bool) -> bool:
    category = lexicon.plover_of(use.type)
    if use.role == "patient" and category in _SUFFERED:
        return False
    if use.role not in ("agent", "recipient", "patient") or _is_one(use.type, _OF_CITIES, lexicon):
        return False
    if use.role == "agent" and (category in _FORCE or _is_one(use.type, ("AirStrike",), lexicon)):
        return True
    return definite and category is not None and category not in _CITY_ACTS


def _is_state_act(use: Use, lexicon: Lexicon) -> bool:
    if _is_one(use.type, _OF_CITIES, lexicon):
        return False
    if _is_one(use.type, ("Change",), lexicon):
        return use.has_patient
    category = lexicon.plover_of(use.type)
    return (category is not None and category not in _CITY_ACTS) or _is_one(use.type, _STATE_ACTS, lexicon)


def _is_one(type_: str, classes: tuple[str, ...], lexicon: Lexicon) -> bool:
    return any(lexicon.is_a(type_, name) for name in classes)

"""What an event is called: "François Hollande orders strikes on Raqqa", "Abdelhamid Abaaoud is killed", "attack on Raqqa by X".

Composed from predicate and participants in the present tense; the verb carries the status ("will", "may", "does not"), so that
a label never says more than the text does. Prepositions are those of the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.datamodel import Role, Status
from kg.resolve.inflect import is_plural, past_participle, third_person

__all__ = ["PREPOSITIONS", "Part", "label_noun", "label_verb", "preposition_before"]

PREPOSITIONS = frozenset(
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
_COMPOUND = re.compile(
    r"\b((?:out|ahead|because|instead|outside|inside|short) of|(?:close|next|due|thanks) to|in response to|on behalf of|as part of"
    r"|in (?:the )?(?:front|face|wake|light|course|midst|aftermath|favou?r|support|hands|event|case) of)\s+$",
    re.IGNORECASE,
)
_BLOW = re.compile(r"(?:attack|strike|raid|assault|onslaught)s?$", re.IGNORECASE)
"""Nouns whose patient stands behind "on" where the text has no preposition: "its *attacks* on civilians"."""
_NEEDS_OBJECT = frozenset("about against at by for from into of to towards upon with".split())
"""Prepositions that end no label; the others may be particles: "break down", "take off", "go on"."""
_CORE = ("recipient", "patient", "topic")
_WITH = ("with", "alongside", "together with")
_SEVERAL = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|both"
    r"|those|these|several|many|few|dozens|scores|hundreds|thousands|millions|(?:some|most|all) of (?:the|them|us|his|its|their)"
    r"|(?!1\b)\d[\d,]*)(?![\w.-])(?!\s+per\b)",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"(?:I|We|You|He|She|It|They|This|That|These|Those|There|Here|Nobody|Nothing|No|Not|Only|Until|At|In|On|By|For|From|If|When"
    r"|While|After|Before|As|Some|Many|Most|All|More|Such|What|How|Our|His|Her|Its|Their|My|The|A|An|Originally)(?=\s+[a-z])"
)
_NOBODY = re.compile(r"\s*(?:nobody|no|none|neither|nothing)(?!\S)", re.IGNORECASE)
_LONGEST = 64  # characters of one part
_MOST = 3  # parts of one role


@dataclass(frozen=True, slots=True)
class Part:
    """A participant as a label says it.

    Attributes:
        text: its name or words.
        preposition: that stands before it, or "".
        plural: whether its words are.
        coordinated: it goes with the participant before it: "in Paris *and Brussels*".
        bare: it stands right behind the verb, without a preposition: "crossed *the border*".
    """

    role: Role
    text: str
    preposition: str = ""
    plural: bool = False
    coordinated: bool = False
    bare: bool = False


def preposition_before(sentence: str, offset: int) -> str:
    """Return the preposition that stands right before an offset of a sentence, or "".

    >>> preposition_before("They called for strikes on Raqqa", 27)
    'on'
    >>> preposition_before("They fled out of Raqqa", 17)
    'out of'
    """
    if compound := _COMPOUND.search(sentence[max(0, offset - 32) : offset]):
        return " ".join(compound[1].lower().split())
    match = re.search(r"([A-Za-z]+)\s+$", sentence[max(0, offset - 24) : offset])
    return match[1].lower() if match and match[1].lower() in PREPOSITIONS else ""


def label_verb(predicate: str, status: Status, parts: Sequence[Part], *, patient_acts: bool = False) -> str:
    """Return the label of an event that a verb tells of.

    Args:
        predicate: base form, with particle.
        status: what the verb form says.
        parts: in the order of the text.
        patient_acts: the patient is the subject without a passive: "a bomb explodes".
    """
    agents, patients = _of(parts, "agent"), _of(parts, "patient")
    subjects = [part for run in _runs(agents) if run[0].preposition not in _WITH for part in run] or agents
    beside = [part for part in agents if part not in subjects]
    subjects, objects = (subjects, patients) if agents else (patients, [])
    others = [
        *beside,
        *objects,
        *(p for p in parts if p.role not in ("agent", "patient", "time", "instrument")),
    ]
    passive = not agents and not patient_acts
    predicate = _without_preposition(predicate, others, passive=passive)
    if not subjects:
        words = ["not" if status == "negated" else "", predicate, _objects(predicate, others)]
        return _tidy([*words, f"({status})" if status not in ("asserted", "negated") else ""])
    nobody = status == "negated" and _NOBODY.match(subjects[0].text) is not None
    said: Status = "asserted" if nobody else status  # the subject says it: "nobody apologises"
    verb = _passive if passive else _active
    return _tidy(
        [_join(subjects), verb(predicate, said, plural=_is_plural(subjects)), _objects(predicate, others)]
    )


def _without_preposition(predicate: str, parts: Sequence[Part], *, passive: bool) -> str:
    """Return a predicate without the preposition that one of its objects brings along, or that has none to stand before.

    "bring to" with "carnage" and "to Paris" is "bring carnage to Paris"; "suspect of" alone is "suspect", but what "is
    looked for" may be that for which somebody looks.
    """
    verb, _, last = predicate.rpartition(" ")
    bare = last == "of" if passive else last in _NEEDS_OBJECT
    return verb if verb and (bare or any(part.preposition == last for part in parts)) else predicate


def label_noun(noun: str, status: Status, parts: Sequence[Part], *, mutual: bool = False) -> str:
    """Return the label of an event that a noun tells of; `mutual`: "talks between A and B"."""
    words = [_NOUN_STATUS[status] + noun]
    defaults = {**_NOUN_DEFAULTS, "patient": "on"} if _BLOW.search(noun) else _NOUN_DEFAULTS
    for role in ("patient", "topic", "recipient", "source", "destination", "agent", "place"):
        found = [part for part in parts if part.role == role and part.text not in " ".join(words)]
        if not found:
            continue
        if role == "agent" and mutual and len(found) > 1:
            words += ["between", _join(found)]
        else:
            words.append(_phrases(found, defaults))
    return _tidy(words)


def _of(parts: Sequence[Part], role: Role) -> list[Part]:
    return [part for part in parts if part.role == role]


def _is_plural(parts: Sequence[Part]) -> bool:
    first = parts[0]
    described = first.text[:1].islower() and is_plural(first.text)
    return len(parts) > 1 or first.plural or described or _SEVERAL.match(first.text) is not None


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
    be = "are" if plural else "is"
    done = "born" if predicate == "bear" else past_participle(predicate)  # whoever bears is not told
    return {
        "asserted": f"{be} {done}",
        "planned": f"will be {done}",
        "ordered": f"{be} ordered to be {done}",
        "requested": f"{be} asked to be {done}",
        "possible": f"may be {done}",
        "hypothetical": f"would be {done}",
        "negated": f"{be} not {done}",
    }[status]


def _objects(predicate: str, parts: Sequence[Part]) -> str:
    """Return what follows the verb: who gets it, what is done or said; then what has a preposition, in the order of the text."""
    last = predicate.rsplit(" ", 1)[-1]
    patients, recipients = _of(parts, "patient"), _of(parts, "recipient")
    clauses = [part for part in _of(parts, "topic") if not part.preposition and not part.coordinated]
    if patients and not clauses:
        recipients, later = [], [replace(part, preposition=part.preposition or "to") for part in recipients]
    else:
        later = []  # "tells reporters that he left"
    direct = [part for part in [*patients, *clauses] if part.preposition in ("", last)]
    groups = [recipients, _of(direct, "patient"), _of(direct, "topic")]
    rest = [part for part in parts if part.role != "recipient" and part not in direct]
    words: list[str] = []
    for group in (*groups, *_runs([*later, *rest])):
        if group and (group[0].role in _CORE or any(part.text not in " ".join(words) for part in group)):
            words.append(_phrases(group, _VERB_DEFAULTS, but=last))
    return " ".join(words)


def _runs(parts: Sequence[Part]) -> list[list[Part]]:
    """Return parts of one role and one preposition together, in the order of the first of each."""
    runs: list[list[Part]] = []
    for part in parts:
        run = runs[-1] if runs else []
        if run and run[-1].role == part.role and (part.coordinated or part.preposition == run[0].preposition):
            run.append(part)
        else:
            runs.append([part])
    return runs


def _phrases(parts: Sequence[Part], defaults: Mapping[Role, str], but: str = "") -> str:
    """Return parts of one role, those with a preposition of their own behind the others."""
    runs = _runs(parts)
    runs.sort(key=lambda run: bool(run[0].preposition))
    words = []
    for run in runs:
        default = "" if run[0].bare else defaults.get(run[0].role, "")
        preposition = run[0].preposition or default
        joined = _join(run)
        said = preposition == but or joined.partition(" ")[0].lower() == preposition
        words += ["" if said else preposition, joined]
    return " ".join(words)


def _join(parts: Sequence[Part]) -> str:
    """Return "A, B and C": each name once, what is too much counted."""
    texts = list(dict.fromkeys(_short(_small(part)) for part in parts))
    if len(texts) > _MOST:
        texts = [*texts[:_MOST], f"{len(texts) - _MOST} more"]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _small(part: Part) -> str:
    """Return what is said with a small first letter, where it began a sentence: "says we cannot wait"."""
    if part.role == "topic" and (found := _SMALL.match(part.text)) and found[0] != "I":
        return part.text[0].lower() + part.text[1:]
    return part.text


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def _tidy(words: Sequence[str]) -> str:
    return " ".join(" ".join(word for word in words if word).split())

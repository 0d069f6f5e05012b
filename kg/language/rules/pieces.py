"""Puts the pieces of one name together, and parts what are two names: particles, hyphens, initials, towns with their state."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.language import wordlists
from kg.language.rules.evidence import TYPES, Name

_HYPHENS = frozenset({"-", "‐", "‑"})
_PARTICLES = wordlists.parts_of_names("particles")
_LONG_PARTICLES = wordlists.parts_of_names("long_particles")
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.?(?:-?[A-ZÀ-Þ]\.)*")
_NO_INITIALS = wordlists.parts_of_names("no_initials")
_PLACE_NOUNS = wordlists.parts_of_names("place_nouns")
_COMPASS = wordlists.parts_of_names("compass")


def joined(doc: Doc, words: Sequence[str], names: list[Name]) -> list[Name]:
    """Join pieces of one person's name that the network left apart.

    Pieces beside each other ("Yaw", "Amoah"), unless both are full names or they share a word; pieces with particles, hyphens
    or initials between or before them ("Abu" "Nasr" "al-Karmi", "Pak Min-Ju", "T. B. Okafor").
    Not handled: lists of first names without commas.
    """
    out: list[Name] = []
    for start, end, label in names:
        if label == "PERSON":
            while (
                start
                and not doc[start].is_sent_start
                and _initial(words, start - 1)
                and _free(out, start - 1)
            ):
                start -= 1
            end = _after_particle(doc, words, _after_hyphen(doc, words, end, start))
            if out and out[-1][2] == "PERSON" and out[-1][1] <= start:
                first, last, _ = out[-1]
                if last == start and end - start > 1 and all(_title(word) for word in words[first:last]):
                    out[-1] = (start, end, label)
                    continue
                if _one_person(doc, words, (first, last), (start, end)):
                    out[-1] = (first, end, label)
                    continue
            if out and out[-1][1] > start:
                continue
        elif out and out[-1][1] > start:
            continue
        out.append((start, end, label))
    return out


def _free(names: list[Name], at: int) -> bool:
    return not names or names[-1][1] <= at


def _initial(words: Sequence[str], at: int) -> bool:
    word = words[at]
    return (
        _INITIAL.fullmatch(word) is not None and word not in _NO_INITIALS and word not in wordlists.places()
    )


def _after_hyphen(doc: Doc, words: Sequence[str], end: int, start: int) -> int:
    """Return the end of a person's name with the syllable that a hyphen glues to it: "Pak Min" + "-Ju"."""
    while (
        end + 1 < len(words)
        and end - start > 1
        and words[end] in _HYPHENS
        and not doc[end - 1].whitespace_
        and not doc[end].whitespace_
        and doc[end + 1].tag_ in {"NNP", "DT", "FW"}
        and words[end + 1].isalpha()
        and len(words[end + 1]) <= 5
    ):
        end += 2
    return end


def _after_particle(doc: Doc, words: Sequence[str], end: int) -> int:
    """Return the end of a person's name with the particle after it and what follows that: "Ahmed" + "bin Salman"."""
    if (
        end + 1 < len(words)
        and words[end] in _LONG_PARTICLES
        and doc[end + 1].tag_ == "NNP"
        and words[end + 1][0].isupper()
        and not doc[end + 1].is_sent_start
    ):
        return end + 2
    return end


def _title(word: str) -> bool:
    return word.lower().rstrip(".") in wordlists.title_words()


def _one_person(doc: Doc, words: Sequence[str], one: tuple[int, int], two: tuple[int, int]) -> bool:
    between = range(one[1], two[0])
    if (
        len(between) > 3
        or two[1] - one[0] > 8
        or any(doc[i].is_sent_start for i in range(one[1], two[0] + 1))
    ):
        return False
    if not between:
        full = one[1] - one[0] > 1 and two[1] - two[0] > 1 and words[two[0]].lower() not in _PARTICLES
        return not full and not set(words[one[0] : one[1]]) & set(words[two[0] : two[1]])
    hyphens = [i for i in between if words[i] in _HYPHENS]
    rest = [words[i].lower() for i in between if words[i] not in _HYPHENS]
    if any(word not in _PARTICLES for word in rest):
        return False
    glued = all(not doc[i - 1].whitespace_ or not doc[i].whitespace_ for i in hyphens)
    return glued and (bool(rest) or (one[1] - one[0] == 1 or two[1] - two[0] == 1))


def parted(words: Sequence[str], names: list[Name]) -> list[Name]:
    """Part a town from the state of America it lies in: "Houston Texas" are two places.

    Not handled: states without their town's name before them, and "Northern California", which is one place.
    """
    states, places = wordlists.entries("us_states"), wordlists.places()
    out: list[Name] = []
    for start, end, label in names:
        at = end - 1
        if label == "LOC" and at > start and " ".join(words[start:end]) not in places:
            if " ".join(words[at - 1 : end]) in states and at - 1 > start:
                at -= 1
            town = words[at - 1]
            if (
                " ".join(words[at:end]) in states
                and town[0].isupper()
                and town.lower() not in _COMPASS
                and "," not in words[start:at]
            ):
                out += [(start, at, label), (at, end, label)]
                continue
        out.append((start, end, label))
    return out


def with_place_noun(words: Sequence[str], name: Name) -> Name:
    """Return the name of a place with the noun that belongs to it: "Umbala" + "valley", "Orsk" + "province"."""
    start, end, label = name
    if label == "LOC" and end < len(words) and words[end] in _PLACE_NOUNS and words[end - 1][0].isupper():
        return start, end + 1, label
    return name


def with_head(doc: Doc, words: Sequence[str], name: Name) -> Name:
    """Return a name with the head that the network left outside: "Umbala" + "Police", "Sorgal" + "Bulletin".

    The head and what stands before it must be proper nouns outside other names. Not handled: heads in lower case
    ("the Iraqi foreign ministry").
    """
    start, end, label = name
    if label not in TYPES or end >= len(words) or not words[end][0].isupper():
        return name
    last = end
    while last < min(end + 3, len(words)) and _proper_and_free(doc, words, last):
        last += 1
    if last > end and words[last - 1] in wordlists.entries("heads_org"):
        return start, last, "ORG"
    return name


def of_whom(words: Sequence[str], names: list[Name]) -> list[Name]:
    """Join an organisation to what it is of: "Electoral Commission" + "of" + "Mali". Not handled: "of both France and Mali"."""
    out: list[Name] = []
    for name in names:
        start, end, label = name
        if out and label in {"ORG", "LOC"}:
            first, last, kind = out[-1]
            between = list(words[last:start])
            if (
                kind == "ORG"
                and between in (["of"], ["of", "the"])
                and words[last - 1] in wordlists.entries("heads_org")
            ):
                out[-1] = (first, end, "ORG")
                continue
        out.append(name)
    return out


def units(words: Sequence[str], names: list[Name]) -> list[Name]:
    """Join a numbered unit of an army to the larger one it is of: "4th Company" + "," + "9th Rifle Regiment".

    Not handled: units by names ("the Grenadiers, 9th Brigade"), and lists of units from small to large.
    """
    out: list[Name] = []
    for start, end, label in names:
        if out and label in TYPES and _NUMBERED.fullmatch(words[start]):
            first, last, _ = out[-1]
            smaller, larger = _SIZES.get(words[last - 1], 9), _SIZES.get(words[end - 1], 0)
            if _NUMBERED.fullmatch(words[first]) and list(words[last:start]) == [","] and smaller < larger:
                out[-1] = (first, end, "ORG")
                continue
        out.append((start, end, label))
    return out


_NUMBERED = re.compile(r"\d{1,3}(?:st|nd|rd|th|d)")
_SIZES = {
    unit: size
    for size, units in enumerate(
        (
            ("Platoon",),
            ("Company", "Battery", "Troop", "Squadron"),
            ("Battalion",),
            ("Regiment", "Marines", "Infantry", "Cavalry", "Artillery"),
            ("Brigade",),
            ("Division",),
            ("Corps",),
            ("Army",),
        )
    )
    for unit in units
}


def _proper_and_free(doc: Doc, words: Sequence[str], at: int) -> bool:
    token = doc[at]
    proper = token.tag_ in {"NNP", "NNPS"} and words[at][0].isupper()
    return proper and not token.ent_type and not token.is_sent_start


def business(doc: Doc, words: Sequence[str], name: Name) -> Name:
    """Return the name of a shop or restaurant with its own possessive, where nothing is possessed: "We met at Luigi's."

    Not handled: "Luigi's dinners"; companies ("Sotheby's said"), which the network has whole more often than this rule would.
    """
    start, end, label = name
    if label != "LOC" or end >= len(words) or words[end] not in {"'s", "’s"} or doc[end].tag_ != "POS":
        return name
    text = " ".join(words[start:end])
    follows = doc[end + 1] if end + 1 < len(words) else None
    possessed = follows is not None and not follows.is_sent_start and follows.pos_ not in _NOT_POSSESSED
    if possessed or text in wordlists.places() or text in wordlists.organisations():
        return name
    return start, end + 1, label


_NOT_POSSESSED = frozenset({"VERB", "AUX", "ADP", "PUNCT", "CCONJ", "SCONJ", "PART", "SPACE"})

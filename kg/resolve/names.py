"""Names as strings: keys under which spellings are equal, acronyms, parts of people's names, likeness of rare names.

Nothing here knows of documents or entities; each function looks at one or two names only.
Romanised names follow the idea of Freeman et al. (2006): fold what transliteration varies, then compare what is left.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from kg.extract.names import Names
from kg.ids import fold

__all__ = [
    "INDEFINITE",
    "acronym_key",
    "clean_name",
    "contains_person",
    "initials",
    "is_acronym",
    "is_alike",
    "is_institution",
    "is_sure_title",
    "name_key",
    "organization_key",
    "parenthesised",
    "person_words",
    "sound_blocks",
    "spelling_key",
    "without_determiner",
    "without_titles",
]

# particles that may be written, left out, or joined to the word after them
_ARTICLES = frozenset("al el ad ash as an ar at az es".split())
_CORPORATE = frozenset(
    "plc inc corp corporation ltd limited llc co company group gmbh ag sa se nv spa".split()
)
# institutions that every country has one of: the same name in another country is another one
_INSTITUTIONS = frozenset(
    "ministry department office agency bureau interior foreign affairs defense defence justice health finance treasury"
    " education labour labor transport home state security national federal central supreme constitutional high criminal"
    " appeal appeals court parliament senate congress house commons lords representatives assembly government cabinet"
    " council army navy air force forces armed military police coast guard border bank intelligence service services"
    " prosecutor prosecutors general presidency university hospital airport".split()
)
_TITLES = frozenset(
    "president minister chancellor senator general colonel captain lieutenant sergeant admiral secretary governor mayor"
    " ambassador commissioner premier professor doctor inspector spokesman spokeswoman".split()
)
_SMALL = frozenset("of the and for de du des la le in on to a an et y".split())
#: Words that make a description one of several: "two soldiers", "another group".
INDEFINITE = frozenset(
    "a an one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands some several many few"
    " another other others more most no any each every both half".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those some any all both each every no another several many most few".split()
)
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_CLOSING = re.compile(r"(?:['’]s|(?<=s)['’])$")
_PARENTHESIS = re.compile(r"^(.{4,}?)\s*\(([^()\s]{2,8})\)$")
_SEPARATORS = re.compile(r"[\s\-–—_/]+")
_EDGES = " \t\n\"'“”‘’,;:.()[]"


@lru_cache(maxsize=1 << 17)
def name_key(name: str) -> str:
    """Return the key under which two writings of one name are equal.

    Case, accents, dots, hyphens, quotation marks, a leading "the" and a closing possessive do not count.

    >>> name_key("François Hollande’s"), name_key("the U.N."), name_key("Jean-Yves Le Drian")
    ('francois hollande', 'un', 'jean yves le drian')
    """
    text = _POSSESSIVE.sub("", fold(name).strip(_EDGES + "`"))
    if "." in text and not any(c.isdigit() for c in text):
        text = text.replace(".", " " if ". " in text and len(text) > 6 else "")
    words = [word.strip(_EDGES) for word in _SEPARATORS.split(text)]
    words = [word for word in words if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def organization_key(key: str) -> str:
    """Return a name key without the words that only say that it is a company or a group.

    >>> organization_key("barclays plc"), organization_key("islamic state group")
    ('barclays', 'islamic state')
    """
    words = key.split()
    while len(words) > 1 and words[-1] in _CORPORATE:
        words.pop()
    return " ".join(words)


def is_institution(key: str) -> bool:
    """Tell whether a name key is one that institutions of many countries have.

    >>> is_institution("ministry of the interior"), is_institution("european parliament")
    (True, False)
    """
    words = [word for word in key.split() if word not in _SMALL]
    return bool(words) and all(word in _INSTITUTIONS for word in words)


def clean_name(text: str) -> str:
    r"""Return a name without closing possessive, leading "the" and line breaks.

    >>> clean_name("the United\nNations'")
    'United Nations'
    """
    text = _CLOSING.sub("", " ".join(text.split()).strip(' "“”'))
    return text[4:] if text[:4].casefold() == "the " and len(text) > 4 else text


def is_sure_title(words: str, names: Names) -> bool:
    """Tell whether words before a name are a title and cannot be a given name, as "Marine" and "Dean" can."""
    key = fold(words).replace(".", "")
    return names.is_title(words) and (" " in key or key in names.courtesy or key in _TITLES)


def parenthesised(name: str) -> tuple[str, str] | None:
    """Split a name that carries its short form.

    >>> parenthesised("European Union (EU)")
    ('European Union', 'EU')
    """
    match = _PARENTHESIS.match(name)
    return (match[1], match[2]) if match and is_acronym(match[2]) else None


def without_determiner(phrase: str) -> str:
    """Return a phrase without leading determiners.

    >>> without_determiner("the French police")
    'French police'
    """
    words = phrase.split()
    while len(words) > 1 and fold(words[0]) in _DETERMINERS:
        words = words[1:]
    return " ".join(words)


def without_titles(name: str, is_title: Callable[[str], bool]) -> str:
    """Return a person's name without the titles before it, one word or several each."""
    words = name.split()
    start = 0
    while start < len(words) - 1:
        cut = next(
            (end for end in range(len(words) - 1, start, -1) if is_title(" ".join(words[start:end]))), None
        )
        if cut is None:
            break
        start = cut
    return " ".join(words[start:])


# -------------------------------------------------------------------- acronyms


def is_acronym(name: str) -> bool:
    """Tell whether a name looks like an acronym: two to seven capitals, perhaps with dots, digits or small letters.

    >>> [is_acronym(n) for n in ("EU", "U.S.", "ISIL", "DeSH", "Daesh", "G20", "A")]
    [True, True, True, True, False, True, False]
    """
    letters = acronym_key(name)
    capitals = sum(c.isupper() for c in letters)
    return 2 <= len(letters) <= 7 and " " not in name and capitals * 2 > sum(c.isalpha() for c in letters)


def acronym_key(name: str) -> str:
    """Return an acronym without dots and "the", in its own case."""
    return name.removeprefix("the ").replace(".", "").removesuffix("’s").removesuffix("'s")


def initials(key: str) -> tuple[str, ...]:
    """Return the acronyms that a name key of several words may have, small words left out and kept.

    >>> initials("islamic state of iraq and the levant")
    ('isil', 'isoiatl')
    """
    words = key.split()
    if len(words) < 2:
        return ()
    short = "".join(word[0] for word in words if word not in _SMALL)
    full = "".join(word[0] for word in words)
    return tuple(sorted({a for a in (short, full) if len(a) > 1}))


# ---------------------------------------------------------------------- people


@lru_cache(maxsize=1 << 17)
def person_words(key: str) -> tuple[str, ...]:
    """Return the words of a person's name key that tell people apart: without "al-" and the like, without "Jr".

    A name that is nothing else keeps its words.

    >>> person_words("bashar al assad"), person_words("al assad"), person_words("jr")
    (('bashar', 'assad'), ('assad',), ('jr',))
    """
    words = [w for w in key.split() if w not in ("jr", "sr", "ii", "iii")]
    kept = tuple(w for i, w in enumerate(words) if w not in _ARTICLES or i == len(words) - 1)
    return kept or tuple(key.split())


def contains_person(full: tuple[str, ...], part: tuple[str, ...]) -> str | None:
    """Tell how a shorter name may stand for a fuller one, by their `person_words`; None where it cannot.

    Returns:
        "the surname" ("le drian" in "jean yves le drian"), "first and last name" (middle names left out),
        "initial and surname" ("f hollande"), or "the first name".

    >>> contains_person(("jean", "yves", "le", "drian"), ("le", "drian"))
    'the surname'
    >>> contains_person(("francois", "hollande"), ("f", "hollande"))
    'initial and surname'
    >>> contains_person(("salah", "abdeslam"), ("brahim", "abdeslam"))
    """
    if not part or len(part) > len(full) or part == full or len(full) < 2:
        return None
    if part == full[-len(part) :]:
        return "the surname"
    if len(part) == 1:
        return "the first name" if part[0] == full[0] else None
    first, last = part[0], part[-1]
    if last != full[-1] or _other_initials(full, part):
        return None
    if first == full[0] and _in_order(part, full):
        return "first and last name"
    if len(first) == 1 and full[0].startswith(first) and _in_order(part[1:], full[1:]):
        return "initial and surname"
    return None


def _other_initials(full: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Tell whether both have middle initials, and other ones: "George H. W. Bush", "George W. Bush"."""
    ours, theirs = (tuple(w for w in words[1:-1] if len(w) == 1) for words in (full, part))
    return bool(theirs) and ours[: len(theirs)] != theirs and len(ours) == len(full) - 2


def _in_order(part: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(word in rest for word in part)


# ------------------------------------------------------------ spelling variants

_SOUNDS = (
    ("x", "ks"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ey", "i"), ("y", "i"), ("q", "k"), ("c", "k"),
    ("w", "v"), ("j", "i"), ("z", "s"), ("o", "u"), ("e", "i"),
)  # fmt: skip
_OPENINGS = ("gqk", "ck", "jy", "iy", "vw", "sz", "uw")
_SHORTEST_SOUND = 4
_NO_LETTER = re.compile(r"[^\w]+")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 17)
def spelling_key(key: str) -> str:
    """Return what transliteration leaves alone in a name key: doubled letters, vowels and sounds are folded.

    >>> spelling_key("abdelhamid abaaoud") == spelling_key("abdel hamid abaoud")
    True
    """
    text = _NO_LETTER.sub("", key)
    for old, new in _SOUNDS:
        text = text.replace(old, new)
    return _DOUBLED.sub(r"\1", text.removesuffix("h"))


@lru_cache(maxsize=1 << 17)
def sound_blocks(key: str) -> tuple[str, ...]:
    """Return the spelling key of a name key, and it with any one character left out; () for a short name.

    The blocks of two names whose spelling keys are one edit apart have one in common (Mor and Fraenkel's neighbourhoods).

    >>> sorted(set(sound_blocks("mostefai")) & set(sound_blocks("mostefaim")))
    ['mustifi']
    """
    sound = spelling_key(key)
    if len(sound) < _SHORTEST_SOUND:
        return ()
    return tuple(dict.fromkeys((sound, *(sound[:i] + sound[i + 1 :] for i in range(len(sound))))))


def is_alike(one: str, other: str, *, person: bool) -> bool:
    """Tell whether two name keys are spellings of one long, rare name. Conservative: when in doubt, they are two.

    The first letter and all digits must agree. Of several words only one may differ, by more than four letters of its own;
    in a short one only by what transliteration varies, which may be its first letter ("Gaddafi", "Qaddafi").
    For people a last letter that changes sex or number ("Roberto", "Roberta", "Roberts") keeps them apart.

    >>> is_alike("mostefai", "mostefaim", person=True), is_alike("slovakia", "slovenia", person=False)
    (True, False)
    """
    if one == other or one[:1] != other[:1] or _digits(one) != _digits(other):
        return False
    joined = one.replace(" ", ""), other.replace(" ", "")
    if joined[0] == joined[1]:
        return len(joined[0]) >= 5
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        if [w for w in ours if len(w) == 1] != [w for w in theirs if len(w) == 1]:
            return False  # other initials
        return min(map(len, joined)) >= 10 and OSA.distance(*joined, score_cutoff=1) <= 1
    different = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return len(different) == 1 and _is_variant(*different[0], alone=len(ours) == 1, person=person)


def _is_variant(one: str, other: str, *, alone: bool, person: bool) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < (7 if alone else 5):
        return False
    if short[0] != long[0]:
        return not alone and person and _opens_alike(short, long)
    if person and (len(short) < 7 or len(short) == len(long)) and spelling_key(short) != spelling_key(long):
        return False  # another letter in place of one makes another surname: "Petersen", "Pedersen"
    if person and (long == short + "s" or (one[:-1] == other[:-1] and {one[-1], other[-1]} <= set("aeio"))):
        return False
    if long in (short + "s", short + "es", short + "n", short + "an", short + "ian", short + "ia"):
        return False
    allowed = 2 if len(short) >= 7 and spelling_key(short) == spelling_key(long) else 1
    return int(OSA.distance(one, other, score_cutoff=allowed)) <= allowed


def _opens_alike(one: str, other: str) -> bool:
    """Tell whether two words differ in a first letter that transliteration varies, and in nothing that it leaves alone."""
    letters = {one[0], other[0]}
    return any(letters <= set(sound) for sound in _OPENINGS) and spelling_key(one[1:]) == spelling_key(
        other[1:]
    )


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())

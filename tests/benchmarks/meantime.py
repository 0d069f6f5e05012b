"""Reads MEANTIME (Minard et al. 2016) in its CAT XML and compares what kg extracts with it.

MEANTIME annotates the first sentences of each article in full: the headline, the date line and four or five sentences; there
every mention carries its attributes. Later sentences have only mentions that corefer with those, without attributes. Hence
what counts are the sentences up to the last one that holds a mention with attributes, less the date line.

An event mention is found when its head word is the gold trigger's. One gold mention a head word; mentions that only group
others (several words apart, no attributes) are none. `content` leaves aside, right or wrong, the mentions of the corpus's class
GRAMMATICAL: light verbs, phase verbs and copulas, of which kg says that they are no events of their own.

An argument is found when the gold event is, and one of its arguments has the gold phrase's head word; with the right role when
that is `agent` for Arg0, and any role but agent and time for Arg1. Gold arguments of events that were not found are misses.
The corpus marks whole phrases: the head is the last word before the first preposition, comma, bracket or relative pronoun, one
for each member of a coordination; so is the head of a shorter mention of the same entity inside the phrase (an apposition), and
for a relative pronoun that of the phrase before it. The words of a name count as one. The parse is not asked.

Time expressions: DATE alone, without the date line. Found when the words overlap and the TIMEX3 value is the same; `calendar`
leaves out what no calendar date says (PRESENT_REF, XXXX-XX-XX). A prediction over the words of a gold expression of another
type is left aside, and one without a value is none.

Factuality, over matched events (`FACTUALITY`): kg has one status where the corpus has certainty, polarity and time. A status
that leaves a value open (a set of several) is right with each of them; gold values UNDERSPECIFIED count for certainty only.
"""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.datamodel import Argument, Document, EventMention, Extraction, Status, TimeExpression

Range = tuple[int, int]

#: What each status says in the corpus's terms: the values of certainty, polarity and time that agree with it.
FACTUALITY: dict[Status, tuple[set[str], set[str], set[str]]] = {
    "asserted": ({"CERTAIN"}, {"POS"}, {"NON_FUTURE"}),
    "planned": ({"CERTAIN", "PROBABLE"}, {"POS"}, {"FUTURE"}),
    "ordered": ({"CERTAIN", "PROBABLE"}, {"POS"}, {"FUTURE"}),
    "requested": ({"CERTAIN", "PROBABLE", "POSSIBLE"}, {"POS"}, {"FUTURE"}),
    "possible": ({"PROBABLE", "POSSIBLE"}, {"POS"}, {"FUTURE", "NON_FUTURE"}),
    "hypothetical": ({"POSSIBLE", "UNDERSPECIFIED"}, {"POS"}, {"FUTURE", "NON_FUTURE"}),
    "negated": ({"CERTAIN"}, {"NEG"}, {"FUTURE", "NON_FUTURE"}),
}
_ATTRIBUTES = ("certainty", "polarity", "time")

#: The sentence that holds the date, between headline and text.
_DATE_LINE = 1

_CLOSERS = frozenset(".,;:?!)]}%…”") | {"...", "''"}
_CLITICS = frozenset(("'s", "’s", "n't", "'ve", "'re", "'ll", "'d", "'m"))
_OPENERS = frozenset("([{$£€#“") | {"US$", "``", "O'"}
_PTB = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}

_PHRASE_ENDS = frozenset(
    ", ; : ( [ - -- – about above across after against along among around as apart at because before behind between beyond by"
    " capable during for from if in inside into near of off on onto out outside over since such than that through throughout to"
    " toward towards under until up upon via when where which who whom whose why with within without including worth".split()
)
# "more than 40 jets", "up to ten jets"
_AMOUNTS = frozenset("about as between fewer less more over up".split())
_MONEY = frozenset("$ £ € # US$ USD$".split())
_RELATIVE = frozenset("that which who whom".split())
_DETERMINERS = frozenset("a an its my no our some the their these this those your his her".split())
_JOINERS = frozenset(("and", "or"))
_PARTICLES = frozenset("up out off down back away over in on into to through".split())


@dataclass(frozen=True)
class GoldEvent:
    """An event mention of the corpus.

    Attributes:
        head: offsets of the trigger's head word.
        grammatical: a light verb, phase verb or copula.
        values: certainty, polarity and time; empty strings where the corpus gives none.
        arguments: role and the offsets of the head words that are right.
    """

    head: Range
    text: str
    pos: str = ""
    grammatical: bool = False
    values: tuple[str, str, str] = ("", "", "")
    arguments: tuple[tuple[str, tuple[Range, ...]], ...] = ()


@dataclass(frozen=True)
class GoldTime:
    """A TIMEX3 of the corpus."""

    span: Range
    type: str
    value: str


@dataclass(frozen=True)
class Article:
    """An article of the corpus; `annotated` are the ranges of the sentences that count."""

    document: Document
    annotated: tuple[Range, ...]
    events: tuple[GoldEvent, ...]
    times: tuple[GoldTime, ...]


@dataclass(frozen=True)
class Comparison:
    """What agrees in one article and what does not."""

    article: Article
    matched: list[tuple[GoldEvent, EventMention]] = field(default_factory=list)
    missed: list[GoldEvent] = field(default_factory=list)
    spurious: list[EventMention] = field(default_factory=list)
    times: list[tuple[GoldTime | None, TimeExpression | None]] = field(default_factory=list)


# ------------------------------------------------------------------- reading


def read_folder(folder: Path) -> Iterator[Article]:
    """Yield the articles of a subset in the order of their file names."""
    return (read_article(path) for path in sorted(folder.glob("*.xml")))


def read_article(path: Path) -> Article:
    """Read one file of the corpus."""
    return reader_of(path).article()


def reader_of(path: Path) -> "Reader":
    """Return what reads one file of the corpus: its words, markables and instances."""
    return Reader(ET.parse(path).getroot(), path.name)


class Reader:
    """One file of the corpus: tokens with their offsets, markables by id, the instance that each mention refers to."""

    def __init__(self, root: ET.Element, name: str) -> None:
        self.root, self.name = root, name
        self.tokens = list(root.iter("token"))
        self.index = {token.attrib["t_id"]: i for i, token in enumerate(self.tokens)}
        self.words = [token.text or "" for token in self.tokens]
        self.sentences = [int(token.attrib["sentence"]) for token in self.tokens]
        self.text, self.ranges = join(self.words, self.sentences)
        markables = root.find("Markables")
        self.markables = {m.attrib["m_id"]: m for m in (() if markables is None else markables)}
        self.instance = {
            source.attrib["m_id"]: target.attrib["m_id"]
            for link in root.iter("REFERS_TO")
            for target in link.findall("target")
            for source in link.findall("source")
        }

        self.verbs = {
            self.anchors(m)[0]
            for m in root.iter("EVENT_MENTION")
            if m.get("pos") == "VERB" and self.anchors(m)
        }

    def article(self) -> Article:
        full = {
            self.sentences[i]
            for m in self.markables.values()
            if {"pos", "syntactic_type", "functionInDocument"}.intersection(m.keys())
            for i in self.anchors(m)
        }
        counted = [s for s in range(max(full, default=-1) + 1) if s != _DATE_LINE]
        id = f"https://example.org/meantime/{self.name}"
        return Article(
            Document(
                id,
                self.text,
                self.name,
                "0" * 64,
                url=self.root.attrib.get("url"),
                published=self.published(),
            ),
            tuple(self.sentence_range(s) for s in counted),
            tuple(self.events(set(counted))),
            tuple(self.times(set(counted))),
        )

    def anchors(self, markable: ET.Element) -> list[int]:
        """The places of a markable's tokens, in text order."""
        return sorted(self.index[anchor.attrib["t_id"]] for anchor in markable.findall("token_anchor"))

    def sentence_range(self, sentence: int) -> Range:
        inside = [r for r, s in zip(self.ranges, self.sentences, strict=True) if s == sentence]
        return inside[0][0], inside[-1][1]

    def published(self) -> date | None:
        """The creation time; where none is marked as such, the date in the date line."""
        days = [m for m in self.root.iter("TIMEX3") if m.get("functionInDocument") == "CREATION_TIME"]
        days += [
            m
            for m in self.root.iter("TIMEX3")
            if any(self.sentences[i] == _DATE_LINE for i in self.anchors(m))
        ]
        return next((date.fromisoformat(m.attrib["value"]) for m in days), None)

    def events(self, counted: set[int]) -> Iterator[GoldEvent]:
        """One mention a head word; of several, one with attributes."""
        found: dict[int, ET.Element] = {}
        for mention in self.root.iter("EVENT_MENTION"):
            anchors = self.anchors(mention)
            apart = bool(anchors) and anchors[-1] - anchors[0] >= len(anchors)
            if not anchors or (apart and not mention.get("pos")) or self.sentences[anchors[0]] not in counted:
                continue
            head = self.trigger_head(mention, anchors)
            if head not in found or (mention.get("pos") and not found[head].get("pos")):
                found[head] = mention
        arguments = self.arguments()
        for head, mention in sorted(found.items()):
            id = mention.attrib["m_id"]
            instance = self.markables.get(self.instance.get(id, ""))
            yield GoldEvent(
                self.ranges[head],
                self.words[head],
                mention.get("pos", ""),
                instance is not None and instance.get("class") == "GRAMMATICAL",
                (mention.get("certainty", ""), mention.get("polarity", ""), mention.get("time", "")),
                tuple(arguments.get(id, ())),
            )

    def trigger_head(self, mention: ET.Element, anchors: Sequence[int]) -> int:
        """The verb before its particle and complement, the last word of a noun's or an adjective's phrase."""
        words = [self.words[i] for i in anchors]
        if mention.get("pos") == "VERB" or set(words[1:]) & _PARTICLES:
            return anchors[0]
        return anchors[heads_of(words)[-1]]

    def arguments(self) -> dict[str, list[tuple[str, tuple[Range, ...]]]]:
        found: dict[str, list[tuple[str, tuple[Range, ...]]]] = {}
        for link in self.root.iter("HAS_PARTICIPANT"):
            if link.get("sem_role") not in ("Arg0", "Arg1"):
                continue
            for source in link.findall("source"):
                for target in link.findall("target"):
                    heads = self.argument_heads(target.attrib["m_id"])
                    if heads:
                        found.setdefault(source.attrib["m_id"], []).append((link.attrib["sem_role"], heads))
        return found

    def argument_heads(self, id: str) -> tuple[Range, ...]:
        """The head words of a phrase and of the shorter mentions of the same entity inside it; of a relative pronoun, those of
        the phrase that ends before it too.
        """
        outer = self.anchors(self.markables[id])
        entity = self.instance.get(id)
        same = [
            self.anchors(m)
            for other, m in self.markables.items()
            if entity is not None and self.instance.get(other) == entity
        ]
        phrases = [outer, *(anchors for anchors in same if set(anchors) < set(outer))]
        if len(outer) == 1 and self.words[outer[0]].lower() in _RELATIVE:
            phrases.append(self.phrase_before(outer[0]))
        heads = {anchors[h] for anchors in phrases if anchors for h in self.heads(anchors)}
        return tuple(self.ranges[i] for i in sorted(heads))

    def phrase_before(self, pronoun: int) -> list[int]:
        """The longest entity mention that ends right before a relative pronoun, a comma aside, or the shortest around it."""
        end = pronoun - 2 if self.words[pronoun - 1] in (",", "(") else pronoun - 1
        mentions = [a for m in self.root.iter("ENTITY_MENTION") if (a := self.anchors(m))]
        around = min((a for a in mentions if a[0] < pronoun <= a[-1]), key=len, default=[])
        return max((a for a in mentions if a[-1] == end), key=len, default=around)

    def heads(self, anchors: Sequence[int]) -> list[int]:
        """The head words of a phrase, which ends before a verb that the corpus marks as an event ("jets *built* there")."""
        words = [self.words[i] for i in anchors]
        stop = next(
            (n for n, i in enumerate(anchors) if n and i in self.verbs and not _is_modifier(words[n - 1])),
            None,
        )
        return heads_of(words[:stop])

    def times(self, counted: set[int]) -> Iterator[GoldTime]:
        for timex in self.root.iter("TIMEX3"):
            anchors = self.anchors(timex)
            if anchors and self.sentences[anchors[0]] in counted:
                span = self.ranges[anchors[0]][0], self.ranges[anchors[-1]][1]
                yield GoldTime(span, timex.attrib["type"], timex.attrib["value"])


def join(words: Sequence[str], sentences: Sequence[int]) -> tuple[str, list[Range]]:
    """Return running text for tokens, and where each stands in it.

    Headline (sentence 0) and date line (1) are paragraphs of their own, the rest is one. Quotation marks of the Penn Treebank
    become plain ones; what the tokenizer took apart is put together again.
    """
    text, ranges = "", []
    inside = False  # a plain quotation mark has been opened
    for i, word in enumerate(words):
        shown = _PTB.get(word, word)
        previous = words[i - 1] if i else ""
        if i and sentences[i] != sentences[i - 1]:
            text += "\n\n" if sentences[i] <= _DATE_LINE + 1 else " "
            inside = inside and sentences[i] > _DATE_LINE + 1
        elif i and not (
            word in _CLOSERS
            or word in _CLITICS
            or (word == '"' and inside)
            or (word in ("'", "’") and previous.endswith("s"))
            or previous in _OPENERS
            or (previous == '"' and inside)
            or (previous == "’" and word == "s")
        ):
            text += " "
        if shown == '"':
            inside = not inside
        ranges.append((len(text), len(text) + len(shown)))
        text += shown
    return text + "\n", ranges


def heads_of(words: Sequence[str]) -> list[int]:
    """Return the places of the head words of a phrase: its last word before the first that ends a noun phrase.

    A coordination has one for each member: "the maker and its rival in Asia" -> maker, rival; an amount of money the sign too.
    """
    lower = [word.lower() for word in words]
    ends = (i for i, word in enumerate(lower) if i and word in _PHRASE_ENDS and lower[i - 1] not in _AMOUNTS)
    stop = next(ends, len(words))
    if stop > 1 and words[stop - 1] in ("'s", "’s", "'"):
        stop -= 1
    joined = [i - 1 for i, word in enumerate(lower[:stop]) if word in _JOINERS and i]
    signs = [i for i, word in enumerate(words[:stop]) if word in _MONEY]
    return sorted({*joined, *signs, stop - 1})


def _is_modifier(word: str) -> bool:
    """Tell whether a verb form after this word may stand before a noun: "the *recently* announced"."""
    return word.lower() in _DETERMINERS or word.endswith("ly")


# ----------------------------------------------------------------- comparing


def compare(article: Article, extraction: Extraction) -> Comparison:
    """Match the mentions of one article by head word."""
    result = Comparison(article)
    predicted = [m for m in extraction.event_mentions if _counts(article, trigger_head(m))]
    for gold in article.events:
        match = next((m for m in predicted if _overlap(trigger_head(m), gold.head)), None)
        if match is None:
            result.missed.append(gold)
        else:
            predicted.remove(match)
            result.matched.append((gold, match))
    result.spurious.extend(predicted)
    result.times.extend(_match_times(article, extraction))
    return result


def trigger_head(mention: EventMention) -> Range:
    """Where the head word of a trigger stands: the verb before its particle, or the noun."""
    start = mention.trigger.start
    return start, start + len(mention.trigger.text.split()[0])


def has_head(argument: Argument, heads: Iterable[Range]) -> bool:
    """Tell whether an argument's head word is one of these; the words of a name count as one."""
    word = argument.head
    if argument.mention is not None and argument.mention.kind == "name":
        name = argument.mention.span.range
        word = name if _overlap(name, word) else word
    return any(_overlap(word, head) for head in heads)


def has_role(argument: Argument, role: str) -> bool:
    """Tell whether an argument's role agrees with Arg0 or Arg1."""
    return argument.role == "agent" if role == "Arg0" else argument.role not in ("agent", "time")


def timex_value(time: TimeExpression) -> str | None:
    """Return the TIMEX3 value of a time expression; None where it has none."""
    if time.start is None or time.end is None:
        return None
    start = time.start
    year, week, _ = start.isocalendar()
    values = {
        "day": start.isoformat(),
        "part_of_day": start.isoformat(),
        "week": f"{year:04}-W{week:02}",
        "month": f"{start:%Y-%m}",
        "quarter": f"{start.year:04}-Q{(start.month + 2) // 3}",
        "year": f"{start.year:04}",
        "decade": f"{start.year // 10:03}",
        "century": f"{start.year // 100:02}",
    }
    return values.get(time.granularity or "", f"{start.isoformat()}/{time.end.isoformat()}")


def _match_times(
    article: Article, extraction: Extraction
) -> Iterator[tuple[GoldTime | None, TimeExpression | None]]:
    left = [t for t in extraction.time_expressions if _counts(article, t.span.range) and timex_value(t)]
    for gold in article.times:
        over = [t for t in left if _overlap(t.span.range, gold.span)]
        match = next((t for t in over if gold.type == "DATE" and _same_day(timex_value(t), gold.value)), None)
        match = match or next(iter(over), None)
        if match is not None:
            left.remove(match)
        if gold.type == "DATE":
            yield gold, match
    yield from ((None, time) for time in left)


def _same_day(value: str | None, gold: str) -> bool:
    """Tell whether values agree; a part of a day counts by its day ("2008-01-09TMO")."""
    return value == gold or value == gold.partition("T")[0]


def _counts(article: Article, span: Range) -> bool:
    return any(start <= span[0] < end for start, end in article.annotated)


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# ------------------------------------------------------------------- scoring


def scores(comparisons: Iterable[Comparison]) -> dict[str, float | int | None]:
    """Return the figures over all articles; a share of nothing is None."""
    n: Counter[str] = Counter()
    for comparison in comparisons:
        _count_events(comparison, n)
        _count_arguments(comparison, n)
        _count_times(comparison, n)
        _count_factuality(comparison, n)
    result: dict[str, float | int | None] = {}
    for name in ("event", "content_event", "time", "calendar_time"):
        recall = _share(n[f"{name}_found"], n[f"{name}_gold"])
        precision = _share(n[f"{name}_found"], n[f"{name}_predicted"])
        both = (recall or 0) + (precision or 0)
        f1 = round(2 * (recall or 0) * (precision or 0) / both, 3) if both else 0.0
        result |= {f"{name}_recall": recall, f"{name}_precision": precision, f"{name}_f1": f1}
    for pos in ("verb", "noun", "other"):
        result[f"{pos}_recall"] = _share(n[f"{pos}_found"], n[f"{pos}_gold"])
    for role in ("arg0", "arg1"):
        result[f"{role}_recall"] = _share(n[f"{role}_head"], n[f"{role}_gold"])
        result[f"{role}_role_recall"] = _share(n[f"{role}_role"], n[f"{role}_gold"])
        result[f"{role}_recall_of_found"] = _share(n[f"{role}_head"], n[f"{role}_reachable"])
    for name in (*_ATTRIBUTES, "not_certain", "negative", "future"):
        result[f"{name}_accuracy"] = _share(n[f"{name}_right"], n[f"{name}_all"])
    return (
        result
        | {"articles": n["articles"]}
        | {k: n[k] for k in sorted(n) if k.endswith(("_gold", "_all")) and k[0] != "_"}
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _count_events(comparison: Comparison, n: Counter[str]) -> None:
    n["articles"] += 1
    content = sum(not gold.grammatical for gold, _ in comparison.matched)
    n["event_found"] += len(comparison.matched)
    n["event_gold"] += len(comparison.article.events)
    n["event_predicted"] += len(comparison.matched) + len(comparison.spurious)
    n["content_event_found"] += content
    n["content_event_gold"] += sum(not gold.grammatical for gold in comparison.article.events)
    n["content_event_predicted"] += content + len(comparison.spurious)
    for gold in comparison.article.events:
        n[f"{gold.pos.lower()}_gold"] += 1
    for gold, _ in comparison.matched:
        n[f"{gold.pos.lower()}_found"] += 1


def _count_arguments(comparison: Comparison, n: Counter[str]) -> None:
    for gold in comparison.article.events:
        n.update(f"{role.lower()}_gold" for role, _ in gold.arguments)
    for gold, mention in comparison.matched:
        for role, heads in gold.arguments:
            found = [a for a in mention.arguments if has_head(a, heads)]
            n[f"{role.lower()}_reachable"] += 1
            n[f"{role.lower()}_head"] += bool(found)
            n[f"{role.lower()}_role"] += any(has_role(a, role) for a in found)


def _count_times(comparison: Comparison, n: Counter[str]) -> None:
    for gold, time in comparison.times:
        right = gold is not None and time is not None and _same_day(timex_value(time), gold.value)
        for name in ("time", "calendar_time"):
            if name == "calendar_time" and gold is not None and not gold.value[:3].isdigit():
                continue
            n[f"{name}_gold"] += gold is not None
            n[f"{name}_predicted"] += time is not None
            n[f"{name}_found"] += right


def _count_factuality(comparison: Comparison, n: Counter[str]) -> None:
    """Accuracy of each attribute, and the share of the rare values that are found: most events are certain facts."""
    rare = {
        "certainty": ("not_certain", "CERTAIN"),
        "polarity": ("negative", "POS"),
        "time": ("future", "NON_FUTURE"),
    }
    for gold, mention in comparison.matched:
        for attribute, value, said in zip(_ATTRIBUTES, gold.values, FACTUALITY[mention.status], strict=True):
            if not value or (value == "UNDERSPECIFIED" and attribute != "certainty"):
                continue
            name, usual = rare[attribute]
            n[f"{attribute}_all"] += 1
            n[f"{attribute}_right"] += value in said
            if value != usual:
                n[f"{name}_all"] += 1
                n[f"{name}_right"] += value in said

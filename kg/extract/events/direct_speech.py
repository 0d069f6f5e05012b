"""Whose words stand between quotation marks, after a colon, or in a headline before or behind one.

What a cue in the same sentence says is found by `kg.extract.events.attribution`; here its scope grows to the whole
quotation, and quotations without a cue of their own get the speaker of the one before.

Not handled: quotations in single marks, a change of speaker without a cue (as in interviews).
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from kg.extract.events.predicates import Predicates
from kg.extract.events.sources import Scope, reports, speakers
from kg.extract.events.subjects import subjects
from kg.extract.parse import Token, Tokens
from kg.extract.quotations import Quotation
from kg.extract.reading import Reading

__all__ = ["after_colon", "continued", "headlines", "with_quotations"]

_FIRST_PERSON = frozenset("i me my mine myself we us our ours".split())
_FEW = 6  # tokens of a quotation that may be a phrase
_LONGEST_BLOCK = 60  # sentences that one person says without quotation marks


def with_quotations(scope: Scope, around: Mapping[int, Quotation]) -> Scope:
    """Widen a scope to the whole of each full quotation that it says part of: its other sentences belong to it too.

    A few quoted words in somebody else's sentence ("the 'grand coalition'") widen nothing.

    Args:
        scope: as found from its cue.
        around: token index -> the quotation that it stands in.
    """
    widened = set(scope.tokens)
    for quotation in {around[i].tokens.start: around[i] for i in scope.tokens if i in around}.values():
        words = quotation.words
        if len(quotation.tokens) > _FEW and len(words & scope.tokens) >= min(3, len(words)):
            widened |= words
    return Scope(scope.sources, frozenset(widened))


def after_colon(reading: Reading, predicates: Predicates, quotations: list[Quotation]) -> Iterator[Scope]:
    """What follows a reporting clause that ends in a colon: a quotation, or whole paragraphs set apart.

    "*The minister* said:" + paragraphs. Without marks the block lasts while paragraphs speak in the first person or
    until the next paragraph that has a reporting clause of its own.
    """
    ends = {quotation.tokens.start: quotation.tokens.end for quotation in quotations}
    sents = list(reading.parse.sents)
    for n, sent in enumerate(sents[:-1]):
        words = [t for t in sent if not t.is_space]
        if not words or words[-1].text != ":":
            continue
        verb = next((t for t in reversed(words) if reports(predicates, t)), None)
        if verb is None or not (sources := speakers(reading, verb)):
            continue
        start = sents[n + 1].start
        end = ends.get(start) or ends.get(start + 1) or _block_end(reading, predicates, sents, n + 1)
        yield Scope(tuple(sources), frozenset(range(start, end)))


def _block_end(reading: Reading, predicates: Predicates, sents: list[Tokens], first: int) -> int:
    """Return the end of the block that begins with a sentence: before the next one that reports somebody else's words."""
    last = min(len(sents), first + _LONGEST_BLOCK)
    for n in range(first, last):
        reported = any(
            reports(predicates, t)
            and t.dep_ in ("ROOT", "parataxis")
            and not any(s.lower_ in _FIRST_PERSON for s in subjects(t, reading)[0])
            for t in sents[n]
        )
        if reported:
            return sents[n].start
    return sents[last - 1].end


def continued(
    quotations: list[Quotation], scopes: list[Scope], around: Mapping[int, Quotation]
) -> Iterator[Scope]:
    """A quotation of whole sentences without a cue takes the speaker of the quotation just before it.

    Only within its paragraph, or where the paragraph before ended inside a quotation.
    """
    shares: dict[int, Counter[int]] = {}
    for n, scope in enumerate(scopes):
        for i in scope.tokens:
            if i in around:
                shares.setdefault(around[i].tokens.start, Counter())[n] += 1
    last: tuple[Quotation, tuple[Token, ...]] | None = None
    for quotation in quotations:
        words, start = quotation.words, quotation.tokens.start
        owners = (n for n, share in sorted(shares.get(start, Counter()).items()) if share * 2 > len(words))
        if (owner := next(owners, None)) is not None:
            last = (quotation, scopes[owner].sources)
        elif last is not None and _is_full(quotation) and _continues(last[0], quotation):
            yield Scope(last[1], frozenset(range(start, quotation.tokens.end)))
            last = (quotation, last[1])


def _is_full(quotation: Quotation) -> bool:
    """Tell whether a quotation is no mere phrase: long, or a sentence with its full stop inside."""
    inner = [t for t in quotation.tokens if not t.is_space and not t.is_quote]
    return len(quotation.words) > _FEW - 1 or (len(inner) > 1 and inner[-1].text in (".", "!", "?"))


def _continues(before: Quotation, quotation: Quotation) -> bool:
    """Tell whether one person goes on speaking: in the same paragraph, or past the end of one left open."""
    apart = quotation.paragraph - before.paragraph
    return quotation.tokens[0].is_sent_start is True and (apart == 0 or (apart == 1 and not before.closed))


# -------------------------------------------------------------- headlines


def headlines(reading: Reading, sent: Tokens) -> Iterator[Scope]:
    """A source before or behind the colon of a headline: "*Berg*: talks will go on", "Jets bomb town: *officials*".

    Behind the colon only a description ("officials", "state media") or a body counts: a name there may be an example.
    """
    colons = [t for t in sent if t.text == ":"]
    if len(colons) != 1 or any(t.text in ",;" for t in sent):
        return
    parts = [t for t in sent if t.i < colons[0].i], [t for t in sent if t.i > colons[0].i]
    for said, source in (parts, parts[::-1]):
        words = [t for t in source if not t.is_punct and not t.is_space]
        if not 0 < len(words) <= _FEW - 1 or any(t.pos_ in ("VERB", "AUX") for t in words):
            continue
        head = next((t for t in words if t.head not in words or t.head is t), words[-1])
        mention = reading.mention(head)
        if mention is None or mention.type not in ("Person", "Organization", "Group"):
            continue
        first = source is parts[0]
        if any(t.pos_ == "VERB" for t in said) and (
            first or mention.type != "Person" or mention.kind == "nominal"
        ):
            yield Scope((head,), frozenset(t.i for t in said))
            return

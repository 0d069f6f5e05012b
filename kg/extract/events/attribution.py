"""Who is reported as saying what: sources of indirect, direct and mixed quotation, and of whole block quotations.

Each source has a scope, a set of tokens; an event in it is attributed to the source, outermost first. The task is that of
PARC 3 (Pareti 2012): source, cue, content.

Not handled: quotation without a cue in its paragraph or the one before, sources named only in a headline.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extract.events.predicates import Predicates
from kg.extract.events.subjects import subjects
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, conjuncts, is_clausal, is_passive

__all__ = ["Scope", "find_scopes", "quotations"]

_OPEN, _CLOSE, _STRAIGHT = "“«", "”»", '"'
_FIRST_PERSON = frozenset("i me my mine myself we us our ours".split())


@dataclass(frozen=True)
class Scope:
    """A source (one token a coordinated member) and the tokens of what it is reported as saying."""

    sources: tuple[Token, ...]
    tokens: frozenset[int]


def find_scopes(reading: Reading, predicates: Predicates) -> list[Scope]:
    """Return all attributions of a document, widest scope first."""
    quotes = quotations(reading.doc)
    scopes = [
        *_clausal(reading, predicates),
        *_adverbial(reading),
        *_nominal(reading, predicates),
    ]
    inside = {i: quote for quote in quotes for i in range(quote.start, quote.end)}
    scopes = [_with_quotes(scope, inside) for scope in scopes]
    scopes += _after_colon(reading, predicates, quotes)
    scopes += _orphans(reading.doc, quotes, scopes)
    return sorted(scopes, key=lambda s: (-len(s.tokens), s.sources[0].i))


# ------------------------------------------------------------ indirect speech


def _clausal(reading: Reading, predicates: Predicates) -> Iterator[Scope]:
    """Reporting verbs: "*Valls* said that ...", "..., *the ministry* said", "..., *said Carter*, ..."."""
    for predicate in predicates:
        verb = predicate.head
        if verb.pos_ != "VERB" or not predicate.frame.reporting:
            continue
        sources = _speakers(reading, verb)
        content = _content(verb)
        if sources and content:
            yield Scope(tuple(sources), frozenset(content))


def _reports(predicates: Predicates, token: Token) -> bool:
    predicate = predicates.by_head.get(token.i)
    return predicate is not None and predicate.frame.reporting and token.pos_ == "VERB"


def _speakers(reading: Reading, verb: Token) -> list[Token]:
    found, passive = subjects(verb, reading)
    if passive or is_passive(verb):
        return [antecedent(t) for c in children(verb, "obl:agent") for t in conjuncts(c)]
    return [antecedent(token) for token in found]


def _content(verb: Token) -> set[int]:
    """The tokens of what a reporting verb introduces, in whichever place it stands."""
    tokens: set[int] = set()
    for child in children(verb, "ccomp", "xcomp"):
        tokens |= {t.i for t in child.subtree}
    if verb.dep_ == "parataxis" and is_speech_tag(verb):
        aside = {t.i for t in verb.subtree}
        tokens |= {t.i for t in verb.head.subtree} - aside
    if not tokens:
        for child in children(verb, "parataxis"):
            if child.i > verb.i or not is_speech_tag(child):
                tokens |= {t.i for t in child.subtree}
    return tokens


def is_speech_tag(verb: Token) -> bool:
    """Tell whether a reporting clause stands beside its content without a complement of its own: "he said"."""
    return not any(c.dep_ in ("ccomp",) for c in verb.children)


def _adverbial(reading: Reading) -> Iterator[Scope]:
    """Source adverbials: "*according to the ministry*, ..."; they hold for the clause that they hang on."""
    for token in reading.doc:
        if (
            token.dep_ not in ("obl", "nmod", "advmod", "advcl", "parataxis")
            or case_of(token) not in reading.lexicon.source_prepositions
        ):
            continue
        clause = token.head
        while not is_clausal(clause) and clause.head is not clause:
            clause = clause.head
        while clause.dep_ in ("conj", "acl", "acl:relcl", "advcl", "xcomp") and is_clausal(clause.head):
            clause = clause.head
        aside = {t.i for t in token.subtree}
        yield Scope(tuple(conjuncts(token)), frozenset({t.i for t in clause.subtree} - aside))


def _nominal(reading: Reading, predicates: Predicates) -> Iterator[Scope]:
    """Nouns of saying: "*Putin's* announcement that ...", "a statement by *the ministry* that ..."."""
    for predicate in predicates:
        noun = predicate.head
        if noun.pos_ == "VERB" or not predicate.frame.reporting:
            continue
        content = {
            t.i for c in children(noun, "acl", "ccomp", "acl:relcl") if _is_that_clause(c) for t in c.subtree
        }
        sources = [t for c in children(noun, "nmod:poss") for t in conjuncts(c)]
        sources += [t for c in children(noun, "nmod") if case_of(c) in ("by", "from") for t in conjuncts(c)]
        if predicate.carrier is not None and not sources:
            sources = subjects(predicate.carrier, reading)[0]
        if sources and content:
            yield Scope(tuple(sources), frozenset(content))


def _is_that_clause(token: Token) -> bool:
    return token.dep_ == "ccomp" or any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)


# -------------------------------------------------------------- direct speech


def quotations(doc: Doc) -> list[Span]:
    """Return the stretches between quotation marks, marks included.

    A straight mark opens and closes in turn within a paragraph; a quotation that a paragraph does not close ends with
    it (and goes on in the next, when that opens with a mark again). Single marks are left out: apostrophes look alike.
    """
    spans: list[Span] = []
    opened: int | None = None
    for token in doc:
        if token.is_space and token.text.count("\n") > 1:
            if opened is not None:
                spans.append(doc[opened : token.i])
            opened = None
        elif opened is None and (token.text in _OPEN or token.text == _STRAIGHT or token.text == "``"):
            opened = token.i
        elif opened is not None and (token.text in _CLOSE or token.text == _STRAIGHT or token.text == "''"):
            spans.append(doc[opened : token.i + 1])
            opened = None
    if opened is not None:
        spans.append(doc[opened : len(doc)])
    return [span for span in spans if len(span) > 2]


def _with_quotes(scope: Scope, inside: dict[int, Span]) -> Scope:
    """Widen a scope to the whole of each full quotation that it says part of: its other sentences belong to it too.

    A few quoted words in somebody else's sentence ("the 'grand coalition'") widen nothing.

    Args:
        scope: as found from its cue.
        inside: token index -> the quotation that it stands in.
    """
    widened = set(scope.tokens)
    for quote in {inside[i].start: inside[i] for i in scope.tokens if i in inside}.values():
        words = {t.i for t in quote if not t.is_punct and not t.is_space}
        if len(quote) > _FEW and len(words & scope.tokens) >= min(3, len(words)):
            widened |= words
    return Scope(scope.sources, frozenset(widened))


_FEW = 6  # tokens of a quotation that may be a phrase


def _after_colon(reading: Reading, predicates: Predicates, quotes: list[Span]) -> Iterator[Scope]:
    """What follows a reporting clause that ends in a colon: a quotation, or whole paragraphs set apart.

    "*The minister* said:" + paragraphs. Without marks the block lasts while paragraphs speak in the first person or
    until the next paragraph that has a reporting clause of its own.
    """
    doc = reading.doc
    sents = list(doc.sents)
    for n, sent in enumerate(sents[:-1]):
        words = [t for t in sent if not t.is_space]
        if not words or words[-1].text != ":":
            continue
        verb = next(
            (t for t in reversed(words) if _reports(predicates, t)),
            None,
        )
        if verb is None or not (sources := _speakers(reading, verb)):
            continue
        start = sents[n + 1].start
        quote = next((q for q in quotes if q.start in (start, start + 1)), None)
        end = quote.end if quote is not None else _block_end(reading, predicates, sents[n + 1 :])
        yield Scope(tuple(sources), frozenset(range(start, end)))


def _block_end(reading: Reading, predicates: Predicates, sents: list[Span]) -> int:
    end = sents[0].start
    for sent in sents:
        reported = any(
            _reports(predicates, t)
            and t.dep_ in ("ROOT", "parataxis")
            and not any(s.lower_ in _FIRST_PERSON for s in subjects(t, reading)[0])
            for t in sent
        )
        if reported:
            break
        end = sent.end
    return end


def _orphans(doc: Doc, quotes: list[Span], scopes: list[Scope]) -> Iterator[Scope]:
    """A quotation of whole sentences without a cue takes the speaker of the quotation just before it.

    Only within its paragraph, or when the paragraph before ended inside a quotation.
    """
    last: tuple[Span, tuple[Token, ...]] | None = None
    for quote in quotes:
        middle = {t.i for t in quote if not t.is_punct and not t.is_space}
        owner = next((s for s in scopes if len(middle & s.tokens) * 2 > len(middle)), None)
        if owner is not None:
            last = (quote, owner.sources)
        elif (
            last is not None
            and len(middle) > 5
            and quote[0].is_sent_start
            and _continues(doc, last[0], quote)
        ):
            yield Scope(last[1], frozenset(range(quote.start, quote.end)))
            last = (quote, last[1])


def _continues(doc: Doc, before: Span, quote: Span) -> bool:
    breaks = [t for t in doc[before.end : quote.start] if t.is_space and t.text.count("\n") > 1]
    closed = before[-1].text in _CLOSE or (before[-1].text == _STRAIGHT and len(before) > 1)
    return not breaks or (len(breaks) == 1 and not closed)

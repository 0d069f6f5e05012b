"""Who is reported as saying what: sources of indirect, direct and mixed quotation, and of whole block quotations.

Each source has a scope, a set of tokens; an event in it is attributed to the source, outermost first. The task is that of
PARC 3 (Pareti 2012): source, cue, content.

Not handled: quotation without a cue in its paragraph or the one before, sources named only in a headline.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract.events.predicates import Predicates
from kg.extract.events.subjects import subjects
from kg.extract.quotations import Quotation, find_quotations
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, conjuncts, is_clausal, is_passive

__all__ = ["Scope", "find_scopes"]

_FIRST_PERSON = frozenset("i me my mine myself we us our ours".split())


@dataclass(frozen=True)
class Scope:
    """A source (one token a coordinated member) and the tokens of what it is reported as saying."""

    sources: tuple[Token, ...]
    tokens: frozenset[int]


def find_scopes(reading: Reading, predicates: Predicates) -> list[Scope]:
    """Return all attributions of a document, widest scope first."""
    quotations = find_quotations(reading.doc)
    around = {
        i: quotation for quotation in quotations for i in range(quotation.tokens.start, quotation.tokens.end)
    }
    scopes = [
        *_clausal(reading, predicates),
        *_adverbial(reading),
        *_nominal(reading, predicates),
    ]
    scopes = [_with_quotations(scope, around) for scope in scopes]
    scopes += _after_colon(reading, predicates, quotations)
    scopes += _orphans(quotations, scopes, around)
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


def _with_quotations(scope: Scope, around: Mapping[int, Quotation]) -> Scope:
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


_FEW = 6  # tokens of a quotation that may be a phrase


def _after_colon(reading: Reading, predicates: Predicates, quotations: list[Quotation]) -> Iterator[Scope]:
    """What follows a reporting clause that ends in a colon: a quotation, or whole paragraphs set apart.

    "*The minister* said:" + paragraphs. Without marks the block lasts while paragraphs speak in the first person or
    until the next paragraph that has a reporting clause of its own.
    """
    ends = {quotation.tokens.start: quotation.tokens.end for quotation in quotations}
    sents = list(reading.doc.sents)
    for n, sent in enumerate(sents[:-1]):
        words = [t for t in sent if not t.is_space]
        if not words or words[-1].text != ":":
            continue
        verb = next((t for t in reversed(words) if _reports(predicates, t)), None)
        if verb is None or not (sources := _speakers(reading, verb)):
            continue
        start = sents[n + 1].start
        end = ends.get(start) or ends.get(start + 1) or _block_end(reading, predicates, sents, n + 1)
        yield Scope(tuple(sources), frozenset(range(start, end)))


def _block_end(reading: Reading, predicates: Predicates, sents: list[Span], first: int) -> int:
    """Return the end of the block that begins with a sentence: before the next one that reports somebody else's words."""
    for n in range(first, len(sents)):
        reported = any(
            _reports(predicates, t)
            and t.dep_ in ("ROOT", "parataxis")
            and not any(s.lower_ in _FIRST_PERSON for s in subjects(t, reading)[0])
            for t in sents[n]
        )
        if reported:
            return sents[n].start
    return sents[-1].end


def _orphans(
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
        elif last is not None and len(words) > _FEW - 1 and _continues(last[0], quotation):
            yield Scope(last[1], frozenset(range(start, quotation.tokens.end)))
            last = (quotation, last[1])


def _continues(before: Quotation, quotation: Quotation) -> bool:
    """Tell whether one person goes on speaking: in the same paragraph, or past the end of one left open."""
    apart = quotation.paragraph - before.paragraph
    return quotation.tokens[0].is_sent_start is True and (apart == 0 or (apart == 1 and not before.closed))

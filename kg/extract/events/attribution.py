"""Who is reported as saying what: sources of indirect, direct and mixed quotation, and of whole block quotations.

Each source has a scope, a set of tokens; an event in it is attributed to the source, outermost first. The task is that of
PARC 3 (Pareti 2012): source, cue, content. Direct speech is read by `kg.extract.events.direct_speech`.

Not handled: quotation without a cue in its paragraph or the one before, sources named only in a headline.
"""

from collections.abc import Iterator

from kg.extract.events.direct_speech import after_colon, continued, headlines, with_quotations
from kg.extract.events.predicates import Predicates, said_through
from kg.extract.events.sources import Scope, is_speech_tag, owners, reports, speakers
from kg.extract.events.subjects import subjects
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import case_of, children, conjuncts, has_child, is_clausal, is_relative_pronoun

__all__ = ["Scope", "find_scopes"]


def find_scopes(reading: Reading, predicates: Predicates) -> list[Scope]:
    """Return all attributions of a document, widest scope first."""
    quotations = reading.quotations
    around = {
        i: quotation for quotation in quotations for i in range(quotation.tokens.start, quotation.tokens.end)
    }
    scopes = [
        *_clausal(reading, predicates),
        *_adverbial(reading),
        *_as_clauses(reading, predicates),
        *_nominal(reading, predicates),
    ]
    scopes = [with_quotations(scope, around) for scope in scopes]
    scopes += after_colon(reading, predicates, quotations)
    scopes += [scope for sent in reading.parse.sents for scope in headlines(reading, sent)]
    scopes += continued(quotations, scopes, around)
    return sorted(scopes, key=lambda s: (-len(s.tokens), s.sources[0].i))


# ------------------------------------------------------------ indirect speech


def _clausal(reading: Reading, predicates: Predicates) -> Iterator[Scope]:
    """Reporting verbs: "*Valls* said that ...", "..., *the ministry* said", "..., *said Carter*, ..."."""
    for predicate in predicates:
        verb = predicate.head
        if not reports(predicates, verb):
            continue
        sources = speakers(reading, verb)
        content = _content(reading, predicates, verb)
        if sources and content:
            yield Scope(tuple(sources), frozenset(content))


def _content(reading: Reading, predicates: Predicates, verb: Token) -> set[int]:
    """The tokens of what a reporting verb introduces, in whichever place it stands."""
    complements = [*_complements(verb), *said_through(reading, verb)]
    tokens = {t.i for child in complements for t in child.subtree}
    tokens -= {t.i for child in complements for t in _contrasted(predicates, child)}
    if verb.dep_ == "parataxis" and is_speech_tag(verb):
        tokens |= _without(verb.head, verb)
    elif (modified := _interrupted(verb)) is not None:
        tokens |= _without(modified, verb)
    if not tokens:
        for child in children(verb, "parataxis"):
            tag = reports(predicates, child) and is_speech_tag(child) and has_child(child, "nsubj")
            if not tag and (child.i > verb.i or not is_speech_tag(child)):
                tokens |= {t.i for t in child.subtree}
    return tokens


def _complements(verb: Token) -> Iterator[Token]:
    """Clauses that complete a reporting verb: "said *that ...*", "described *how ...*", "quoted X *as saying ...*".

    And gerunds with "of" beside an object: "accused X *of lying*".
    """
    yield from children(verb, "ccomp", "xcomp")
    for child in children(verb, "obj", "advmod"):
        if child.tag_ in ("WRB", "WP"):
            yield from children(child, "advcl:relcl", "acl:relcl")
    objects = children(verb, "obj", "nsubj:pass")
    for child in (*children(verb, "advcl"), *(c for noun in objects for c in children(noun, "acl"))):
        if child.tag_ == "VBG" and any(c.lower_ in ("as", "of") for c in children(child, "mark")):
            yield child


def _contrasted(predicates: Predicates, clause: Token) -> Iterator[Token]:
    """What somebody else says beside it: "A said that it fell, *while B said that it stands*"."""
    for child in children(clause, "advcl"):
        marks = [c.lower_ for c in children(child, "mark")]
        if marks and marks[0] in _BESIDE and reports(predicates, child) and has_child(child, "nsubj"):
            yield from child.subtree


_BESIDE = ("while", "whereas", "although", "though")


def _without(clause: Token, aside: Token) -> set[int]:
    """The tokens of a clause but for an aside in it."""
    return {t.i for t in clause.subtree} - {t.i for t in aside.subtree}


def _interrupted(verb: Token) -> Token | None:
    """The clause that a speech tag after a comma belongs to: "the rebels, *officials say*, fled", "..., *a paper reported*".

    The parser may take the tag for a relative clause, but it has no relative pronoun and no object.
    """
    if verb.dep_ != "acl:relcl" or has_child(verb, "obj", "ccomp", "xcomp"):
        return None
    tag = [t for t in verb.subtree if not t.is_punct and not t.is_space]
    before, after = verb.parse[max(tag[0].i - 1, 0)], verb.parse[min(tag[-1].i + 1, len(verb.parse) - 1)]
    if before.text != "," or not after.is_punct or any(is_relative_pronoun(t) for t in tag):
        return None
    return next((a for a in verb.head.ancestors if is_clausal(a)), None)


def _adverbial(reading: Reading) -> Iterator[Scope]:
    """Source adverbials: "*according to the ministry*, ...", "*in the view of the council*, ...".

    They hold for the clause that they hang on.
    """
    prepositions = reading.lexicon.source_prepositions
    for token in reading.parse:
        if token.dep_ not in ("obl", "nmod", "advmod", "advcl", "parataxis"):
            continue
        prep = case_of(token)
        sources = [token] if prep in prepositions else []
        for child in children(token, "nmod"):
            words = [prep, *(c.lower_ for c in children(token, "det")), token.lower_, case_of(child)]
            if " ".join(words) in prepositions:
                sources = [child]
        if sources:
            aside = {t.i for t in token.subtree}
            scope = frozenset({t.i for t in _clause_of(token).subtree} - aside)
            yield Scope(tuple(t for source in sources for t in conjuncts(source)), scope)


def _clause_of(token: Token) -> Token:
    """The clause that an adverbial holds for: the nearest, of coordinated and subordinate ones the highest."""
    clause = token.head
    while not is_clausal(clause) and clause.head is not clause:
        clause = clause.head
    while clause.dep_ in ("conj", "acl", "acl:relcl", "advcl", "xcomp") and is_clausal(clause.head):
        clause = clause.head
    return clause


def _as_clauses(reading: Reading, predicates: Predicates) -> Iterator[Scope]:
    """Comment clauses: "as *the general* admitted, they lost the town", "as *she* put it, ..."."""
    for predicate in predicates:
        verb = predicate.head
        if verb.dep_ != "advcl" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
            continue
        if not any(c.lower_ == "as" for c in children(verb, "mark", "advmod")):
            continue
        put_it = verb.lemma == "put" and any(c.lower_ == "it" for c in children(verb, "obj"))
        tag = reports(predicates, verb) and not has_child(verb, "obj", "ccomp", "xcomp")
        if (put_it or tag) and (sources := subjects(verb, reading)[0]) and has_child(verb, "nsubj"):
            yield Scope(tuple(sources), frozenset(_without(verb.head, verb)))


def _nominal(reading: Reading, predicates: Predicates) -> Iterator[Scope]:
    """Nouns of saying: "*Putin's* announcement that ...", "a statement by *the ministry* that ...".

    A report that nobody is named for is told by who denies, reads or has it: "*the mayor* denied reports that ...".
    """
    for predicate in predicates:
        noun = predicate.head
        if noun.pos_ == "VERB" or not predicate.frame.reporting:
            continue
        clauses = [c for c in children(noun, "acl", "ccomp", "acl:relcl") if _is_that_clause(c)]
        content = {t.i for c in clauses for t in c.subtree}
        sources = owners(noun)
        if predicate.carrier is not None and not sources:
            sources = subjects(predicate.carrier, reading)[0]
        elif not sources and noun.dep_ == "obj" and reports(predicates, noun.head):
            sources = speakers(reading, noun.head)
        if sources and content:
            yield Scope(tuple(sources), frozenset(content))


def _is_that_clause(token: Token) -> bool:
    return token.dep_ == "ccomp" or any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)

"""What pronouns and definite descriptions of a document stand for: a sieve of precise rules first, abstaining when unsure.

In the manner of the multi-pass sieve (Raghunathan et al. 2010, Lee et al. 2013): each pass looks only at what earlier ones
left open and takes the best candidate before the mention; subjects come before objects, near before far (Hobbs 1978
reduced to grammatical function). Gender is known only from titles, kinship nouns and earlier pronouns.

Not handled: cataphora, plural pronouns for several people named apart, "it" for whole clauses, event coreference.
"""

from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.datamodel import EntityMention, Span
from kg.extract.events.attribution import Scope
from kg.extract.names import Gender
from kg.extract.reading import Reading
from kg.extract.syntax import children, has_child

__all__ = ["find_antecedents", "resolve_speakers"]

_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_NEUTER = frozenset("it its itself".split())
_PLURAL = frozenset("they them their theirs themselves".split())
_SPEAKER = frozenset("i me my mine myself".split())
_DEFINITE = frozenset("the this that these those both".split())
_WINDOW = 3  # sentences that a pronoun looks back
_FAR = 12  # sentences that a definite description looks back


def find_antecedents(reading: Reading) -> None:
    """Set the antecedents of third-person pronouns and definite nominals in `reading.mentions`."""
    genders = _titled(reading)
    sents = list(reading.doc.sents)
    for number, sent in enumerate(sents):
        for token in sent:
            mention = reading.mentions.by_head.get(token.i)
            if mention is None or mention.antecedent is not None or mention.kind == "name":
                continue
            if mention.kind == "nominal":
                found = _definite(reading, token, mention, sents, number)
            else:
                found = _pronoun(reading, token, sents, number, genders)
            if found is not None:
                reading.mentions.resolve(mention, found.antecedent or found.span)
                if token.lower_ in _MALE | _FEMALE:
                    genders.tell(found.antecedent or found.span, "m" if token.lower_ in _MALE else "f")


def resolve_speakers(reading: Reading, scopes: Iterable[Scope]) -> None:
    """Set "I" inside reported speech to its speaker; "we" stays open, it may be a country, a party or a crowd."""
    for scope in sorted(scopes, key=lambda s: -len(s.tokens)):
        speaker = reading.mention(scope.sources[0])
        if speaker is None or len(scope.sources) > 1:
            continue
        for index in scope.tokens:
            mention = reading.mentions.by_head.get(index)
            if mention is not None and mention.kind == "pronoun" and reading.doc[index].lower_ in _SPEAKER:
                reading.mentions.resolve(mention, speaker.antecedent or speaker.span)


# ---------------------------------------------------------------- pronouns


def _pronoun(
    reading: Reading, token: Token, sents: list[DocSpan], number: int, genders: "_Genders"
) -> EntityMention | None:
    word = token.lower_
    if word in _MALE | _FEMALE:
        wanted = "m" if word in _MALE else "f"

        def fits(candidate: EntityMention, head: Token) -> bool:
            known = genders.of(candidate.antecedent or candidate.span)
            return candidate.type == "Person" and known in (None, wanted) and not _is_plural_noun(head)

    elif word in _NEUTER:

        def fits(candidate: EntityMention, head: Token) -> bool:
            return candidate.type not in ("Person", "Group") and not _is_plural(head)

    elif word in _PLURAL:

        def fits(candidate: EntityMention, head: Token) -> bool:
            return candidate.type in ("Group", "Organization") or _is_plural(head)

    else:
        return None
    return _nearest(reading, token, sents, number, fits, window=_WINDOW if word not in _NEUTER else 1)


def _nearest(
    reading: Reading,
    token: Token,
    sents: list[DocSpan],
    number: int,
    fits: Callable[[EntityMention, Token], bool],
    window: int,
) -> EntityMention | None:
    """Return the best candidate: in the pronoun's own sentence first, then sentence by sentence back; subjects first.

    Abstains where two different candidates of the same function stand in the same sentence.
    """
    for back in range(window + 1):
        if number - back < 0:
            break
        sent = sents[number - back]
        ranked: dict[int, list[EntityMention]] = {}
        for head, candidate in _candidates(reading, sent, token):
            if fits(candidate, head) and not _bound(token, head):
                ranked.setdefault(_rank(head, token), []).append(candidate)
        for rank in sorted(ranked):
            distinct = {_last_name(c.antecedent or c.span) for c in ranked[rank]}
            if len(distinct) == 1:
                return ranked[rank][-1]
            if rank <= 1:
                return ranked[rank][-1] if back == 0 else ranked[rank][0]
            break
        if ranked and back > 0:
            return None
    return None


def _candidates(reading: Reading, sent: DocSpan, token: Token) -> Iterator[tuple[Token, EntityMention]]:
    for head in sent:
        mention = reading.mentions.by_head.get(head.i)
        if head.i >= token.i or mention is None or (mention.kind == "pronoun" and mention.antecedent is None):
            continue
        if (
            mention.kind == "nominal"
            and mention.country
            and mention.span.text[:1].isupper()
            and head.dep_ == "amod"
        ):
            continue
        yield head, mention


def _rank(head: Token, token: Token) -> int:
    """Salience by grammatical function: subjects, then possessors of subjects and objects, then the rest."""
    function = head
    while function.dep_ in ("conj", "flat", "appos"):
        function = function.head
    if function.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer"):
        return 0 if function.head in (token.head, *token.ancestors) or function.head.dep_ == "ROOT" else 1
    if function.dep_ in ("obj", "iobj", "obl:agent"):
        return 2
    return 3


def _bound(token: Token, head: Token) -> bool:
    """Tell whether grammar keeps the two apart: a subject and a plain object pronoun of one verb (binding, B)."""
    if token.lower_.endswith(("self", "selves")) or token.dep_ == "nmod:poss":
        return head.i == token.head.i  # "*X* and *his* brother" may corefer, "*his* brother" as one may not
    return head.head == token.head and head.dep_.startswith("nsubj") and token.dep_ in ("obj", "iobj", "obl")


def _is_plural(head: Token) -> bool:
    return _is_plural_noun(head) or has_child(head, "conj")


def _is_plural_noun(head: Token) -> bool:
    return head.tag_ in ("NNS", "NNPS") and head.ent_type_ in ("", "NORP")


class _Genders:
    """Genders that titles and pronouns have told so far, by mention and by last name."""

    def __init__(self) -> None:
        self._by_span: dict[Span, Gender] = {}
        self._by_last_name: dict[str, set[Gender]] = {}

    def tell(self, span: Span, gender: Gender) -> None:
        self._by_span[span] = gender
        self._by_last_name.setdefault(_last_name(span), set()).add(gender)

    def of(self, span: Span) -> Gender | None:
        """Return the gender of a mention, or that of all others with its last name."""
        others = self._by_last_name.get(_last_name(span), set())
        return self._by_span.get(span) or (next(iter(others)) if len(others) == 1 else None)


def _last_name(span: Span) -> str:
    return (span.text.split() or [span.text])[-1].casefold()


def _titled(reading: Reading) -> _Genders:
    """Genders of people named with a title that tells it: "Mrs Merkel"; "Chancellor" tells nothing."""
    genders = _Genders()
    for mention in reading.mentions:
        if mention.kind == "name" and mention.type == "Person":
            before = reading.document.text[max(0, mention.span.start - 12) : mention.span.start].split()
            if before and (gender := reading.names.gender(before[-1])):
                genders.tell(mention.span, gender)
    return genders


# -------------------------------------------------------- definite nominals


def _definite(
    reading: Reading, token: Token, mention: EntityMention, sents: list[DocSpan], number: int
) -> EntityMention | None:
    """A description with "the" or "this": the same words before, then a name with that title, then the type.

    "the car" after "a car"; "the minister" after "Defence Minister Le Drian"; "the group" after an organisation that
    was the last one named; "the city" after the last city.
    """
    determiner = next((c.lower_ for c in children(token, "det", "det:predet")), None)
    if determiner not in _DEFINITE or (
        mention.country and mention.type == "Group" and len(mention.span.text.split()) < 3
    ):
        return None
    if any(True for _ in children(token, "acl:relcl", "acl", "nummod", "nmod:poss")):
        return None
    if any(c.dep_ == "nmod" and reading.mention(c) for c in token.children):
        return None
    modifiers = {c.lower_ for c in children(token, "amod", "compound")}
    earlier = [
        (head, candidate)
        for back in range(min(_FAR, number) + 1)
        for head, candidate in reversed(list(_candidates(reading, sents[number - back], token)))
    ]
    for head, candidate in earlier:
        if (
            candidate.kind == "nominal"
            and head.lemma_ == token.lemma_
            and modifiers <= _words(candidate)
            and _is_plural(head) == _is_plural(token)
        ):
            return candidate
    if mention.type == "Person" and not _is_plural(token):
        described = modifiers | {token.lower_}
        people = ((h, c) for h, c in earlier if c.kind == "name" and c.type == "Person")
        return next((c for h, c in people if described <= _title_words(reading, h, c)), None)
    if modifiers:
        return None
    if token.lower_ in _GENERAL and not _is_plural(token):
        kind = mention.type
        return next((c for _, c in earlier if c.kind == "name" and _general(kind, c)), None)
    return None


# nouns so general that they stand for the last name of their type
_GENERAL = frozenset(
    "group organisation organization city town country nation company party region militia movement airport".split()
)


def _general(kind: str, candidate: EntityMention) -> bool:
    return candidate.type == kind or (kind in ("Organization", "Group") and candidate.type == "Organization")


def _words(mention: EntityMention) -> set[str]:
    return set(mention.span.text.casefold().split())


def _title_words(reading: Reading, head: Token, mention: EntityMention) -> set[str]:
    """The words of a person's title or apposition: "French *President* François Hollande", "X, the *minister*"."""
    words = {
        t.lower_
        for t in reading.doc[max(0, head.i - 4) : head.i]
        if t.dep_ in ("nmod:desc", "compound", "flat", "amod") or t.head == head
    }
    first = reading.mentions.first_token(mention)
    words |= {t.lower_ for t in reading.doc[max(0, first - 3) : first] if not t.is_punct}
    for child in children(head, "appos", "nmod:desc"):
        words |= {t.lower_ for t in child.subtree}
    if head.dep_ in ("appos", "flat"):
        words |= {t.lower_ for t in head.head.subtree if t.i < head.i}
    return words

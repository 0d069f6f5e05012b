"""What pronouns and definite descriptions of a document stand for: a sieve of precise rules first, abstaining when unsure.

In the manner of the multi-pass sieve (Raghunathan et al. 2010, Lee et al. 2013), each pass looking only at what earlier ones
left open, with the salience of Lappin and Leass (1994) to choose among what agrees:

1. Names of one person, by their words (`discourse`); gender from titles, kinship nouns and given names (`agreement`).
2. Appositions and "the city of X": `kg.extract.mentions`, before this module.
3. Reflexives and who cannot be meant: `binding`.
4. Descriptions: `descriptions`. 5. Third-person pronouns: `pronouns`. Both in text order, for each builds on the last.
6. "I" in reported speech is its speaker; "we" if the speaker is a body: `resolve_speakers`.

Demonyms that act ("the French agreed") are antecedents like any other; `kg.resolve` tells a people from its state.

Not handled: plural pronouns for several people named apart (a mention has one antecedent; the coordination competes,
and where it wins the pronoun stays open), "it" for whole clauses, event coreference, bridging.
"""

from collections.abc import Iterable
from itertools import islice

from kg.datamodel import EntityMention
from kg.extract.coreference.agreement import (
    FEMALE,
    FIRST,
    MALE,
    THIRD,
    WE,
    gender_of,
    is_plural,
    takes_plural,
)
from kg.extract.coreference.descriptions import find_described, title_words
from kg.extract.coreference.discourse import Discourse, Referent
from kg.extract.coreference.pronouns import find_referent
from kg.extract.events.attribution import Scope
from kg.extract.parse import Token, Tokens
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, has_child, is_relative_pronoun
from kg.ids import fold

__all__ = ["find_antecedents", "resolve_speakers"]


def find_antecedents(reading: Reading) -> None:
    """Set the antecedents of third-person pronouns and definite nominals in `reading.mentions`."""
    sieve = _Sieve(reading)
    for number, sent in enumerate(reading.parse.sents):
        sieve.read(number, sent)


def resolve_speakers(reading: Reading, scopes: Iterable[Scope]) -> None:
    """Set "I" inside reported speech to its speaker, and "we" to a speaker that is an organisation or a group.

    "“*I* agree,” said *Berg*", "*the ministry* said: “*we* agree”". What "we" means in a person's mouth stays open: a
    country, a party or a crowd. The innermost source speaks; two sources speak for nobody.
    """
    for scope in sorted(scopes, key=lambda s: -len(s.tokens)):
        speaker = reading.mention(scope.sources[0])
        if speaker is None or len(scope.sources) > 1:
            continue
        words = FIRST | WE if speaker.type in ("Organization", "Group") else FIRST
        for index in sorted(scope.tokens):
            mention = reading.mentions.by_head.get(index)
            if mention is not None and mention.kind == "pronoun" and reading.parse[index].lower_ in words:
                if speaker.span != mention.span:
                    reading.mentions.resolve(mention, speaker.antecedent or speaker.span)


class _Sieve:
    """Reads a document once, in text order: each mention finds its referent, and makes it more salient."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.discourse = Discourse()
        self.quoted = {i: q for q in reading.quotations for i in range(q.tokens.start, q.tokens.end)}
        for index, mention in sorted(reading.mentions.by_head.items()):
            if mention.kind == "name":
                self._introduce(mention, reading.parse[index])
        if (topic := self._topic()) is not None:
            self.discourse.be_about(topic, (m for m in reading.mentions if m.kind == "name"))
        for index, mention in sorted(reading.mentions.by_head.items()):
            if mention.antecedent is not None and (referent := self.discourse.of(mention)) is not None:
                referent.gender = referent.gender or gender_of(mention, reading.parse[index], reading.names)
                referent.titles |= {t.lower_ for t in reading.parse[index].subtree}

    def _topic(self) -> Referent | None:
        """Return what an article is about: the name that its first sentence defines, "*Holm* is a town on the Lena".

        Limits: only the copula with a noun, in the first sentence or after a title; news mostly begin otherwise.
        """
        for sent in islice(self.reading.parse.sents, 2):
            root = sent.root
            if has_child(root, "cop") and root.pos_ in ("NOUN", "PROPN") and not case_of(root):
                for subject in children(root, "nsubj"):
                    mention = self.reading.mention(subject)
                    if mention is not None and mention.kind == "name":
                        return self.discourse.of(mention)
        return None

    def _introduce(self, mention: EntityMention, head: Token) -> None:
        known = self.reading.names.known(mention.span.text)
        referent = self.discourse.name(mention, known.label if known else fold(mention.span.text), head)
        referent.many = referent.many or (mention.type != "Place" and takes_plural(head))
        if mention.type == "Person":
            referent.gender = referent.gender or gender_of(mention, head, self.reading.names)
            referent.titles |= title_words(self.reading, head, mention)

    def read(self, number: int, sent: Tokens) -> None:
        """Resolve the mentions of a sentence."""
        by_head = self.reading.mentions.by_head
        for token in sent:
            mention = by_head.get(token.i)
            if mention is None and token.pos_ not in _NOUNS:
                continue
            if is_relative_pronoun(token) and (of := antecedent(token)) is not token:
                referent = self.discourse.of(self.reading.mention(of))
            elif mention is None:
                referent = self._other(token)
            elif mention.kind == "name" or mention.antecedent is not None:
                referent = self.discourse.of(mention)
            elif mention.kind == "nominal":
                referent = self._description(token, mention, number)
            else:
                referent = self._pronoun(token, mention, number, sent)
            self._coordination(token, number)
            if referent is not None:
                self.discourse.touch(referent, token, number)
                if mention is not None and mention.kind == "nominal":
                    self.discourse.call(referent, mention, token)

    def _coordination(self, token: Token, number: int) -> None:
        """Note that several are named at once: "*Berg and Holm*" may be "they"."""
        if token.dep_ == "conj" or token.dep_ not in _PHRASES or not has_child(token, "conj"):
            return
        mentions = [self.reading.mention(member) for member in (token, *children(token, "conj"))]
        several = self.discourse.other(f"{token.i} and", token, True)
        several.actors = all(m is not None and m.type in _ACTORS for m in mentions)
        several.members = [token, *children(token, "conj")]
        self.discourse.touch(several, token, number)

    def _other(self, token: Token) -> Referent | None:
        """What is no mention of ours, but may be what a pronoun means: "the *idea*"."""
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in _PHRASES or has_child(token, "cop"):
            return None
        if token.i in self.reading.mentions.by_token or token.i in self.reading.times:
            return None
        if token.lower_ in _ADVERBIAL or self.reading.mention(token) is not None:
            return None
        return self.discourse.other(token.lemma, token, is_plural(token))

    def _description(self, token: Token, mention: EntityMention, number: int) -> Referent | None:
        if token.dep_ in ("amod", "compound") or has_child(token, "cop"):
            return None  # "*French* troops" speaks of troops; "Berg is the *minister*" of Berg
        found = self._titled(token, mention) or find_described(
            self.reading, self.discourse, token, mention, number
        )
        if found is None:
            found = self.discourse.describe(mention, token, is_plural(token))
            found.gender = gender_of(mention, token, self.reading.names) if mention.type == "Person" else None
        else:
            self._resolve(mention, found)
        return found

    def _titled(self, token: Token, mention: EntityMention) -> Referent | None:
        """The person whose name follows without a comma: "*English defender* Kyle Holm"."""
        if mention.type != "Person" or is_plural(token) or token.i + 1 >= len(token.parse):
            return None
        follower = token.nbor(1)
        name = self.reading.mentions.by_token.get(follower.i)
        if name is None or name.kind != "name" or name.type != "Person" or follower.sent != token.sent:
            return None
        return self.discourse.of(name) if name.span.start == follower.idx else None

    def _pronoun(self, token: Token, mention: EntityMention, number: int, sent: Tokens) -> Referent | None:
        if token.lower_ not in THIRD:
            return None
        barred = self._speakers(token, sent)
        found = find_referent(self.reading, self.discourse, token, number, barred)
        if found is not None:
            self._resolve(mention, found)
            if token.lower_ in MALE | FEMALE:
                found.gender = "m" if token.lower_ in MALE else "f"
        elif token.lower_ == "they" and token.dep_ in ("nsubj", "nsubj:pass"):
            found = self.discourse.other("they", token, True)  # whoever: the next "they" may well be the same
            found.actors = True
        return found

    def _resolve(self, mention: EntityMention, referent: Referent) -> None:
        if referent.mention is not None:
            self.reading.mentions.resolve(mention, referent.mention.span)

    def _speakers(self, token: Token, sent: Tokens) -> set[int]:
        """Who says the quotation that a pronoun stands in, so far as the sentence tells: "“*He* lied,” said Holm"."""
        if token.i not in self.quoted:
            return set()
        barred = set()
        for verb in sent:
            if verb.i not in self.quoted and self.reading.lexicon.is_reporting(verb.lemma):
                for subject in children(verb, "nsubj"):
                    referent = self.discourse.of(self.reading.mention(subject))
                    barred |= {id(referent)} if referent is not None else set()
        return barred


_NOUNS = (
    "NOUN",
    "PROPN",
    "PRON",
    "DET",
    "ADV",
)  # with relative pronouns, which the tagger spreads over the last three
_ACTORS = ("Person", "Organization", "Group", "Place")
_PHRASES = (
    "nsubj",
    "nsubj:pass",
    "nsubj:outer",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "nmod",
    "conj",
    "nmod:poss",
    "ROOT",
)
# nouns that mostly make an adverb
_ADVERBIAL = frozenset(
    "time way addition fact case part example instance end order reason moment thing lot day year week month".split()
)

"""Generates documents with their extractions, as many as asked for: what resolution gets to see, without a parser.

Names are drawn by Zipf's law (the frequency of a name falls with its rank; Zipf 1949), so that few are in every hundredth
document, most in one only, and new ones keep coming (Heaps 1978). Surnames are shared, by Zipf's law too. People are named in
full, then by surname and pronoun; organizations in full and by acronym; places by themselves, as "X, Y" and by nationality.
One person and one organization are in every document. A hundred documents appear on a day.

The same seed gives the same documents, and the first thousand of ten thousand are those of a thousand.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from random import Random

from kg.datamodel import (
    Argument,
    Document,
    EntityMention,
    EntityType,
    EventMention,
    Extraction,
    MentionKind,
    Property,
    RelationMention,
    Role,
    Span,
    TimeExpression,
)
from kg.ids import document_id

__all__ = ["generate"]

_PEOPLE, _ORGANIZATIONS, _SURNAMES, _GIVEN = 300_000, 100_000, 20_000, 500
_A_DAY = 100  # documents
_WITH_COUNTRY = 0.2  # of the places
_FAMOUS = "Varo Lindqart"
_FIRST = date(2015, 1, 5)
_ONSETS = "b br ch d dr f g gr h j k kl l m n p pr r s sh st t tr v w z".split()
_VOWELS = "a e i o u ai ou".split()
_CODAS = "n l r s t k m nd rt ".split(" ")
_KINDS = "Institute Union Council Agency Party Bank Federation League Authority Front".split()
_SPHERES = "National United Central Popular European African Northern Global Free Independent".split()
_THINGS = "Trade Energy Health Transport Labour Justice Water Press Research Farming".split()
_COUNTRIES = (
    ("FR", "France", "French", "Paris Lyon Toulouse"), ("RU", "Russia", "Russian", "Moscow Kazan Omsk"),
    ("GB", "Britain", "British", "London Birmingham Cambridge"), ("DE", "Germany", "German", "Berlin Munich Dresden"),
    ("CN", "China", "Chinese", "Beijing Shanghai Wuhan"), ("SY", "Syria", "Syrian", "Damascus Aleppo Homs"),
    ("IQ", "Iraq", "Iraqi", "Baghdad Mosul Basra"), ("IN", "India", "Indian", "Delhi Hyderabad Mumbai"),
    ("EG", "Egypt", "Egyptian", "Cairo Alexandria Giza"), ("TR", "Turkey", "Turkish", "Ankara Izmir Bursa"),
    ("ES", "Spain", "Spanish", "Madrid Valencia Granada"), ("LY", "Libya", "Libyan", "Tripoli Benghazi Misrata"),
    ("CL", "Chile", "Chilean", "Santiago Arica Temuco"), ("US", "United States", "American", "Washington Springfield Boston"),
)  # fmt: skip
_ACTS = (
    ("killed", "kill", "Killing"), ("arrested", "arrest", "Arrest"), ("attacked", "attack", "Attack"),
    ("visited", "visit", "Visit"), ("bombed", "bomb", "AirStrike"), ("said", "say", "Communication"),
)  # fmt: skip


def generate(number: int, *, seed: int = 7) -> Iterator[tuple[Document, Extraction]]:
    """Yield documents with their extractions, about ten entity mentions and two event mentions each."""
    for index in range(number):
        yield _Writer(index, Random(f"{seed} {index}")).write()


def _rank(random: Random, number: int) -> int:
    """Draw a rank from 0 to number - 1; the chance of a rank falls as one over it."""
    return min(number, int((number + 1) ** random.random())) - 1


@cache
def _surname(rank: int) -> str:
    random = Random(f"surname {rank}")
    syllables = (random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS) for _ in range(3))
    return "".join(syllables).capitalize()


@cache
def _given(rank: int) -> str:
    random = Random(f"given {rank}")
    return "".join(random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(2)).capitalize()


@cache
def _person(rank: int) -> tuple[str, str]:
    """Return a full name and its surname."""
    random = Random(f"person {rank}")
    given, surname = _given(_rank(random, _GIVEN)), _surname(_rank(random, _SURNAMES))
    return f"{given} {surname}", surname


@cache
def _organization(rank: int) -> tuple[str, str]:
    """Return a name and its acronym."""
    random = Random(f"organization {rank}")
    words = [random.choice(_SPHERES), _surname(_rank(random, _SURNAMES)), random.choice(_THINGS)]
    words.append(random.choice(_KINDS))
    return " ".join(words), "".join(word[0] for word in words)


class _Writer:
    """Writes one document from left to right and notes what stands where."""

    def __init__(self, index: int, random: Random) -> None:
        self.random = random
        self.sha256 = f"{index:064x}"
        self.path = f"{index:06}.txt"
        self.id = document_id(self.path, self.sha256)
        self.published = _FIRST + timedelta(index // _A_DAY)
        self.text = ""
        self.sentence = 0
        self.mentions: list[EntityMention] = []
        self.events: list[EventMention] = []
        self.relations: list[RelationMention] = []

    def write(self) -> tuple[Document, Extraction]:
        """Write three sentences: of two people, of an organization and a third, of the one whom all documents name."""
        random = self.random
        (one, _), (two, _), (three, surname) = (_person(_rank(random, _PEOPLE)) for _ in range(3))
        organization, acronym = _organization(_rank(random, _ORGANIZATIONS))
        country = _COUNTRIES[_rank(random, len(_COUNTRIES))]

        agent = self.name(one, "Person")
        self.act(agent, lambda: self.name(two, "Person"), country)

        body = self.name(organization, "Organization")
        if random.random() < 0.5:
            self.put(" (")
            self.name(acronym, "Organization")
            self.put(")")
        self.put(" praised ")
        member = self.name(three, "Person")
        self.relate(member, "memberOf", body)
        self.put(", and the ")
        police = self.mention(f"{country[2]} police", "Organization", "nominal", code=country[0])
        self.act(police, lambda: self.name(surname, "Person"), country)

        self.mention("He", "Person", "pronoun", antecedent=member.span)
        self.put(" met ")
        self.name(_FAMOUS, "Person")
        self.put(" at the ")
        self.name(random.choice(("United Nations", "UN")), "Organization")
        self.put(".")
        document = Document(self.id, self.text, self.path, self.sha256, published=self.published)
        return document, Extraction(
            self.id, tuple(self.mentions), (), tuple(self.events), tuple(self.relations)
        )

    def act(
        self, agent: EntityMention, patient: Callable[[], EntityMention], country: tuple[str, str, str, str]
    ) -> None:
        """Write who did what to whom, where, on the day before; `patient` writes its own words."""
        places = country[3].split()
        verb, lemma, type_ = self.random.choice(_ACTS)
        self.put(" ")
        trigger = self.put(verb)
        self.put(" ")
        arguments = [self.argument("agent", agent), self.argument("patient", patient())]
        self.put(" in ")
        arguments.append(self.argument("place", self.name(places[_rank(self.random, len(places))], "Place")))
        if self.random.random() < _WITH_COUNTRY:
            self.put(", ")
            self.name(country[1], "Place")
        self.put(" on ")
        day = self.published - timedelta(1)
        time = TimeExpression(self.put(f"{day:%A}"), day, day, "day")
        self.put(". ")
        sentence = Span(self.id, self.sentence, len(self.text) - 1, self.text[self.sentence : -1])
        self.sentence = len(self.text)
        self.events.append(
            EventMention(
                trigger, sentence, lemma, lemma, type_, tuple(arguments), "asserted", (), time, "verb"
            )
        )

    def argument(self, role: Role, mention: EntityMention) -> Argument:
        return Argument(role, mention.span, mention.head, mention)

    def relate(self, subject: EntityMention, property_: Property, object_: EntityMention) -> None:
        span = Span(
            self.id, object_.span.start, subject.span.end, self.text[object_.span.start : subject.span.end]
        )
        self.relations.append(RelationMention(subject, property_, span, "generated", object_))

    def put(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(self.id, start, len(self.text), words)

    def name(self, words: str, type_: EntityType) -> EntityMention:
        return self.mention(words, type_, "name")

    def mention(
        self,
        words: str,
        type_: EntityType,
        kind: MentionKind,
        *,
        antecedent: Span | None = None,
        code: str | None = None,
    ) -> EntityMention:
        span = self.put(words)
        head = (span.start + words.rfind(" ") + 1, span.end)
        self.mentions.append(EntityMention(span, head, type_, kind, antecedent, code))
        return self.mentions[-1]

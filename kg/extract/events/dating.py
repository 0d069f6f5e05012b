"""When an event happened: the time of its own clause, or one that another part of the sentence lends it.

Own first: an adverbial of the verb, a modifier of the event noun, an adverbial of the verb that carries the noun. Then, in
this order, each a function below: the event that this one happened in; an adverbial that coordinated verbs share; the
clause that a participle continues; the verb whose infinitive goes with it; the verb or clause that an event noun takes part
in. A clause of saying lends its time to nothing that is said, a plan or an order none to what is planned.

A preposition says how the time is meant (a SIGNAL of TimeML, Pustejovsky et al. 2003): "since 2011" runs to the day of
publication; what is before or after a day is not on it, so that no time is known; "by" and "until" name the last day that
it can be. A duration ("for three days") is how long it took, and no time. Datelines tell when something was said. By
default an event has no time: that of the sentence before is not carried on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kg.datamodel import Span, TimeExpression
from kg.extract.events.obliques import Slot
from kg.extract.events.predicates import Predicate, Predicates
from kg.extract.parse import Token
from kg.extract.reading import Reading
from kg.extract.syntax import antecedent, case_of, children, first_conjunct, has_child, is_relative_pronoun
from kg.extract.times import host_of, is_dateline, is_duration

__all__ = ["Dating"]

_ADVERBIALS = ("obl", "obl:unmarked", "advmod", "obl:tmod", "obl:npmod")
#: What is before or after a time does not happen at it.
_BESIDE = frozenset(("before", "after", "prior to", "ahead of", "following", "pending"))
_WITHIN = ("in", "during", "amid", "in the course of")
#: Their time is that of the event that is their object or subject: "caused *the fire* in May", "survived *the raid* in May".
_TAKING_PART = (
    "Causation",
    "Participation",
    "Survival",
    "Occurrence",
    "Beginning",
    "Continuation",
    "Ending",
    "Launch",
)
#: What an event does as it happens: "Friday's *attack killed* nine".
_AT_ONCE = ("Killing", "Injury", "Death", "Damage", "Destruction")
#: Participles of position: a day beside them dates the clause around ("searched the van *parked* there on Friday").
_POSITION = frozenset("park station locate situate base position moor anchor dock house store".split())
_LATER = frozenset(
    ("later", "earlier", "previously", "subsequently", "since", "eventually", "before", "afterwards")
)


@dataclass(frozen=True)
class Dating:
    """Finds the times of the events of one document.

    Attributes:
        slots: arguments by the head of their predicate.
    """

    reading: Reading
    predicates: Predicates
    slots: Mapping[int, list[Slot]]

    @cached_property
    def _timed(self) -> frozenset[int]:
        """Where the sentences start that name a time."""
        return frozenset(self.reading.parse[i].sent.start for i in self.reading.times)

    @cached_property
    def _moved(self) -> Mapping[int, tuple[Token, ...]]:
        """The times that do not date the word they hang on, by the word that they do date; by -1 all of them."""
        found: dict[int, tuple[Token, ...]] = {}
        times = self.reading.times
        for i in sorted(times):
            token = self.reading.parse[i]
            above = times.get(token.head.i)
            if above is not None and above.span == times[i].span:
                continue
            if (host := host_of(token) or self._announced(token, times[i])) is not None:
                found[host.i] = (*found.get(host.i, ()), token)
                found[-1] = (*found.get(-1, ()), token)
        return found

    def _announced(self, token: Token, time: TimeExpression) -> Token | None:
        """What lies ahead dates no verb of the past, but its object: "the union called *a strike* for Monday".

        Without an object it dates nothing: the time itself is returned.
        """
        verb, published = token.head, self.reading.document.published
        if published is None or time.start is None or time.end is None or verb.tag_ not in ("VBD", "VBN"):
            return None
        if time.start < published or time.end == published:
            return None
        helpers = {c.tag_ for c in children(verb, "aux", "aux:pass", "mark")}
        if helpers & {"MD", "TO"}:
            return None
        if verb.dep_ == "acl":
            return verb.head
        if has_child(verb, "aux:pass") and helpers & {"VBZ", "VBP"}:
            return None
        return next(iter(children(verb, "obj", "nsubj:pass")), token)

    def time_of(self, predicate: Predicate) -> TimeExpression | None:
        """Return when an event happened, as far as its sentence says; unresolved where the words give no day."""
        if predicate.head.sent.start not in self._timed:
            return None
        rules = (
            self._own,
            self._in_event,
            self._coordinated,
            self._participle,
            self._infinitive,
            self._taking_part,
        )
        for rule in rules:
            if found := list(rule(predicate)):
                return min(found, key=lambda time: time.start is None)
        return None

    # ------------------------------------------------------------ own clause

    def _own(self, predicate: Predicate) -> Iterator[TimeExpression]:
        """The event's own words: "attacked it *on Friday*", "*Friday's* attack", "raids carried out *on Friday*"."""
        head, carrier = predicate.head, predicate.carrier
        tokens = [slot.token for slot in self.slots[head.i] if slot.role == "time"]
        own = [t for t in tokens if head.is_ancestor(t) or (carrier is not None and carrier.is_ancestor(t))]
        own += self._beside_subject(carrier or head)
        own += [t for c in children(carrier or head, "obl", "advcl") for t in self._counted(c)]
        own += [t for t in children(carrier or head, "obj") if not has_child(t, "det")]  # "ended *3 May*"
        elsewhere = {*self._moved.get(-1, ()), *self._counted(head)}
        yield from self._times([*(t for t in own if t not in elsewhere), *self._moved.get(head.i, ())])

    def _beside_subject(self, verb: Token) -> Iterator[Token]:
        """A time between subject and verb is the verb's: "the union *on Monday* called a strike"."""
        for subject in children(verb, "nsubj", "nsubj:pass"):
            event = self.predicates.of(subject)
            if verb.pos_ == "VERB" and (event is None or event.frame.weak):
                yield from (
                    t for t in children(subject, "nmod", "nmod:unmarked", "obl") if subject.i < t.i < verb.i
                )

    def _counted(self, token: Token) -> Iterator[Token]:
        """The time in a phrase or clause that it is counted from: "*two days* after the attack, he left"."""
        for mark in children(token, "case", "mark"):
            if mark.lower_ in ("after", "before") and mark.i - 1 in self.reading.times:
                yield mark.nbor(-1)

    def _times(self, tokens: Iterable[Token]) -> Iterator[TimeExpression]:
        """The times that tokens head, as their prepositions mean them; two that bound a stretch of time as one."""
        tokens = sorted({t for t in tokens if t.i in self.reading.times}, key=lambda t: t.i)
        for token in tokens:
            time = self.reading.times[token.i]
            if case_of(token) in ("from", "between"):
                beside = (c for c in children(token.head, "nmod", "obl") if c.i > token.i)
                for last in (*children(token, "conj", "nmod", "obl"), *beside):
                    if (other := self.reading.times.get(last.i)) and other.span != time.span:
                        if case_of(last) in ("to", "until", "till", "through") or last.dep_ == "conj":
                            yield self._stretch(time, other)
            if (meant := self._meant(token, time)) is not None:
                yield meant

    def _stretch(self, first: TimeExpression, last: TimeExpression) -> TimeExpression:
        """One time out of two: "from *2004* to *2009*", "between *Monday* and *Friday*"."""
        text = self.reading.document.text[first.span.start : last.span.end]
        span = Span(first.span.document, first.span.start, last.span.end, text)
        if first.start is None or last.end is None or first.start > last.end:
            return TimeExpression(span)
        return TimeExpression(span, first.start, last.end, "interval")

    def _meant(self, token: Token, time: TimeExpression) -> TimeExpression | None:
        """A time as its preposition means it; None where it is a duration or a dateline."""
        text, span = self.reading.document.text, time.span
        if (time.start is None and is_duration(span.text)) or is_dateline(text, span.start, span.end):
            return None
        signal = case_of(token)
        if signal in _BESIDE:
            return TimeExpression(span)
        published = self.reading.document.published
        if signal == "since" and time.start and published and time.start <= published:
            return replace(time, end=published, granularity="interval")
        return time

    # ------------------------------------------------------------ lent by others

    def _in_event(self, predicate: Predicate) -> Iterator[TimeExpression]:
        """The event that it happened in: "arrested in *a 2010 raid*", "*the attack* in May in which he died".

        A phrase after coordinated verbs is that of all: "was stopped and searched in a raid on Friday".
        """
        verb = predicate.carrier or predicate.head
        phrases = list(children(verb, "obl"))
        first = first_conjunct(verb)
        if first != verb and not has_child(verb, "nsubj", "nsubj:pass"):
            phrases += [c for c in children(first, "obl") if c.i > verb.i]
        for phrase in phrases:
            if case_of(phrase) not in _WITHIN:
                continue
            event = antecedent(phrase)
            other = self.predicates.of(event)
            if other is not None and other.head != predicate.head:
                yield from self._own(other)
            elif is_relative_pronoun(phrase) and event != phrase:
                yield from self._times(self._moved.get(event.i, ()))
                yield from self._times(
                    children(event, "nmod", "obl", "nmod:unmarked", "nmod:poss", "compound")
                )

    def _coordinated(self, predicate: Predicate) -> Iterator[TimeExpression]:
        """A time before coordinated verbs is that of all with their subject; one after them, wherever it hangs, that of the
        last, and of one that stands close to it.

        "*On Monday* they met and signed it"; "police stopped and searched it *on Monday*".
        """
        verb = predicate.carrier or predicate.head
        if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
            if not has_child(verb, "nsubj", "nsubj:pass", "expl") and not self._shifted(verb):
                first = first_conjunct(verb)
                yield from self._times(c for c in children(first, *_ADVERBIALS) if c.i < first.i)
            yield from self._times(c for c in children(verb.head, *_ADVERBIALS) if c.i > verb.i)
        for other in children(verb, "conj"):
            if _close(verb, other):
                yield from self._times(c for c in children(other, *_ADVERBIALS) if c.i > other.i)

    def _shifted(self, verb: Token) -> bool:
        """Tell whether an adverb moves a verb off the time of its neighbours: "and *later* sold it"."""
        return any(c.lower_ in _LATER for c in children(verb, "advmod")) or has_child(verb, "mark")

    def _participle(self, predicate: Predicate) -> Iterator[TimeExpression]:
        """A participle clause goes on with its main clause: "attacked it *on Friday*, killing ten"; not "having left"."""
        verb = first_conjunct(predicate.carrier or predicate.head)
        if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not has_child(verb, "mark", "aux"):
            if not self._shifted(verb) and (main := self.predicates.of(verb.head)) is not None:
                yield from self._own(main)
        if predicate.head.pos_ == "VERB" and not has_child(verb, "advcl"):
            yield from self._position(verb)

    def _position(self, verb: Token) -> Iterator[TimeExpression]:
        """A day after a participle of position: "searched the van parked outside *on Friday*"; the van stands on."""
        for thing in children(verb, "obj"):
            for participle in children(thing, "acl"):
                if participle.tag_ == "VBN" and participle.lemma in _POSITION:
                    days = (
                        t for t in children(participle, "obl", "obl:unmarked") if case_of(t) in ("", "on")
                    )
                    yield from (t for t in self._times(days) if t.granularity in ("day", "part_of_day"))

    def _infinitive(self, predicate: Predicate) -> Iterator[TimeExpression]:
        """An infinitive that is no plan goes with its verb: "*on Monday* they began to march", "was forced to resign"."""
        verb = first_conjunct(predicate.carrier or predicate.head)
        while verb.dep_ == "xcomp" and verb.head != verb:
            governor = verb.head
            frame = self.reading.lexicon.verb(governor.lemma)
            if frame is None or not (frame.auxiliary or frame.status_of("to") == "asserted"):
                return
            yield from self._times(c for c in children(governor, *_ADVERBIALS) if c.i < verb.i)
            verb = governor

    def _taking_part(self, predicate: Predicate) -> Iterator[TimeExpression]:
        """An event noun and its verb at one time: "caused *the fire* in May", "*Friday's attack* killed nine", "the attack
        that killed nine *on Friday*".
        """
        head = predicate.head
        if head.pos_ == "VERB":
            if self._is_a(predicate, _AT_ONCE):
                for subject in children(head, "nsubj"):
                    if (
                        event := self.predicates.of(antecedent(subject))
                    ) is not None and event.head.pos_ != "VERB":
                        yield from self._own(event)
            return
        if (
            head.dep_ in ("obj", "nsubj", "nsubj:pass")
            and (above := self.predicates.of(head.head)) is not None
        ):
            if self._is_a(above, _TAKING_PART) or (head.dep_ == "nsubj" and self._is_a(above, _AT_ONCE)):
                yield from self._own(above)
        if (
            head.dep_ == "obl"
            and case_of(head) in _WITHIN
            and (above := self.predicates.of(head.head)) is not None
        ):
            yield from self._own(above)  # "was killed in *a raid* on Friday", wherever the day hangs
        for clause in children(head, "acl:relcl", "acl"):
            below = self.predicates.of(clause)
            if below is not None and self._is_a(below, _AT_ONCE) and clause.tag_ != "VBN":
                yield from self._own(below)

    def _is_a(self, predicate: Predicate, classes: tuple[str, ...]) -> bool:
        return self.reading.lexicon.is_any(predicate.frame.event_class, classes)


def _close(first: Token, second: Token) -> bool:
    """Tell whether two coordinated verbs stand together, with nothing of their own between: "stopped and searched"."""
    between = range(first.i + 1, second.i)
    return len(between) <= 3 and all(
        first.parse[i].dep_ in ("cc", "punct", "advmod", "aux", "conj") for i in between
    )

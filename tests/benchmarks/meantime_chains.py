"""Coreference of entities and of events over the documents of a topic, by the chains of MEANTIME (Minard et al. 2016).

**Gold.** The entity and event mentions of the corpus that refer to an instance, in all sentences; a span counts once, and so
does the head word of an event. Mentions that only group others (several words apart, no attributes) are left out. Two mentions are of one chain when they refer to the
same instance of a document, or to instances with the same `instance_id` in two documents. Chains of one mention count.

**Ours.** kg.resolve runs on the gold mentions: all documents of the topic at once. A gold mention takes the mention that kg found
with the same words, else the one with the same head word, which keeps its type, arguments and antecedent (the words of a name count as one); gold mentions with one
head word ("president *Vera Holm*, 61" and the name alone) share it. A gold mention that kg has none for is given to the
resolver with what its words tell: a name where its head has a capital in it, else a description, of type Other; an event with the class that the lexicon has for its lemma, asserted, without
arguments. Mentions of ours that are not gold stay (other mentions refer to them), and do not count. Nothing of the gold
annotation but the offsets is shown: no kind, no type, no instance. A gold mention that the resolver puts nowhere is alone.

**Baselines.** `same head lemma`: one chain for each lemma of a head word, over all documents; `singletons`: every mention alone.

**Figure.** CoNLL F1: the mean of the F1 of MUC, B-cubed and CEAF-e (Pradhan et al. 2012), as `coreference_scores.py` defines
them, over the mentions of the whole topic at once.

    python tests/benchmarks/meantime_chains.py ../shared/corpora/meantime
"""

import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import coreference_scores as metrics
import meantime
from meantime import Range

import kg.resolve
from kg.datamodel import EntityMention, EventMention, Extraction, Span
from kg.extract.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.language import Language

Key = tuple[str, int, int]
"""A gold mention: document, start, end."""

_Mention = TypeVar("_Mention", EntityMention, EventMention)

KINDS = ("entity", "event")
SYSTEMS = ("kg", "same head lemma", "singletons")


@dataclass(frozen=True)
class GoldMention:
    """A mention of the corpus: where it stands, its head word, and the instance it refers to."""

    key: Key
    head: Range
    instance: Hashable


@dataclass(frozen=True)
class Word:
    """What the language pipeline says of a word: lemma, part of speech, and the sentence around it."""

    lemma: str
    pos: str
    sentence: Range


@dataclass(frozen=True)
class Story:
    """An article with its gold mentions, what kg finds in it, and its words by their offsets."""

    article: meantime.Article
    gold: Mapping[str, tuple[GoldMention, ...]]
    extraction: Extraction
    words: Mapping[Range, Word]

    def word(self, at: Range) -> Word:
        """Return the word at these offsets, or around their start."""
        found = self.words.get(at) or next((w for r, w in self.words.items() if r[0] <= at[0] < r[1]), None)
        return found or Word(self.article.document.text[slice(*at)].lower(), "NOUN", at)


# ------------------------------------------------------------------- reading


def read_gold(path: Path) -> tuple[meantime.Article, dict[str, tuple[GoldMention, ...]]]:
    """Read the chains of one file of the corpus."""
    reader = meantime.reader_of(path)
    article = reader.article()
    return article, {
        kind: tuple(_mentions(reader, f"{kind.upper()}_MENTION", article.document.id)) for kind in KINDS
    }


def _mentions(reader: "meantime.Reader", element: str, document: str) -> Iterable[GoldMention]:
    seen: set[Range] = set()
    heads: set[int] = set()
    for mention in reader.root.iter(element):
        anchors, instance = reader.anchors(mention), reader.instance.get(mention.attrib["m_id"])
        if not anchors or instance is None:
            continue
        if anchors[-1] - anchors[0] >= len(anchors) and not mention.get("pos"):
            continue  # it groups others
        span = reader.ranges[anchors[0]][0], reader.ranges[anchors[-1]][1]
        if span in seen:
            continue
        seen.add(span)
        if element == "EVENT_MENTION":
            head = reader.trigger_head(mention, anchors)
        else:
            head = anchors[reader.heads(anchors)[-1]]
        if element == "EVENT_MENTION" and head in heads:
            continue
        heads.add(head)
        shared = reader.markables[instance].get("instance_id") if instance in reader.markables else None
        yield GoldMention((document, *span), reader.ranges[head], shared or (document, instance))


def read_stories(folder: Path, nlp: "Language") -> list[Story]:
    """Read and parse the articles of a topic."""
    from kg.extract.document import extract_doc

    golds = [read_gold(path) for path in sorted(folder.glob("*.xml"))]
    docs = nlp.pipe(article.document.text for article, _ in golds)
    stories = []
    for (article, gold), doc in zip(golds, docs, strict=True):
        words = {
            (t.idx, t.idx + len(t)): Word(t.lemma_.lower(), t.pos_, (t.sent.start_char, t.sent.end_char))
            for t in doc
        }
        stories.append(Story(article, gold, extract_doc(article.document, doc), words))
    return stories


# ----------------------------------------------------------- what kg answers


def resolved(stories: Sequence[Story]) -> dict[str, dict[Key, Hashable]]:
    """Return for each kind of mention the cluster that kg puts each gold mention into."""
    found: list[Extraction] = []
    ours: dict[str, dict[Key, Span]] = {kind: {} for kind in KINDS}
    for story in stories:
        extraction = story.extraction
        entities = match(
            story.gold["entity"],
            [(m.span, m.span.range if m.kind == "name" else m.head, m) for m in extraction.entity_mentions],
        )
        events = match(
            story.gold["event"],
            [(m.trigger, meantime.trigger_head(m), m) for m in extraction.event_mentions],
        )
        more_entities = {g.key: _entity(story, g) for g in story.gold["entity"] if g.key not in entities}
        more_events = {g.key: _event(story, g) for g in story.gold["event"] if g.key not in events}
        ours["entity"] |= {key: m.span for key, m in (entities | more_entities).items()}
        ours["event"] |= {key: m.trigger for key, m in (events | more_events).items()}
        found.append(
            replace(
                extraction,
                entity_mentions=tuple(
                    sorted((*extraction.entity_mentions, *more_entities.values()), key=lambda m: m.span)
                ),
                event_mentions=tuple(
                    sorted((*extraction.event_mentions, *more_events.values()), key=lambda m: m.trigger)
                ),
            )
        )
    world = kg.resolve.resolve([story.article.document for story in stories], found)
    of = {m.span: e.id for e in world.entities for m in e.mentions}
    of |= {m.trigger: e.id for e in world.events for m in e.mentions}
    return {kind: {key: of.get(span, key) for key, span in spans.items()} for kind, spans in ours.items()}


def match(gold: Iterable[GoldMention], found: Sequence[tuple[Span, Range, _Mention]]) -> dict[Key, _Mention]:
    """Return our mention for each gold one that has one: the same words first, then the same head word.

    Several gold mentions with one head word (a name, and the phrase of title, name and apposition around it) share ours.
    """
    by_range = {span.range: mention for span, _, mention in found}
    matched: dict[Key, _Mention] = {}
    for mention in gold:
        same = by_range.get((mention.key[1], mention.key[2]))
        heads = (m for _, head, m in found if head[0] < mention.head[1] and mention.head[0] < head[1])
        hit = same or next(heads, None)
        if hit is not None:
            matched[mention.key] = hit
    return matched


def _entity(story: Story, gold: GoldMention) -> EntityMention:
    head, word = story.article.document.text[slice(*gold.head)], story.word(gold.head)
    opens = gold.head[0] == word.sentence[0]
    named = any(c.isupper() for c in head) and (word.pos == "PROPN" or not opens) and head != "I"
    return EntityMention(_span(story, gold.key[1:]), gold.head, "Other", "name" if named else "nominal")


def _event(story: Story, gold: GoldMention) -> EventMention:
    word, lexicon = story.word(gold.head), load_lexicon()
    frame = lexicon.verb(word.lemma) if word.pos in ("VERB", "AUX") else lexicon.noun(word.lemma)
    return EventMention(
        _span(story, gold.key[1:]),
        _span(story, word.sentence),
        word.lemma,
        word.lemma,
        frame.event_class if frame is not None else "Event",
        (),
        "asserted",
        (),
        None,
        "verb" if word.pos in ("VERB", "AUX") else "noun",
    )


def _span(story: Story, at: Sequence[int]) -> Span:
    document = story.article.document
    return Span(document.id, at[0], at[1], document.text[at[0] : at[1]])


# ------------------------------------------------------------------- scoring


def clusterings(stories: Sequence[Story]) -> dict[str, dict[str, dict[Key, Hashable]]]:
    """Return for each kind, and each system and "gold", the cluster of each gold mention."""
    ours = resolved(stories)
    found: dict[str, dict[str, dict[Key, Hashable]]] = {}
    for kind in KINDS:
        mentions = [(story, m) for story in stories for m in story.gold[kind]]
        found[kind] = {
            "gold": {m.key: m.instance for _, m in mentions},
            "kg": ours[kind],
            "same head lemma": {m.key: story.word(m.head).lemma for story, m in mentions},
            "singletons": {m.key: m.key for _, m in mentions},
        }
    return found


def chains(clusters: Mapping[Key, Hashable]) -> list[metrics.Chain]:
    """Return the sets of mentions of one cluster, by their first mention."""
    members: dict[Hashable, list[Key]] = defaultdict(list)
    for key, cluster in sorted(clusters.items()):
        members[cluster].append(key)
    return [frozenset(keys) for keys in members.values()]


def conll(gold: Sequence[metrics.Chain], found: Sequence[metrics.Chain]) -> dict[str, float]:
    """Return precision and recall of each metric, its F1, and the mean F1."""
    scores = {
        "muc": metrics.muc(gold, found),
        "b_cubed": metrics.b_cubed(gold, found),
        "ceaf_e": ceaf_e(gold, found),
    }
    figures = {
        f"{name}_{part}": getattr(s, part)
        for name, s in scores.items()
        for part in ("precision", "recall", "f1")
    }
    return figures | {"conll": sum(s.f1 for s in scores.values()) / len(scores)}


def ceaf_e(gold: Sequence[metrics.Chain], found: Sequence[metrics.Chain]) -> metrics.Score:
    """CEAF-e, one assignment for each set of chains that hang together by shared mentions: the same sum, much sooner."""
    of_gold = {m: i for i, chain in enumerate(gold) for m in chain}
    parent = list(range(len(gold)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for chain in found:
        touched = sorted({of_gold[m] for m in chain if m in of_gold})
        for other in touched[1:]:
            parent[root(other)] = root(touched[0])
    parts: dict[int, tuple[list[metrics.Chain], list[metrics.Chain]]] = defaultdict(lambda: ([], []))
    for i, chain in enumerate(gold):
        parts[root(i)][0].append(chain)
    alone = 0
    for chain in found:
        hit = next((of_gold[m] for m in sorted(chain) if m in of_gold), None)
        if hit is None:
            alone += 1
        else:
            parts[root(hit)][1].append(chain)
    total = metrics.Score(0, 0, 0, alone)
    for some_gold, some_found in parts.values():
        total += metrics.ceaf_e(some_gold, some_found)
    return metrics.Score(total.right_of_gold, len(gold), total.right_of_found, len(found))


def measure(stories: Sequence[Story]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures of each kind and system."""
    found = clusterings(stories)
    return {
        kind: {name: conll(chains(by["gold"]), chains(by[name])) for name in SYSTEMS}
        for kind, by in found.items()
    }


def table(figures: Mapping[str, Mapping[str, Mapping[str, Mapping[str, float]]]]) -> str:
    """Return the figures by topic as a Markdown table."""
    lines = [
        "| topic | mentions of | system | MUC | B-cubed | CEAF-e | CoNLL F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for topic, kinds in figures.items():
        for kind, systems in kinds.items():
            for name, f in systems.items():
                numbers = " | ".join(
                    f"{f[key]:.3f}".lstrip("0") for key in ("muc_f1", "b_cubed_f1", "ceaf_e_f1", "conll")
                )
                lines.append(f"| {topic} | {kind} | {name} | {numbers} |")
    return "\n".join(lines)


if __name__ == "__main__":
    import kg.language

    nlp = kg.language.load()
    topics = {
        folder.name.removeprefix("corpus_"): measure(read_stories(folder, nlp))
        for folder in sorted(Path(sys.argv[1]).glob("corpus_*"))
    }
    sys.stdout.write(table(topics) + "\n")

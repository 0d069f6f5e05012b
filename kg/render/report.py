"""The report: one page of Markdown for a desk editor, every statement with the sentence that makes it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.datamodel import Contradiction, Event, EventMention
from kg.graph import KnowledgeGraph
from kg.read.records import Rejection
from kg.render.view import web_url

__all__ = ["escape_markdown", "render_report"]

_SPECIAL = re.compile(r"([\\`*_\[\]|<>~&$])")
_AT_START = re.compile(r"^(\d{0,9})([-+#=.)])")
_ROWS = 10
_WORDS = 40  # of the work list
_DAYS = 10
_EVENTS_A_DAY = 4
_CONTRADICTIONS = 20
_LONGEST_QUOTE = 320


class _Markdown(str):
    """Text that is Markdown already and goes into the report as it is."""


def render_report(
    graph: KnowledgeGraph,
    analysis: Mapping[str, Any],
    *,
    title: str,
    provenance: Mapping[str, str],
    rejected: Sequence[Rejection] | None = None,
) -> str:
    """Return the report as Markdown (CommonMark with tables); the same graph gives the same text.

    Args:
        graph: what a build found.
        analysis: what `kg.analyse.analyse` says about this graph.
        title: heading.
        provenance: how it was made, in order.
        rejected: inputs that were not read; those of the graph's run where not given.
    """
    if rejected is None:
        rejected = graph.run.rejections if graph.run else ()
    counts = analysis["counts"]
    return (
        _environment()
        .get_template("report.md.j2")
        .render(
            title=title,
            counts=counts,
            period=_period([document.published for document in graph.documents if document.published]),
            outlets=_joined(f"{name} ({number})" for name, number in counts["outlets"].items()),
            actors=_actors(graph, analysis),
            pairs=_pairs(graph, analysis),
            days=_days(graph),
            other_days=max(0, len(analysis["timeline"]["days"]) - _DAYS),
            timeline=analysis["timeline"],
            sources=analysis["sources"][:_ROWS],
            contradictions=_contradictions(graph),
            more_contradictions=max(0, len(graph.contradictions) - _CONTRADICTIONS),
            contested=_contested(graph, analysis),
            open=_told(graph, _with_status(graph, "planned", "ordered", "requested")[:_ROWS]),
            groups=[group for group in analysis["communities"] if len(group["entities"]) > 2][:_ROWS],
            label=lambda id: graph.entity(id).label,
            places=_places(graph),
            unmapped=analysis["unmapped"][:_WORDS],
            more_unmapped=max(0, len(analysis["unmapped"]) - _WORDS),
            rejected=rejected,
            provenance=provenance,
        )
    )


def escape_markdown(text: str) -> str:
    r"""Return text that Markdown shows as it is: marks escaped, line breaks and direction marks gone.

    >>> escape_markdown("*a* <b>\n[c](d)")
    '\\*a\\* \\<b\\> \\[c\\](d)'
    >>> escape_markdown("- no list"), escape_markdown("2. no list")
    ('\\- no list', '2\\. no list')
    """
    kept = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", kept))


@cache
def _environment() -> Environment:
    """Return the Jinja environment of the report: whatever is not `_Markdown` is escaped for Markdown."""

    def finish(value: Any) -> str:
        return value if isinstance(value, _Markdown) else escape_markdown(str(value))

    environment = Environment(
        loader=PackageLoader("kg.render"),
        autoescape=False,  # noqa: S701 - `finalize` escapes, for Markdown
        finalize=finish,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["markdown"] = _Markdown  # what a macro wrote
    return environment


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _period(days: Sequence[date]) -> str | None:
    if not days:
        return None
    first, last = min(days), max(days)
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _link(text: str, url: str | None) -> _Markdown:
    """Return a Markdown link, or the text alone where there is no web address."""
    shown = escape_markdown(text)
    address = web_url(url)
    return _Markdown(f"[{shown}](<{quote(address, safe=':/?#@!$&+,;=%~.-_')}>)" if address else shown)


def _evidence(graph: KnowledgeGraph, mention: EventMention) -> dict[str, Any]:
    document = graph.document(mention.sentence.document)
    text = " ".join(mention.sentence.text.split())
    if len(text) > _LONGEST_QUOTE:
        at = mention.trigger.start - mention.sentence.start
        start = max(0, min(at - _LONGEST_QUOTE // 2, len(text) - _LONGEST_QUOTE))
        cut = text[start : start + _LONGEST_QUOTE]
        text = f"{'…' if start else ''}{cut}{'…' if start + _LONGEST_QUOTE < len(text) else ''}"
    source = document.publisher or document.title or document.path
    published = f", {_day(document.published)}" if document.published else ""
    return {"text": text, "source": _link(source + published, document.url)}


def _record(graph: KnowledgeGraph, event: Event) -> dict[str, Any]:
    """Return what the report says about an event: label, status, who says so, one sentence."""
    outlets = {graph.document(m.trigger.document).publisher for m in event.mentions}
    return {
        "label": event.label,
        "status": event.status,
        "reports": len(event.mentions),
        "outlets": len(outlets),
        "said": _joined(source.text for source in event.attributed_to),
        "evidence": _evidence(graph, event.mentions[0]) if event.mentions else None,
    }


def _told(graph: KnowledgeGraph, events: Iterable[Event]) -> list[dict[str, Any]]:
    return [_record(graph, event) for event in events]


def _weight(event: Event) -> tuple[int, int, str]:
    """Order events by reports, then by how many take part."""
    return -len(event.mentions), -len(event.participants), event.id


def _with_status(graph: KnowledgeGraph, *statuses: str) -> list[Event]:
    return sorted((event for event in graph.events if event.status in statuses), key=_weight)


def _actors(graph: KnowledgeGraph, analysis: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for actor in analysis["actors"][:_ROWS]:
        entity = graph.entity(actor["entity"])
        rows.append({"label": entity.label, "type": entity.type, "mentions": len(entity.mentions), **actor})
    return rows


def _pairs(graph: KnowledgeGraph, analysis: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "source": graph.entity(pair["source"]).label,
            "target": graph.entity(pair["target"]).label,
            "events": len(pair["events"]),
            "mentions": pair["mentions"],
            "types": _joined(f"{name} {n}" for name, n in list(pair["by_type"].items())[:3]),
            "statuses": _joined(f"{name} {n}" for name, n in pair["by_status"].items()),
        }
        for pair in analysis["dyads"][:_ROWS]
    ]


def _days(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    """Return the days on which most happens, in order, each with the events that most reports tell of."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in graph.events:
        time = event.time
        if (
            time
            and time.start
            and time.end in (None, time.start)
            and event.status not in ("negated", "hypothetical")
        ):
            by_day[time.start].append(event)
    busiest = sorted(by_day, key=lambda day: (-sum(len(event.mentions) for event in by_day[day]), day))
    return [
        {
            "day": _day(day),
            "events": _told(graph, sorted(by_day[day], key=_weight)[:_EVENTS_A_DAY]),
            "more": max(0, len(by_day[day]) - _EVENTS_A_DAY),
        }
        for day in sorted(busiest[:_DAYS])
    ]


def _contested(graph: KnowledgeGraph, analysis: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return events that are denied, or denied by one mention and affirmed by another, with a sentence of each."""
    rows = []
    for id in analysis["disputed"][:_ROWS]:
        event = graph.event(id)
        denied = next(m for m in event.mentions if m.status == "negated")
        affirmed = next(m for m in event.mentions if m.status != "negated")
        row = _record(graph, event)
        row |= {"evidence": _evidence(graph, affirmed), "against": _evidence(graph, denied)}
        rows.append(row)
    disputed = set(analysis["disputed"])
    plain = [event for event in _with_status(graph, "negated") if event.id not in disputed]
    return rows + [row | {"against": None} for row in _told(graph, plain[: _ROWS - len(rows)])]


def _contradictions(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    """Return what sources contradict each other in, of the events that most reports tell of."""
    weighed = sorted(
        graph.contradictions,
        key=lambda c: (_weight(graph.event(c.event)), c.field, c.about or ""),
    )
    return [
        {
            "label": graph.event(item.event).label,
            "field": f"{item.field} of {item.about}" if item.about else item.field,
            "claims": _claims(graph, item),
        }
        for item in weighed[:_CONTRADICTIONS]
    ]


def _claims(graph: KnowledgeGraph, contradiction: Contradiction) -> list[dict[str, Any]]:
    rows = []
    for claim in contradiction.claims:
        event = graph.event_of(claim.trigger)
        mention = next(m for m in (event.mentions if event else ()) if m.trigger == claim.trigger)
        said = _joined(source.text for source in claim.attributed_to)
        rows.append({"value": claim.value, "said": said, "evidence": _evidence(graph, mention)})
    return rows


def _places(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    """Return the places where most happens: those in the role of a place, source, destination or patient."""
    happens: Counter[str] = Counter()
    for event in graph.events:
        happens.update({p.entity for p in event.participants if p.entity and p.role != "agent"})
    places = [
        entity for entity in graph.entities if entity.type in ("Place", "Facility") and happens[entity.id]
    ]
    places.sort(key=lambda entity: (-happens[entity.id], -len(entity.mentions), entity.id))
    return [
        {
            "label": _link(entity.label, entity.same_as[0] if entity.same_as else None),
            "events": happens[entity.id],
        }
        for entity in places[:_ROWS]
    ]

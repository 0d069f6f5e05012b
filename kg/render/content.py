"""What the report says, before it is Markdown or HTML: plain records, every number with the anchor of what it counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kg.datamodel import Contradiction, Event
from kg.graph import KnowledgeGraph
from kg.read.records import Rejection
from kg.render.citations import Citations, Number
from kg.render.view import web_url

__all__ = ["report_content"]

_ROWS = 10
_WORDS = 40  # of the work list
_DAYS = 10
_EVENTS_A_DAY = 4
_CONTRADICTIONS = 20
_OPEN = ("planned", "ordered", "requested")


def report_content(
    graph: KnowledgeGraph,
    analysis: Mapping[str, Any],
    *,
    title: str,
    provenance: Mapping[str, str],
    rejected: Sequence[Rejection],
) -> dict[str, Any]:
    """Return all that the report says: what the templates `report.md.j2` and `report.html.j2` are filled with."""
    cited = Citations(graph)
    counts = analysis["counts"]
    content = {
        "title": title,
        "counts": counts,
        "period": _period([document.published for document in graph.documents if document.published]),
        "outlets": counts["outlets"],
        "statuses": counts["statuses"],
        "actors": _actors(graph, analysis, cited),
        "pairs": _pairs(graph, analysis, cited),
        "quads": analysis["quads"],
        "days": _days(graph, cited),
        "other_days": max(0, len(analysis["timeline"]["days"]) - _DAYS),
        "timeline": analysis["timeline"],
        "places": _places(graph, cited),
        "sources": _sources(graph, analysis, cited),
        "contradictions": _contradictions(graph, cited),
        "more_contradictions": max(0, len(graph.contradictions) - _CONTRADICTIONS),
        "contested": _contested(graph, analysis, cited),
        "open": _told(cited, _with_status(graph, *_OPEN)[:_ROWS], "open"),
        "more_open": max(0, len(_with_status(graph, *_OPEN)) - _ROWS),
        "communities": _groups(graph, analysis),
        "unmapped": analysis["unmapped"][:_WORDS],
        "more_unmapped": max(0, len(analysis["unmapped"]) - _WORDS),
        "rejected": rejected,
        "articles": _articles(graph, analysis),
        "provenance": dict(provenance),
    }
    return content | {"groups": cited.groups, "sentences": cited.sentences()}


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _period(days: Sequence[date]) -> str | None:
    if not days:
        return None
    first, last = min(days), max(days)
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _weight(event: Event) -> tuple[int, int, str]:
    """Order events by reports, then by how many take part."""
    return -len(event.mentions), -len(event.participants), event.id


def _by_weight(graph: KnowledgeGraph, ids: Iterable[str]) -> list[Event]:
    return sorted({graph.event(id) for id in ids}, key=_weight)


def _with_status(graph: KnowledgeGraph, *statuses: str) -> list[Event]:
    return sorted((event for event in graph.events if event.status in statuses), key=_weight)


def _record(cited: Citations, event: Event, anchor: str) -> dict[str, Any]:
    """Return what the report says about an event: label, status, who says so, one sentence."""
    outlets = {mention.trigger.document for mention in event.mentions}
    says = event.status in ("asserted", "negated") or event.label.endswith(f"({event.status})")
    return {
        "label": event.label,
        "status": None if says else event.status,
        "reports": cited.reports(anchor, event),
        "articles": len(outlets),
        "said": cited.said_by(event.attributed_to),
        "evidence": cited.quote(event.mentions[0]) if event.mentions else None,
        "against": None,
    }


def _told(cited: Citations, events: Iterable[Event], anchor: str) -> list[dict[str, Any]]:
    return [_record(cited, event, f"{anchor}-{number}") for number, event in enumerate(events, 1)]


def _actors(graph: KnowledgeGraph, analysis: Mapping[str, Any], cited: Citations) -> list[dict[str, Any]]:
    acts: dict[str, set[str]] = defaultdict(set)
    suffers: dict[str, set[str]] = defaultdict(set)
    for action in analysis["actions"]:
        acts[action["source"]].add(action["event"])
        suffers[action["target"]].add(action["event"])
    rows = []
    for number, actor in enumerate(analysis["actors"][:_ROWS], 1):
        entity = graph.entity(actor["entity"])
        name, own = entity.label, _by_weight(graph, acts[entity.id])
        against = _by_weight(graph, suffers[entity.id])
        rows.append(
            {
                "label": name,
                "type": entity.type,
                "acts": cited.count(f"acts-{number}", f"{name} acts", own),
                "affected": cited.count(f"affected-{number}", f"{name} is acted on", against),
                "mentions": cited.mentions(f"named-{number}", f"{name} is mentioned", entity.mentions),
            }
        )
    return rows


def _pairs(graph: KnowledgeGraph, analysis: Mapping[str, Any], cited: Citations) -> list[dict[str, Any]]:
    rows = []
    for number, pair in enumerate(analysis["dyads"][:_ROWS], 1):
        source, target = graph.entity(pair["source"]).label, graph.entity(pair["target"]).label
        events = _by_weight(graph, pair["events"])
        told = cited.count(f"pair-{number}", f"{source} to {target}", events)
        rows.append(
            {
                "source": source,
                "target": target,
                "events": told,
                "mentions": Number(pair["mentions"], told.href),
                "types": dict(list(pair["by_type"].items())[:3]),
                "statuses": pair["by_status"],
            }
        )
    return rows


def _days(graph: KnowledgeGraph, cited: Citations) -> list[dict[str, Any]]:
    """Return the days on which most happens, in order, each with the events that most reports tell of."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in sorted(graph.events, key=_weight):
        time = event.time
        settled = event.status not in ("negated", "hypothetical")
        if time and time.start and time.end in (None, time.start) and settled:
            by_day[time.start].append(event)
    busiest = sorted(by_day, key=lambda day: (-sum(len(event.mentions) for event in by_day[day]), day))
    rows = []
    for day in sorted(busiest[:_DAYS]):
        rest = by_day[day][_EVENTS_A_DAY:]
        rows.append(
            {
                "day": _day(day),
                "anchor": f"day-{day}",
                "iso": day.isoformat(),
                "number": len(by_day[day]),
                "events": _told(cited, by_day[day][:_EVENTS_A_DAY], f"on-{day}"),
                "more": cited.count(f"more-{day}", f"More on {_day(day)}", rest) if rest else None,
            }
        )
    return rows


def _places(graph: KnowledgeGraph, cited: Citations) -> list[dict[str, Any]]:
    """Return the places where most happens: those in any role but that of who acts."""
    happens: dict[str, set[str]] = defaultdict(set)
    for event in graph.events:
        for part in event.participants:
            if part.entity and part.role != "agent":
                happens[part.entity].add(event.id)
    places = [
        entity for entity in graph.entities if entity.type in ("Place", "Facility") and happens[entity.id]
    ]
    places.sort(key=lambda entity: (-len(happens[entity.id]), -len(entity.mentions), entity.id))
    return [
        {
            "label": place.label,
            "url": next(filter(None, map(web_url, place.same_as)), None),
            "events": cited.count(
                f"place-{n}", f"In or to {place.label}", _by_weight(graph, happens[place.id])
            ),
        }
        for n, place in enumerate(places[:_ROWS], 1)
    ]


def _sources(graph: KnowledgeGraph, analysis: Mapping[str, Any], cited: Citations) -> list[dict[str, Any]]:
    quoted: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for event in graph.events:
        for source in event.attributed_to:
            quoted[source.entity, source.text if source.entity is None else ""].add(event.id)
    rows = []
    for number, source in enumerate(analysis["sources"][:_ROWS], 1):
        key = (source["entity"], source["label"] if source["entity"] is None else "")
        events = _by_weight(graph, quoted[key])
        told = cited.count(f"source-{number}", f"According to {source['label']}", events)
        rows.append({"label": source["label"], "events": told})
    return rows


def _contested(graph: KnowledgeGraph, analysis: Mapping[str, Any], cited: Citations) -> list[dict[str, Any]]:
    """Return events that are denied, or denied by one mention and affirmed by another, with a sentence of each."""
    rows = []
    for number, id in enumerate(analysis["disputed"][:_ROWS], 1):
        event = graph.event(id)
        denied = next(m for m in event.mentions if m.status == "negated")
        affirmed = next(m for m in event.mentions if m.status != "negated")
        row = _record(cited, event, f"disputed-{number}")
        rows.append(row | {"evidence": cited.quote(affirmed), "against": cited.quote(denied)})
    disputed = set(analysis["disputed"])
    plain = [event for event in _with_status(graph, "negated") if event.id not in disputed]
    return rows + _told(cited, plain[: _ROWS - len(rows)], "denied")


def _contradictions(graph: KnowledgeGraph, cited: Citations) -> list[dict[str, Any]]:
    """Return what sources contradict each other in, of the events that most reports tell of."""
    weighed = sorted(
        graph.contradictions, key=lambda c: (_weight(graph.event(c.event)), c.field, c.about or "")
    )
    return [
        {
            "label": graph.event(item.event).label,
            "field": f"{item.field} of {item.about}" if item.about else item.field,
            "claims": _claims(graph, item, cited),
        }
        for item in weighed[:_CONTRADICTIONS]
    ]


def _claims(graph: KnowledgeGraph, contradiction: Contradiction, cited: Citations) -> list[dict[str, Any]]:
    rows = []
    for claim in contradiction.claims:
        event = graph.event_of(claim.trigger)
        mention = next(m for m in (event.mentions if event else ()) if m.trigger == claim.trigger)
        said = cited.said_by(claim.attributed_to)
        rows.append({"value": claim.value, "said": said, "evidence": cited.quote(mention)})
    return rows


def _groups(graph: KnowledgeGraph, analysis: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [group for group in analysis["communities"] if len(group["entities"]) > 2]
    return [
        {
            "name": group["name"],
            "others": [graph.entity(id).label for id in group["entities"][3:8]],
            "more": max(0, len(group["entities"]) - 8),
        }
        for group in found[:_ROWS]
    ]


def _articles(graph: KnowledgeGraph, analysis: Mapping[str, Any]) -> list[dict[str, Any]]:
    told: Counter[str] = Counter({id: facts["events"] for id, facts in analysis["documents"].items()})
    order = sorted(graph.documents, key=lambda d: (d.published or date.max, d.publisher or "", d.path))
    return [
        {
            "title": document.title or document.path,
            "outlet": document.publisher,
            "published": document.published,
            "url": web_url(document.url),
            "events": told[document.id],
        }
        for document in order
    ]

"""Records by columns: how the page carries its data, in about half the bytes of a dict for each record.

A table is `{"rows": number, "columns": {name: column}}`. A column is a plain list, with None where a record lacks the
field, or one of these objects, named by their first key:

- `{"all": value}`: the same in every record
- `{"steps": [a, b, …]}`: numbers that only rise: the first, and by how much each next one is more
- `{"from": a}`: a, a + 1, a + 2 …
- `{"words": [...], "at": [...]}`: texts that come again and again, each kept once
- `{"before": text, "then": column}`: texts that begin alike (IRIs)
- `{"few": [row numbers], "then": column}`: what most records lack
- `{"record": table, "has": column}`: one record inside each (or None)
- `{"lists": column of lengths, "of": table}`: lists of records
- `{"tuples": column of lengths, "of": [columns]}`: lists of tuples of one width

`templates/js/start.js` reads the same.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, islice, pairwise, takewhile
from typing import Any

__all__ = ["packed", "unpacked"]

_ALIKE = 8
"""Letters that texts must begin with alike for this to be worth a mention."""


def packed(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return records of which no field is None as a table.

    >>> packed([{"id": 0, "role": "agent"}, {"id": 1, "role": "agent"}])
    {'rows': 2, 'columns': {'id': {'from': 0}, 'role': {'all': 'agent'}}}
    """
    names = dict.fromkeys(chain.from_iterable(records))
    columns = {name: _column([record.get(name) for record in records]) for name in names}
    return {"rows": len(records), "columns": columns}


def unpacked(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the records of a table: what `packed` was given.

    >>> unpacked(packed([{"id": 0}, {"id": 1, "of": [{"role": "agent"}]}]))
    [{'id': 0}, {'id': 1, 'of': [{'role': 'agent'}]}]
    """
    records: list[dict[str, Any]] = [{} for _ in range(table["rows"])]
    for name, column in table["columns"].items():
        for record, value in zip(records, _values(column, table["rows"]), strict=True):
            if value is not None:
                record[name] = value
    return records


def _column(values: list[Any]) -> Any:
    present = [value for value in values if value is not None]
    if 4 * len(present) < len(values):
        few = [row for row, value in enumerate(values) if value is not None]
        return {"few": few, "then": _column(present)}
    kinds = set(map(type, present))
    if kinds == {str}:
        return _texts(values, present)
    if kinds == {dict}:
        return {"record": packed(present), "has": _column([None if value is None else 1 for value in values])}
    if kinds == {list}:
        return _lists(values, present)
    if kinds == {int} and len(present) == len(values) > 1:
        return _numbers(values)
    return values


def _numbers(values: list[int]) -> Any:
    steps = [b - a for a, b in pairwise(values)]
    least, most = min(steps), max(steps)
    if least == most == 0:
        return {"all": values[0]}
    if least == most == 1:
        return {"from": values[0]}
    return {"steps": [values[0], *steps]} if least >= 0 else values


def _texts(values: list[Any], present: list[str]) -> Any:
    if len(set(present)) == 1 and len(present) == len(values) > 1:
        return {"all": values[0]}
    words = {word: place for place, word in enumerate(dict.fromkeys(present))}
    if 2 * len(words) <= len(values):
        return {"words": list(words), "at": [words.get(value) for value in values]}
    least, most = min(present), max(present)  # what these two begin with, all do
    alike = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(least, most, strict=False)))
    if len(alike) >= _ALIKE and len(present) == len(values) > 1:
        return {"before": alike, "then": [value[len(alike) :] for value in values]}
    return values


def _lists(values: list[Any], present: list[list[Any]]) -> Any:
    items = list(chain.from_iterable(present))
    lengths = [None if value is None else len(value) for value in values]
    kinds = set(map(type, items))
    if kinds == {dict}:
        return {"lists": _column(lengths), "of": packed(items)}
    if kinds == {list} and items[0] and len(set(map(len, items))) == 1:
        return {
            "tuples": _column(lengths),
            "of": [_column(list(column)) for column in zip(*items, strict=True)],
        }
    return values


def _values(column: Any, rows: int) -> list[Any]:
    match column:
        case {"all": value}:
            return [value] * rows
        case {"steps": steps}:
            return list(accumulate(steps))
        case {"from": first}:
            return list(range(first, first + rows))
        case {"words": words, "at": places}:
            return [None if place is None else words[place] for place in places]
        case {"before": before, "then": rest}:
            return [before + text for text in rest]
        case {"few": few, "then": rest}:
            known = dict(zip(few, _values(rest, len(few)), strict=True))
            return [known.get(row) for row in range(rows)]
        case {"record": table, "has": has}:
            one = iter(unpacked(table))
            return [None if here is None else next(one) for here in _values(has, rows)]
        case {"lists": lengths, "of": table}:
            return _cut(unpacked(table), _values(lengths, rows))
        case {"tuples": lengths, "of": columns}:
            lengths = _values(lengths, rows)
            number = sum(length or 0 for length in lengths)
            items = zip(*(_values(one, number) for one in columns), strict=True)
            return _cut([list(item) for item in items], lengths)
    return list(column)


def _cut(items: list[Any], lengths: list[int | None]) -> list[Any]:
    rest = iter(items)
    return [None if length is None else list(islice(rest, length)) for length in lengths]

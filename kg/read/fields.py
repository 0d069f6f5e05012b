"""What articles' metadata is called elsewhere, and what its values may be."""

from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from kg.read.decode import without_surrogates
from kg.read.records import Metadata

__all__ = ["FIELDS", "metadata_of", "parse_date", "string_field"]

#: Field -> names it goes by in exports and news services, the first of them present wins.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext", "full_text"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet", "site"),
    "url": ("url", "link", "uri"),
    "published": (
        "published",
        "date",
        "published_at",
        "publishedAt",
        "date_published",
        "datePublished",
        "date_publish",
        "publication_date",
        "pub_date",
        "pubDate",
    ),
    "id": ("id", "_id", "guid"),
    "language": ("language", "lang"),
}


def string_field(record: Mapping[str, object], field: str) -> str | None:
    """Return the value of `field` under any of its names, or None where it is missing, null or blank.

    A publisher may be an object with a "name", an id may be a number.

    Raises:
        ValueError: the value is no string.
    """
    for name in FIELDS[field]:
        value = record.get(name)
        if isinstance(value, Mapping):
            value = value.get("name")
        if field == "id" and isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            continue
        if not isinstance(value, str):
            raise ValueError(f"{name} is a {type(value).__name__}, not a string")
        if field == "text" or value.strip():
            return without_surrogates(value)
    return None


def metadata_of(record: Mapping[str, object]) -> Metadata:
    """Return the metadata that a record holds.

    Raises:
        ValueError: a value that cannot be used; the message names the field.
    """

    def line(field: str) -> str | None:
        value = string_field(record, field)
        return " ".join(value.split()) if value else None

    raw = next((record[name] for name in FIELDS["published"] if record.get(name)), None)
    return Metadata(
        title=line("title"),
        publisher=line("publisher"),
        url=line("url"),
        published=parse_date(raw),
        language=line("language"),
    )


def parse_date(value: object) -> date | None:
    """Return the calendar day of a date, a datetime, a number like 20151117, or a string in ISO 8601 or RFC 2822.

    Where a time zone is given, the day is that of the zone.

    Raises:
        ValueError: anything else, or a day that is in no calendar.

    >>> parse_date("2015-11-17T23:10:00+01:00"), parse_date("Tue, 17 Nov 2015 10:00:00 GMT")
    (datetime.date(2015, 11, 17), datetime.date(2015, 11, 17))
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = None
    if isinstance(value, str):
        text = value.strip()
    elif isinstance(value, int | float) and 10**7 <= value < 10**8 and value == int(value):
        text = str(int(value))
    if text is not None:
        for parse in (date.fromisoformat, _iso_datetime, _mail_date):
            try:
                return parse(text)
            except (ValueError, TypeError, IndexError, OverflowError):
                continue
    raise ValueError(
        f"published is {str(value)[:40]!r}, not a date such as 2015-11-17, 20151117, 2015-11-17T10:00:00Z "
        "or Tue, 17 Nov 2015 10:00:00 GMT"
    )


def _iso_datetime(text: str) -> date:
    return datetime.fromisoformat(text).date()


def _mail_date(text: str) -> date:
    return parsedate_to_datetime(text).date()

"""Tells text from what only looks like it: a PDF renamed to .txt must not become a page of facts."""

import codecs
import re
import unicodedata

__all__ = ["binary_reason", "markup_reason"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or .docx, .epub, .odt)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_ADVICE = "kg reads plain text, Markdown and JSONL: convert it first"
_SAMPLE = 8192
_CONTROL_SHARE = 0.05
_HARMLESS = frozenset("\t\n\r\f\v\x1b\x85")
_HTML_START = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.I | re.S)
_TAG = re.compile(
    r"</?(?:p|div|span|a|br|li|ul|td|tr|table|script|style|img|meta|link|h[1-6])\b[^<>]{0,500}>", re.I
)
_MANY_TAGS = 10
_WORDS_A_TAG = 12


def binary_reason(data: bytes) -> str | None:
    r"""Return why `data` is no text, or None. UTF-16 needs its byte-order mark to pass.

    >>> binary_reason(b"%PDF-1.7 ..."), binary_reason(b"He said so.")
    ('a PDF: kg reads plain text, Markdown and JSONL: convert it first', None)
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return f"{name}: {_ADVICE}"
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and b"\x00" in data:
        return f"binary data (holds NUL bytes): {_ADVICE}"
    return None


def markup_reason(text: str, *, markdown: bool = False) -> str | None:
    """Return why decoded `text` is no article, or None: HTML or XML, NULs, or mostly control characters.

    Tags may stand in Markdown, so there only a whole page is turned away.
    """
    sample = text[:_SAMPLE]
    if "\x00" in text:
        return f"binary data (holds NUL characters): {_ADVICE}"
    controls = sum(unicodedata.category(c) == "Cc" and c not in _HARMLESS for c in sample)
    if controls > _CONTROL_SHARE * len(sample):
        return f"binary data ({controls} control characters in the first {len(sample)}): {_ADVICE}"
    if _HTML_START.match(sample):
        return f"an HTML or XML page: {_ADVICE}"
    if not markdown:
        tags = len(_TAG.findall(sample))
        if tags >= _MANY_TAGS and len(_TAG.sub(" ", sample).split()) < _WORDS_A_TAG * tags:
            return f"HTML ({tags} tags in the first {len(sample)} characters): {_ADVICE}"
    return None

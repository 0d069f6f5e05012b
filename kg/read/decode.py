"""Bytes to text, by a fixed order of codecs, so that the same bytes are the same text everywhere.

No guessing from frequencies: a guess would depend on the length of the article. Line ends are left as they are,
for offsets count the decoded text; only a byte-order mark is dropped.
"""

import codecs

__all__ = ["decode", "without_surrogates"]

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> tuple[str, str]:
    r"""Return the text and the codec that gave it: UTF-8, UTF-16 with its mark, Windows-1252, Latin-1.

    The last of them decodes any bytes, so this never fails; the text never holds a lone surrogate.

    >>> decode("naïve".encode("cp1252")), decode(b"\xef\xbb\xbfa\r\n")
    (('naïve', 'cp1252'), ('a\r\n', 'utf-8-sig'))
    """
    for codec in _codecs(data):
        try:
            return data.decode(codec), codec
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _codecs(data: bytes) -> tuple[str, ...]:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", "cp1252"
    if data.startswith(_UTF16_MARKS):
        return "utf-16", "cp1252"
    return "utf-8", "cp1252"


def without_surrogates(text: str) -> str:
    r"""Return `text` with each lone surrogate replaced by U+FFFD: as long as before, and valid UTF-8.

    >>> without_surrogates("a\ud800b")
    'a�b'
    """
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)

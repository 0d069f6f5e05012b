"""What is no article is turned away with a reason that names it."""

import gzip
import io
import zipfile

import pytest

from kg.read.sniff import binary_reason, markup_reason


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "Troops left the town.")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.4\n1 0 obj", "PDF"),
        (zipped(), "ZIP"),
        (gzip.compress(b"Troops left."), "gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (rb"{\rtf1\ansi Troops left.}", "RTF"),
        (b"\x7fELF\x02\x01", "program"),
        (b"Troops\x00left", "NUL"),
        ("Troops left".encode("utf-16-le"), "NUL"),
    ],
)
def test_binary(data: bytes, word: str) -> None:
    assert word in (binary_reason(data) or "")


@pytest.mark.parametrize(
    "data", [b"", b"He left.", "\ufeffHe left".encode("utf-16-le"), "Élysée".encode("cp1252")]
)
def test_text_passes(data: bytes) -> None:
    assert binary_reason(data) is None


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body><p>Troops left.</p></body></html>",
        "\n <html lang='en'>Troops left.",
        "<!-- saved -->\n<html>x",
        "<?xml version='1.0'?><rss/>",
        "<div><p>Troops</p> <p>left</p></div><div><a href='x'>the town</a></div><ul><li>now</li></ul>",
        "\x01\x02\x03\x04 He left",
        "He\x00left",
    ],
)
def test_markup_and_controls(text: str) -> None:
    assert markup_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He said that 3 < 5 and 7 > 2.",
        "A line<br>break and <b>bold</b> words in an otherwise plain article that goes on for a while.",
        "\x1b[1mBREAKING\x1b[0m Troops left the town.",
        "Page one\fPage two",
    ],
)
def test_plain_text_passes(text: str) -> None:
    assert markup_reason(text) is None


def test_markdown_may_hold_tags_but_not_a_page() -> None:
    table = "<table><tr><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>"
    assert markup_reason(table) is not None
    assert markup_reason(table, markdown=True) is None
    assert markup_reason("<html><body>x</body></html>", markdown=True) is not None

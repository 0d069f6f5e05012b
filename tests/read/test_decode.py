"""Bytes become text by a fixed order of codecs, and never a lone surrogate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.decode import decode, without_surrogates


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        (b"\xef\xbb\xbf", "", "utf-8-sig"),
        ("Élysée".encode(), "Élysée", "utf-8"),
        ("Élysée".encode("cp1252"), "Élysée", "cp1252"),
        ("“quoted” – 5 €".encode("cp1252"), "“quoted” – 5 €", "cp1252"),
        (b"caf\xe9 \x81", "caf\xe9 \x81", "latin-1"),
        ("Raqqa".encode("utf-16"), "Raqqa", "utf-16"),
        (b"\xfe\xff" + "Raqqa".encode("utf-16-be"), "Raqqa", "utf-16"),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n", "utf-8"),
        ("\ufeffa\ufeffb".encode(), "a\ufeffb", "utf-8-sig"),
    ],
)
def test_codecs_in_order(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@given(st.binary(max_size=200))
def test_any_bytes_give_valid_unicode(data: bytes) -> None:
    text, _ = decode(data)
    assert text.encode("utf-8").decode("utf-8") == text


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_unicode_codecs_round_trip(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


@given(st.text(st.characters(codec="cp1252"), min_size=1))
def test_offsets_count_characters_of_the_old_codec_too(text: str) -> None:
    assert len(decode(text.encode("cp1252"))[0]) <= len(text)


@given(st.text(st.characters(), max_size=50))
def test_surrogates_are_replaced_one_for_one(text: str) -> None:
    clean = without_surrogates(text)
    assert len(clean) == len(text)
    clean.encode("utf-8")

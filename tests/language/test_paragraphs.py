"""Where paragraphs start."""

import pytest
from spacy.language import Language

from kg.language.arrays import Columns
from kg.language.paragraphs import paragraph_starts

LONG = "The ministers met in the capital for talks that went on until the small hours of the next morning"


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("One line.", ["One"]),
        ("Headline\n\nText here.", ["Headline", "Text"]),
        ("Headline\n  \nText here.", ["Headline", "Text"]),
        (f"Jets hit city\n{LONG}.", ["Jets", "The"]),
        ("He left.\nShe stayed.", ["He", "She"]),
        ("The minister of France, Mr\nFabius spoke in the city of\nVienna today.", ["The"]),
        (f"{LONG}\nand nobody slept.", ["The"]),
        (f"{LONG} in Vienna and abroad\nParis was calm.", ["The", "Paris"]),
        ("\n\nText", ["Text"]),
        ("\n \n", []),
        ("", []),
    ],
)
def test_starts(blank: Language, text: str, starts: list[str]) -> None:
    doc = blank(text)
    assert [doc[i].text for i in sorted(paragraph_starts(doc))] == starts
    assert paragraph_starts(Columns(doc)) == paragraph_starts(doc)

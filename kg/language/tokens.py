"""The tokenizer: spaCy's rules for English, brought closer to how the treebanks of the training data split."""

import re
from typing import Any

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, HYPHENS
from spacy.lang.en import English
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

#: Prefixes that stay with their word at a hyphen ("anti-war"); other compounds are split ("Syrian - led").
KEPT_PREFIXES = (
    "anti",
    "co",
    "counter",
    "cross",
    "e",
    "ex",
    "mid",
    "mini",
    "multi",
    "non",
    "over",
    "post",
    "pre",
    "pro",
    "re",
    "semi",
    "sub",
)

#: Abbreviations with a full stop that spaCy's list lacks.
ABBREVIATIONS = (
    *(
        "al.",
        "etc.",
        "Capt.",
        "Cmdr.",
        "Cpl.",
        "Lt.",
        "Maj.",
        "Sgt.",
        "Pvt.",
        "Brig.",
        "Adm.",
        "Col.",
        "Insp.",
    ),
    *("Ft.", "Mt.", "ext.", "Mon.", "Tue.", "Tues.", "Wed.", "Thu.", "Thur.", "Thurs.", "Fri."),
)

#: Where scraping has glued two sentences ("first?Nobody", "in 2009.It", "a blast.”The", "tonnes).It"), beyond what spaCy splits.
_CLOSE, _OPEN = '”’"»)\\]', '“‘"«(\\['
_GLUED = (
    rf"(?<=[0-9%{_CLOSE}])\.(?=[{_OPEN}]?[{ALPHA_UPPER}][{ALPHA_LOWER}])",
    rf"(?<=[{ALPHA_LOWER}0-9]{{2}})[?!](?=[{_CLOSE}{_OPEN}]?[{ALPHA_UPPER}])",
    rf"(?<=[.?!])[{_CLOSE}{_OPEN}](?=[{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA}0-9])[{_CLOSE}](?=[.?!][{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA_UPPER}]\.[{ALPHA_UPPER}]\.)(?=[{ALPHA_UPPER}][{ALPHA_LOWER}])",
)

#: Reference marks as encyclopedias set them, glued to the word they follow: "1956.[3][12]", "yearly[citation needed]".
_NUMBER = r"\[[1-9]\d{0,2}\]"
REFERENCE_MARK = re.compile(
    rf"(?<=[^\s(\[])(?:{_NUMBER}|\[(?:(?:note|nb) \d{{1,3}}|[a-z]+(?: [a-z]+){{0,2}} needed|(?:according to |by )?wh[a-z]{{1,3}}\?)\])"
)

#: Number of the attribute ORTH in spaCy.
_ORTH = 65

#: Kept whole: telephone numbers and ISO dates.
_WHOLE = re.compile(r"(?:\d{1,3}-)?\d{3}-\d{3}-\d{4}|\d{3}-\d{4}|\d{4}-\d{2}-\d{2}")


def _hyphen() -> str:
    kept = "".join(rf"(?<!\b[{p[0]}{p[0].upper()}]{p[1:]})" for p in KEPT_PREFIXES)
    return rf"(?<=[{ALPHA}0-9]){kept}(?:{HYPHENS})(?=[{ALPHA}])"


def adapt_tokenizer(nlp: Language) -> None:
    """Change the tokenizer of `nlp` in place.

    Differs from spaCy's: `anti-war` whole, `F-16` and `and/or` split, `!!` whole, `10.30am` split, some abbreviations;
    glued sentences (`first?Nobody`) and dashes that lack one of their spaces (`failed- both`, `alive -they`) split.
    Reference marks and the stops before them are parted from the words (`1956.[3]`); the network never sees the marks
    (`kg.language.arrays.Columns.blank`). Known to differ still from the treebanks: contractions without apostrophe, slashes between letters.
    """
    tokenizer: Any = nlp.tokenizer
    defaults = English.Defaults
    infixes = [rule for rule in defaults.infixes or () if f"(?:{HYPHENS})" not in rule]
    infixes += [
        _hyphen(),
        rf"(?<=[{ALPHA}])-(?=[0-9])",
        rf"(?<=\.)-(?=[{ALPHA}])",
        "—|”(?=—)|(?<=[0-9])–(?=[0-9])",
        rf"(?<=[{ALPHA}]{{3}})/(?=[{ALPHA}]{{3}})",
        *_GLUED,
        rf"(?<=[^\s(\[]){_NUMBER}",
        rf"(?<=[{ALPHA_LOWER}]{{3}})\((?=[{ALPHA_UPPER}][{ALPHA_LOWER}]{{2}})",
        rf"(?<=[{ALPHA}0-9]{{2}})[.,;:](?={_NUMBER})",
    ]
    runs = r"[!?]{2,}"
    prefixes = [runs, rf"\.(?=(?!Net\b)[{ALPHA_UPPER}][{ALPHA_LOWER}])", rf"-(?=[{ALPHA}]{{2}})"]
    dash = "".join(rf"(?<!\b{p})" for p in KEPT_PREFIXES) + rf"(?<=[{ALPHA_LOWER}]{{4}})-"
    times = r"(?<=[0-9])(?:[AaPp]\.?[Mm]\.?)"
    marks = rf"(?<=[^\s(\[])(?:{_NUMBER}|\[(?:[a-z]{{4,}}|by|nb|who|why))"
    suffixes = [runs, dash, times, marks, *(defaults.suffixes or ())]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.prefix_search = compile_prefix_regex([*prefixes, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    url = tokenizer.url_match
    tokenizer.token_match = _WHOLE.fullmatch
    tokenizer.url_match = url
    unsplit = (*ABBREVIATIONS, "Wed", "wed", "id", "Id")
    rules = {text: parts for text, parts in tokenizer.rules.items() if text not in {"and/or", *unsplit}}
    tokenizer.rules = rules | {text: [{_ORTH: text}] for text in unsplit}

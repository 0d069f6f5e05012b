r"""What a query may do: read the graph it is given, nothing else.

A query is cut into tokens by the lexical rules of SPARQL 1.1 (section 19.8), so that a word inside a literal, an IRI,
a comment, a variable or a prefixed name is not taken for a keyword. SPARQL allows `\uXXXX` anywhere and replaces it
before the grammar is applied (section 19.2); the check therefore also runs on the text after that replacement, and
both must pass.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from kg.errors import QueryError

__all__ = ["Token", "check_read_only", "check_variables", "query_form", "restricted", "template", "tokens"]

_TOKEN = re.compile(
    r"""
      (?P<space>   \s+ | \#[^\n\r]* )
    | (?P<iri>     <[^\x00-\x20<>"{}|^`\\]*> )
    | (?P<string>  \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9-]+)* )
    | (?P<blank>   _:[\w.·-]+ )
    | (?P<name>    (?:[^\W\d_][\w.·-]*)?:(?:[\w.:·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*(?<!(?<!\\)\.) )
    | (?P<word>    [^\W\d_]\w* )
    | (?P<number>  [0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)? | \.[0-9]+(?:[eE][+-]?[0-9]+)? )
    | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query: what it is, its text, and the offset where it starts."""

    kind: str
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word in capitals; "" for a token of another kind."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(query: str) -> tuple[Token, ...]:
    """Return the tokens of a query, white space and comments left out."""
    found = (Token(match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(query))
    return tuple(token for token in found if token.kind != "space")


def check_read_only(query: str) -> None:
    """Refuse a query that could write, or reach anything but the graph it is asked on.

    Raises:
        QueryError: it holds SERVICE, FROM or an update, or is none of SELECT, ASK, CONSTRUCT, DESCRIBE.
    """
    for text in {query: None, _ESCAPE.sub(_unescaped, query): None}:
        found = tokens(text)
        for token in found:
            _check_token(token)
        _check_form(found)


def check_variables(query: str, bound: Iterable[str]) -> None:
    """Refuse to bind a variable that the query does not have.

    Raises:
        QueryError: names the variables that there are.
    """
    names = tuple(dict.fromkeys(token.text[1:] for token in tokens(query) if token.kind == "variable"))
    for name in bound:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean ?{near[0]}? " if near else ""
            raise QueryError(f"the query has no variable ?{name} to bind: {hint}it has {_list(names)}")


def restricted(query: str, terms: Mapping[str, Iterable[str]]) -> str:
    """Return a query whose variables can only be some terms: `FILTER(?name IN (...))` around its WHERE group.

    A filter, not VALUES: a variable that an OPTIONAL leaves unbound would join with any value.

    Args:
        query: with balanced braces.
        terms: by variable, terms as N-Triples writes them.

    Raises:
        QueryError: the query has no WHERE group.
    """
    start, end = _where_group(tokens(query))
    filters = " ".join(f"FILTER(?{name} IN ({', '.join(allowed)}))" for name, allowed in terms.items())
    return f"{query[:start]} {filters} {{{query[start:end]}}} {query[end:]}"


def query_form(query: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE: what a query that may be asked begins with after its prologue."""
    first = next(_after_prologue(tokens(query)), None)
    return first.keyword if first else ""


def template(found: tuple[Token, ...]) -> tuple[int, int]:
    """Return the offsets just inside the braces of a CONSTRUCT's template, of triples to make; (0, 0) without one."""
    return _groups(found)[0] if _has_template(found) else (0, 0)


def _where_group(found: tuple[Token, ...]) -> tuple[int, int]:
    """Return the offsets just inside the braces of the WHERE group, past a CONSTRUCT template."""
    groups, past = _groups(found), int(_has_template(found))
    if len(groups) <= past:
        raise QueryError("the query has no WHERE { ... } group to bind a variable in: add one")
    return groups[past]


def _has_template(found: tuple[Token, ...]) -> bool:
    return any(a.keyword == "CONSTRUCT" and b.text == "{" for a, b in pairwise(found))


def _groups(found: tuple[Token, ...]) -> list[tuple[int, int]]:
    """Return the offsets just inside the outermost braces, in order."""
    groups: list[tuple[int, int]] = []
    open_at: list[int] = []
    for token in found:
        if token.kind != "sign":
            continue
        if token.text in "({":
            open_at.append(token.start + 1)
        elif token.text in ")}" and open_at:
            start = open_at.pop()
            if token.text == "}" and not open_at:
                groups.append((start, token.start))
    return groups


def _check_token(token: Token) -> None:
    """Refuse a keyword that writes or fetches.

    pyoxigraph's grammar does not ask for space around keywords ("trueSERVICE:x" is a literal and a SERVICE), so the
    letters of SERVICE are refused in any token that is not a literal, an IRI or a variable.
    """
    if token.kind not in ("iri", "string", "variable") and "SERVICE" in token.text.upper():
        exact = token.keyword == "SERVICE"
        how = "" if exact else f" (in {token.text!r}: write a name that holds these letters as a full <IRI>)"
        raise QueryError(f"SERVICE is not allowed: a query reads its own graph only, nothing is fetched{how}")
    word = token.text.partition(":")[0].upper() if token.kind in ("word", "name") else ""
    if word == "FROM":
        raise QueryError("FROM is not allowed: a query reads its own graph only; leave the clause out")
    if token.keyword in _UPDATES:
        raise QueryError(f"{word} is not allowed: queries only read; use SELECT, ASK, CONSTRUCT or DESCRIBE")


_ASK_BY_NAME = "; kg query --list has questions by name"


def _check_form(found: tuple[Token, ...]) -> None:
    """Refuse what does not begin, after its prologue, with one of the four query forms."""
    first = next(_after_prologue(found), None)
    if first is None:
        raise QueryError("the query is empty: write SELECT, ASK, CONSTRUCT or DESCRIBE, or name a query")
    if first.keyword not in _FORMS:
        near = get_close_matches(first.keyword, _FORMS, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        shown = first.text if len(first.text) <= 40 else first.text[:40] + "..."
        raise QueryError(f"a query begins with {', '.join(_FORMS)}, not with {shown!r}{hint or _ASK_BY_NAME}")


def _after_prologue(found: tuple[Token, ...]) -> Iterator[Token]:
    position = 0
    while position < len(found) and found[position].keyword in ("PREFIX", "BASE"):
        position += 3 if found[position].keyword == "PREFIX" else 2
    return iter(found[position:])


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"?{name}" for name in names) or "none"

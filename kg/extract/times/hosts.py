"""Which word a time belongs to, where the parser hung it across a border that no time crosses.

Parsers hang a time on a verb by preference; the words around it say more. Not handled: a time at the end of a sentence that
could belong to the last noun or to the verb ("condemned the attack on Friday"), which stays where the parser put it.
"""

from itertools import islice

from kg.extract.parse import Token

__all__ = ["host_of"]

_REACH = 60  # tokens; no phrase that is read goes on for longer
_NOMINAL = ("NOUN", "PROPN", "PRON")


def host_of(time: Token) -> Token | None:
    """Return the word that a time belongs to where the parser hung it across a border; None where it did not.

    Inside a noun phrase, before its relative clause, it is the noun's ("closed the valley after *the avalanche* on 2 March
    in which ..."); inside a participle clause between commas it is the participle's ("the firm, *founded* by X in 1987, sold
    ...").
    """
    start, end = time.left_edge.i, time.right_edge.i
    if start == 0:
        return None
    inside, above = time.parse[start - 1], {*islice(time.ancestors, _REACH)}
    for word in (inside, *islice(inside.ancestors, _REACH)):
        if word in above:
            break
        if word.pos_ in _NOMINAL and any(c.i > end and c.dep_ in ("acl", "acl:relcl") for c in word.children):
            return word if time.parse[end + 1].text != "," else None
    return _participle_before(time) if time.i < time.head.i else None


def _participle_before(time: Token) -> Token | None:
    parse, head = time.parse, time.head
    if not any(parse[i].text == "," for i in range(time.i + 1, min(head.i, time.i + _REACH))):
        return None
    for i in range(time.left_edge.i - 1, max(head.left_edge.i, time.i - _REACH), -1):
        if parse[i].text == ",":
            return None
        if parse[i].tag_ in ("VBN", "VBG") and parse[i].dep_ in ("acl", "advcl") and parse[i - 1].text == ",":
            return parse[i]
    return None

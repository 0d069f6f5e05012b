"""Hangs the members of a coordination on the words that they are like, before any rule reads the tree.

Parsers hang a member on a word nearby; English coordinates like with like (Huddleston and Pullum 2002, 15.2): the forms of
verbs decide which verbs, what nouns stand for decides which nouns, as in Agarwal and Boggess (1992), "A simple but useful
approach to conjunct identification". Only what the grammar or the kinds of nouns exclude is changed; what they leave
ambiguous ("those who *rent* and *pay*") stays as the parser has it.
"""

from collections.abc import Callable

from kg.extract.names import Names
from kg.extract.parse import Parse, Token
from kg.extract.syntax import agrees, case_of, children, conjuncts, first_conjunct

__all__ = ["mend_coordination"]


def mend_coordination(parse: Parse, names: Names) -> None:
    """Correct the heads of coordinated verbs and nouns in place, and passives that lack their auxiliary.

    Not handled: coordinations that the parser did not see as such; verbs of like form.
    """
    for token in [token for token in parse.tokens if token.dep_ in ("conj", "obl:agent", "advcl")]:
        if token.dep_ == "obl:agent":
            _make_passive(token)
        elif token.dep_ == "advcl":
            if _goes_on_a_series(token):
                token.hang_on(token.head, "conj")
        elif token.pos_ in ("VERB", "AUX"):
            above = _verb_alike(token)
            if above is not None:
                token.hang_on(above)
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ == "conj":
            above = _noun_alike(token, names)
            if above is not None:
                token.hang_on(above)


def _verb_alike(verb: Token) -> Token | None:
    """The verb above that a verb goes on with where its form forbids the one that it hangs on.

    - A finite past or singular with no infinitive or gerund: "*asked* the guild to lower its prices and *praised* it".
    - An infinitive with no such form: "to *help* those who stayed and *repair* roofs".
    """
    first = verb.head
    if verb.tag_ == "VBP" and verb.below.isdisjoint((*_AUXILIARIES, "nsubj")):
        return None  # it looks like an infinitive, to taggers too
    if _is_finite(verb):
        return _above(verb, first, _is_finite) if _is_open(first) else None
    if verb.tag_ == "VBN" and "obj" in verb.below and verb.below.isdisjoint(_AUXILIARIES):
        return (
            _above(verb, first, _is_finite) if _is_infinitive(first) else None
        )  # a past form mistaken for a participle
    bare = verb.tag_ == "VB" and verb.below.isdisjoint((*_AUXILIARIES, "mark", "nsubj"))
    return _above(verb, first, _is_infinitive) if bare and first.tag_ in ("VBD", "VBZ") else None


_AUXILIARIES = ("aux", "aux:pass", "cop")


def _goes_on_a_series(verb: Token) -> bool:
    """Tell whether an infinitive is no purpose but the second of three: "vowed to hire nurses, *to open* wards and to mend roofs".

    A comma parts it from the first, "and to" joins the third to it. Not of two: "went to Oslo to rest and to read".
    """
    if verb.tag_ != "VB" or not (_is_infinitive(verb) and _is_infinitive(verb.head)) or verb.i < verb.head.i:
        return False
    parted = any(c.lower_ == "to" and c.nbor(-1).text == "," for c in children(verb, "mark"))
    return parted and any(_has_to(c) for c in children(verb, "conj"))


def _has_to(verb: Token) -> bool:
    return any(c.lower_ == "to" for c in children(verb, "mark"))


def _above(verb: Token, first: Token, wanted: Callable[[Token], bool]) -> Token | None:
    """The nearest verb of a form above another, whose own subject fits in number and which stands before it."""
    for token in first.ancestors:
        if token.i < first.i and wanted(token):
            own = children(token, "nsubj", "nsubj:pass")
            return token if all(agrees(c, verb) or len(conjuncts(c)) > 1 for c in own[-1:]) else None
    return None


def _is_finite(verb: Token) -> bool:
    """Tell whether a verb form is past, third person singular, or has an auxiliary that is finite."""
    auxiliaries = children(verb, *_AUXILIARIES)
    if auxiliaries:
        return any(c.tag_ in _FINITE for c in auxiliaries)
    return verb.tag_ in _FINITE


_FINITE = ("VBD", "VBZ", "VBP", "MD")


def _is_infinitive(verb: Token) -> bool:
    """Tell whether a verb is an infinitive with "to" and without auxiliary, or coordinated with one."""
    first = first_conjunct(verb)
    return verb.tag_ == "VB" and _has_to(first) and verb.below.isdisjoint(_AUXILIARIES)


def _is_open(verb: Token) -> bool:
    """Tell whether a verb is an infinitive or gerund, with no finite auxiliary of its own or of the verb it goes on with."""
    if verb.tag_ == "VBG":
        return verb.below.isdisjoint(_AUXILIARIES) and verb.dep_ in ("xcomp", "advcl", "acl")
    return _is_infinitive(verb)


def _make_passive(agent: Token) -> None:
    """Read participles parted by commas and "and" before a by-phrase as one passive: "films *written*, *cut* and *shown* by students".

    Taggers take the first for a past form, which a by-phrase of the last excludes. Not of measures: "rose and fell by half".
    """
    by = next((c for c in children(agent, "case") if c.lower_ == "by"), None)
    if by is None or by.i == 0 or agent.ent_type_ in _MEASURES:
        return
    members = [agent.parse.tokens[by.i - 1]]
    while (before := _member_before(members[-1], parted=len(members) > 1)) is not None:
        members.append(before)
    first, *later = reversed(members)
    if not later or (first.tag_ == "VBN" and all(m.head is first for m in later)):
        return
    if not all(_is_bare_participle(m) for m in later) or "aux" in first.below:
        return
    if any(above in later for above in (first.head, *first.ancestors)):
        return
    for member in (first, *later):
        member.tag_ = "VBN"
    for member in later:
        member.hang_on(first, "conj")
    for subject in children(first, "nsubj"):
        subject.hang_on(first, "nsubj:pass")
    if first.dep_ == "conj" and first.below.isdisjoint(("cc", "nsubj:pass")):
        first.hang_on(first.head, "advcl")  # "he left, *hurt* and tired by it"


_MEASURES = ("PERCENT", "MONEY", "QUANTITY", "CARDINAL", "DATE", "TIME")


def _member_before(verb: Token, *, parted: bool) -> Token | None:
    """The participle right before "and", or, among the earlier members of a list, before a comma."""
    tokens, at = verb.parse.tokens, verb.i - 1
    if at < 1 or not (tokens[at].lower_ in ("and", "or") or (parted and tokens[at].text == ",")):
        return None
    if tokens[at - 1].text == "," and tokens[at].text != ",":
        at -= 1
    before = tokens[at - 1]
    forms = ("VBN",) if tokens[at].text == "," else ("VBN", "VBD")  # "he *cried*, hurt and tired by it"
    fits = before.pos_ == "VERB" and before.tag_ in forms and at - 1 >= verb.sent.start
    return before if fits and "obj" not in before.below else None


def _is_bare_participle(verb: Token) -> bool:
    """Tell whether a verb may be a participle that shares what is around it."""
    alone = verb.below.isdisjoint(("nsubj", "nsubj:pass", "obj", *_AUXILIARIES))
    return alone and verb.pos_ == "VERB" and verb.tag_ in ("VBN", "VBD")


def _noun_alike(noun: Token, names: Names) -> Token | None:
    """The noun above that a noun goes on with where it is unlike the one that it hangs on.

    - People go on with people: "*merchants* living in Bergen, *teachers* of the school and *fishermen*".
    - No two lists cross: "*songs* sung by boys, and *drama* and film *music*", where the music hangs on the boys.
    - "Its staff" goes on with what has the staff: "those who robbed the *bank*, and its *staff*".
    """
    if noun.head.lower_ in _PRONOUNS:
        return _owner_inside(noun)
    if (crossed := _crossed(noun)) is not None:
        return crossed
    place = noun.head
    if place.dep_ not in ("obl", "nmod") or case_of(place) == "between" or not _is_no_actor(place, names):
        return None
    if not (_is_person(noun, names) or _is_among_people(noun, names)):
        return None
    above = place.head
    if above.pos_ == "VERB":
        above = above.head if above.dep_ in ("acl", "acl:relcl") else above
        several = above.tag_ == "NNS" and place.ent_type_ in _PLACES
    else:
        several = False
    if above.i < place.i and above.pos_ in ("NOUN", "PROPN") and (several or _is_person(above, names)):
        return first_conjunct(above)
    return None


_PLACES = ("GPE", "LOC", "FAC")
_PRONOUNS = ("those", "anyone", "everyone")


def _crossed(noun: Token) -> Token | None:
    """The first member of a list that begins before the noun above and has a member between that one and this."""
    above = noun.head
    if above.dep_ not in ("obl", "obl:agent", "obj", "nmod"):
        return None
    first_cc = next((c for c in children(noun, "cc") if c.i < noun.i), None)
    if first_cc is None or first_cc.i - 1 <= above.i:
        return None
    member = noun.parse.tokens[first_cc.i - 1]
    first = member.head
    return first if member.dep_ == "conj" and first.i < above.i and not noun.is_ancestor(first) else None


def _owner_inside(noun: Token) -> Token | None:
    """The last noun of the relative clause before a member with a possessive other than that of the pronoun above."""
    owners = children(noun, "nmod:poss")
    clause = next((c for c in children(noun.head, "acl:relcl") if c.i < noun.i), None)
    if not owners or clause is None or owners[0].lower_ not in ("its", "our", "his", "her", "my", "your"):
        return None
    last = clause.right_edge
    is_noun = last.pos_ in ("NOUN", "PROPN") and last.dep_ in ("obj", "obl", "nmod")
    return last if is_noun and last.i < noun.i else None


def _is_person(noun: Token, names: Names) -> bool:
    """Tell whether a noun is one for people by their kin, work or kind."""
    if noun.ent_type_:
        return noun.ent_type_ == "PERSON"
    lemma = noun.lemma
    return names.nominal_type(lemma) == "Person" or names.is_kin(lemma) or names.is_position(lemma)


def _is_among_people(noun: Token, names: Names) -> bool:
    """Tell whether a noun of no known kind stands in one list with people: "alumni of the school and *students*"."""
    if noun.ent_type_ or noun.tag_ != "NNS" or names.nominal_type(noun.lemma) is not None:
        return False
    return any(_is_person(c, names) for c in children(noun.head, "conj"))


def _is_no_actor(noun: Token, names: Names) -> bool:
    """Tell whether a noun is the name of a place, or one of neither people nor bodies."""
    if noun.ent_type_:
        return noun.ent_type_ in _PLACES
    return (
        noun.pos_ == "NOUN"
        and names.nominal_type(noun.lemma) in ("Place", None)
        and not _is_person(noun, names)
    )

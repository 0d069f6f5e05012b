"""English verb forms for labels: third person singular and past participle of a predicate, with its particle.

Regular spelling rules and a table of irregular verbs; rare and archaic irregular forms are not handled.
"""

import re

__all__ = ["is_plural", "past_participle", "third_person"]

_THIRD = {"be": "is", "have": "has", "do": "does", "go": "goes", "undergo": "undergoes", "forgo": "forgoes"}
_IRREGULAR = dict(
    pair.split("=")
    for pair in (
        "arise=arisen awake=awoken be=been bear=borne beat=beaten become=become begin=begun bend=bent bet=bet bid=bid"
        " bind=bound bite=bitten bleed=bled blow=blown break=broken breed=bred bring=brought broadcast=broadcast"
        " build=built burst=burst buy=bought cast=cast catch=caught choose=chosen cling=clung come=come cost=cost"
        " creep=crept cut=cut deal=dealt dig=dug do=done draw=drawn drink=drunk drive=driven eat=eaten fall=fallen"
        " feed=fed feel=felt fight=fought find=found flee=fled fling=flung fly=flown forbid=forbidden forecast=forecast"
        " foresee=foreseen forget=forgotten forgive=forgiven freeze=frozen get=got give=given go=gone grind=ground"
        " grow=grown hang=hung have=had hear=heard hide=hidden hit=hit hold=held hurt=hurt keep=kept know=known lay=laid"
        " lead=led leave=left lend=lent let=let lie=lain light=lit lose=lost make=made mean=meant meet=met mislead=misled"
        " mistake=mistaken overcome=overcome overrun=overrun oversee=overseen overtake=overtaken overthrow=overthrown"
        " pay=paid put=put quit=quit read=read rebuild=rebuilt repay=repaid rid=rid ride=ridden ring=rung rise=risen"
        " run=run say=said see=seen seek=sought sell=sold send=sent set=set shake=shaken shed=shed shoot=shot show=shown"
        " shrink=shrunk shut=shut sing=sung sink=sunk sit=sat slay=slain sleep=slept slide=slid speak=spoken spend=spent"
        " spin=spun split=split spread=spread spring=sprung stand=stood steal=stolen stick=stuck sting=stung strike=struck"
        " strive=striven swear=sworn sweep=swept swim=swum swing=swung take=taken teach=taught tear=torn tell=told"
        " think=thought throw=thrown undergo=undergone understand=understood undertake=undertaken undo=undone"
        " uphold=upheld wage=waged wear=worn weep=wept win=won wind=wound withdraw=withdrawn withhold=withheld"
        " withstand=withstood write=written"
    ).split()
)
# verbs of several syllables whose last one is stressed
_DOUBLING = frozenset(
    "abet abhor acquit admit allot commit compel confer control defer deter dispel emit equip excel expel forget impel"
    " incur infer occur omit patrol permit prefer propel rebel recur refer regret submit transfer transmit".split()
)
_ONE_SYLLABLE = re.compile(r"^[^aeiou]*(?:qu)?[aeiouy][^aeiouwxy]$")
_PLURALS = frozenset(
    "police people men women children troops militants gunmen policemen servicemen militiamen forces personnel staff"
    " authorities spokesmen they we".split()
)

_SINGULARS = frozenset(
    "news politics economics physics mathematics athletics series species headquarters gas atlas".split()
)


def third_person(predicate: str) -> str:
    """Return "calls for" for "call for".

    >>> third_person("call for"), third_person("carry out"), third_person("push")
    ('calls for', 'carries out', 'pushes')
    """
    verb, _, rest = predicate.partition(" ")
    return f"{_third(verb)} {rest}".rstrip()


def past_participle(predicate: str) -> str:
    """Return "called for" for "call for".

    >>> past_participle("shoot down"), past_participle("deploy"), past_participle("ban"), past_participle("visit")
    ('shot down', 'deployed', 'banned', 'visited')
    """
    verb, _, rest = predicate.partition(" ")
    return f"{_participle(verb)} {rest}".rstrip()


def is_plural(phrase: str) -> bool:
    """Tell whether a description without name is plural, by its last word before any preposition.

    >>> is_plural("attackers"), is_plural("police"), is_plural("ministry of defence"), is_plural("news from Paris")
    (True, True, False, False)
    """
    head = re.split(r"\s+(?:of|in|from|for|at|on|to|with|and)\s", phrase.casefold())[0].split()[-1:]
    if not head:
        return False
    return head[0] in _PLURALS or (
        head[0] not in _SINGULARS
        and head[0].endswith("s")
        and not head[0].endswith(("ss", "us", "is", "'s", "’s"))
    )


def _third(verb: str) -> str:
    if verb in _THIRD:
        return _THIRD[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh")) or (
        verb.endswith("o") and verb[-2:-1] not in tuple("aeiou")
    ):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return verb[:-1] + "ies"
    return verb + "s"


def _participle(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    for prefix in ("re", "out", "over", "under", "un"):
        if verb.startswith(prefix) and verb.removeprefix(prefix) in _IRREGULAR:
            return prefix + _IRREGULAR[verb.removeprefix(prefix)]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return verb[:-1] + "ied"
    if verb.endswith("c"):
        return verb + "ked"
    doubled = _ONE_SYLLABLE.match(verb) or verb in _DOUBLING
    return verb + (verb[-1] if doubled else "") + "ed"

"""Sentence -> status of its events: negation, modals, tense, conditions, questions, and words that embed an event.

Trees in `trees/status.conllu`. A sentence's events that the table leaves out are of no interest here.
"""

import pytest
from spacy.tokens import Doc

from kg.datamodel import STATUSES, Document
from kg.extract.document import extract_doc

TABLE = [
    ("What seems certain is that the driver escaped through the tunnel.", {"escaped": "asserted"}),
    ("It is certain that the ship left the port on Friday.", {"left": "asserted"}),
    ("It is not clear whether the rebels shelled the hospital.", {"shelled": "possible"}),
    ("The minister did not order troops to fire on the crowd.", {"order": "negated", "fire": "hypothetical"}),
    ("No troops crossed the border, the general said.", {"crossed": "negated", "said": "asserted"}),
    ("Neither the army nor the police attacked the camp.", {"attacked": "negated"}),
    ("The delegation left Geneva without signing the agreement.", {"left": "asserted", "signing": "negated"}),
    ("The mayor refused to meet the protesters.", {"refused": "asserted", "meet": "negated"}),
    ("The army never bombed the village, a spokesman said.", {"bombed": "negated", "said": "asserted"}),
    (
        "If the bank collapses, the government will nationalise it.",
        {"collapses": "hypothetical", "nationalise": "planned"},
    ),
    (
        "Had the pilot ignored the warning, the plane would have crashed.",
        {"ignored": "hypothetical", "crashed": "hypothetical"},
    ),
    ("Will Japan raise interest rates this year?", {"raise": "possible"}),
    ("The president flew to Cairo to sign a trade deal.", {"flew": "asserted", "sign": "planned"}),
    ("Investors hope that the central bank will cut rates.", {"cut": "planned"}),
    ("Sweden wants to join the alliance.", {"join": "planned"}),
    ("Analysts expect the company to dismiss 500 workers.", {"dismiss": "possible"}),
    ("The general reportedly fled to Qatar.", {"fled": "possible"}),
    ("The suspect may have travelled to Yemen in 2012.", {"travelled": "possible"}),
    ("The warlord is believed to have killed dozens of villagers.", {"killed": "possible"}),
    ("The smugglers are thought to be hiding in the hills.", {"hiding": "possible"}),
    ("The crew managed to land the plane.", {"land": "asserted"}),
    (
        "The court ordered the ministry to release the documents.",
        {"ordered": "asserted", "release": "ordered"},
    ),
    ("The company denied that it had bribed officials.", {"denied": "asserted", "bribed": "negated"}),
    (
        "The storm prevented rescuers from reaching the island.",
        {"prevented": "asserted", "reaching": "negated"},
    ),
    (
        "Prosecutors allege that the banker laundered millions of dollars.",
        {"allege": "asserted", "laundered": "possible"},
    ),
    ("Police suspect the gang of robbing three banks.", {"suspect": "asserted", "robbing": "possible"}),
    ("Turkey offered to mediate the dispute.", {"offered": "asserted", "mediate": "planned"}),
    ("The government considered sending troops to the region.", {"sending": "possible"}),
    ("Parliament is expected to approve the budget on Tuesday.", {"approve": "planned"}),
    ("The prime minister was forced to resign.", {"forced": "asserted", "resign": "asserted"}),
    ("The two sides were unable to reach an agreement.", {"agreement": "negated"}),
    (
        "The army's plan for an offensive on the city was leaked.",
        {"plan": "asserted", "offensive": "planned", "leaked": "asserted"},
    ),
    (
        "The cabinet decided not to extend the state of emergency.",
        {"decided": "asserted", "extend": "negated"},
    ),
    ("The rebels agreed to withdraw from the town.", {"agreed": "asserted", "withdraw": "planned"}),
    ("Officials ruled out closing the airport.", {"ruled out": "asserted", "closing": "negated"}),
    ("The ambassador avoided criticising the king.", {"avoided": "asserted", "criticising": "negated"}),
    ("The talks nearly collapsed on Sunday.", {"collapsed": "negated"}),
    ("The jury found that the officer had lied.", {"found": "asserted", "lied": "asserted"}),
    (
        "The report revealed that the firm had polluted the river.",
        {"revealed": "asserted", "polluted": "asserted"},
    ),
    ("The commander regrets killing the civilians.", {"killing": "asserted"}),
    ("It was the militia that burned the church.", {"burned": "asserted"}),
    ("The attempt to assassinate the governor failed.", {"assassinate": "negated", "failed": "asserted"}),
    ("Experts doubt that the vaccine will prevent the disease.", {"prevent": "possible"}),
    ("The bomb did not explode.", {"explode": "negated"}),
    ("The police have yet to arrest anyone.", {"arrest": "negated"}),
    ("The mayor said nobody had been killed.", {"said": "asserted", "killed": "negated"}),
    ("The king could pardon the prisoners.", {"pardon": "possible"}),
    (
        "The foreign minister would have visited Madrid if the flight had not been cancelled.",
        {"visited": "hypothetical", "cancelled": "hypothetical"},
    ),
    (
        "Troops were about to storm the building when the gunmen surrendered.",
        {"storm": "planned", "surrendered": "asserted"},
    ),
    ("The ceasefire was supposed to begin at midnight.", {"begin": "planned"}),
    (
        "The court banned the party from taking part in the election.",
        {"banned": "asserted", "taking": "negated"},
    ),
    ("The president urged lawmakers to pass the bill.", {"urged": "asserted", "pass": "requested"}),
    ("The chancellor warned that the crisis could spread.", {"warned": "asserted", "spread": "possible"}),
    ("The city must rebuild the bridge, the governor said.", {"rebuild": "requested", "said": "asserted"}),
    ("It is unlikely that the parties will agree.", {"agree": "possible"}),
    ("Germany might deport the suspects.", {"deport": "possible"}),
    (
        "The opposition accused the government of rigging the vote.",
        {"accused": "asserted", "rigging": "possible"},
    ),
    ("The soldiers stopped shooting after an hour.", {"shooting": "asserted"}),
    ("The delegation hopes to visit Pyongyang.", {"visit": "possible"}),
    ("What seems certain is that he escaped.", {"escaped": "asserted"}),
    ("What is clear is that the rebels shot down the jet.", {"shot down": "asserted"}),
    ("It is clear that the minister lied to parliament.", {"lied": "asserted"}),
    ("It is not certain that the gunman acted alone.", {"acted": "possible"}),
    ("The police did not fail to warn the residents.", {"warn": "asserted"}),
    ("The army failed to prevent the attack on the convoy.", {"prevent": "negated", "attack": "asserted"}),
    (
        "The minister denied reports that the army had shelled the school.",
        {"denied": "asserted", "reports": "asserted", "shelled": "negated"},
    ),
    (
        "The government rejected calls to dissolve parliament.",
        {"rejected": "asserted", "calls": "asserted", "dissolve": "negated"},
    ),
    ("The company rejected claims that it bribed officials.", {"rejected": "asserted", "bribed": "negated"}),
    (
        "Police foiled a plot to bomb the embassy.",
        {"foiled": "asserted", "plot": "asserted", "bomb": "negated"},
    ),
    (
        "The plot to kidnap the consul was foiled by agents.",
        {"plot": "asserted", "kidnap": "negated", "foiled": "asserted"},
    ),
    ("Estonia was the first country to recognise the republic.", {"recognise": "asserted"}),
    ("She was the only minister to resign.", {"resign": "asserted"}),
    ("The troops were too weak to hold the city.", {"hold": "negated"}),
    (
        "The general was found to have ordered the massacre.",
        {"found": "asserted", "ordered": "asserted", "massacre": "ordered"},
    ),
    ("The suspect is known to have visited Syria.", {"known": "asserted", "visited": "asserted"}),
    ("The pilot is said to have ignored the alarm.", {"said": "asserted", "ignored": "possible"}),
    ("The firm is accused of dumping waste in the river.", {"accused": "asserted", "dumping": "possible"}),
    ("He was charged with murdering two tourists.", {"charged": "asserted", "murdering": "possible"}),
    ("He was convicted of murdering two tourists.", {"convicted": "asserted", "murdering": "asserted"}),
    ("The officer was acquitted of beating a protester.", {"acquitted": "asserted", "beating": "possible"}),
    ("He was arrested on suspicion of plotting an attack.", {"arrested": "asserted", "plotting": "possible"}),
    ("The rebels never agreed to leave the city.", {"agreed": "negated", "leave": "negated"}),
    ("The governor did not say that the dam had collapsed.", {"say": "negated", "collapsed": "possible"}),
    ("The bank does not plan to close branches.", {"plan": "negated", "close": "negated"}),
    ("Analysts do not think that the firm will buy its rival.", {"buy": "negated"}),
    ("The mayor did not regret closing the bridge.", {"closing": "asserted"}),
    ("The envoy persuaded the rebels to free the hostages.", {"persuaded": "asserted", "free": "asserted"}),
    ("The uprising led the army to dissolve parliament.", {"led": "asserted", "dissolve": "asserted"}),
    ("The treaty allows the two states to test missiles.", {"allows": "asserted", "test": "possible"}),
    ("The troops no longer control the airport.", {"control": "negated"}),
    ("The delegation may not have reached Kabul.", {"reached": "possible"}),
    (
        "The raid not only killed the commander but also destroyed the depot.",
        {"killed": "asserted", "destroyed": "asserted"},
    ),
    (
        "He returned only to find that thieves had looted the shop.",
        {"returned": "asserted", "find": "asserted", "looted": "asserted"},
    ),
    (
        "Should the talks collapse, the alliance would bomb the airfields.",
        {"collapse": "hypothetical", "bomb": "hypothetical"},
    ),
    (
        "The refugees stayed in the camp until the army arrived.",
        {"stayed": "asserted", "arrived": "asserted"},
    ),
    (
        "The minister asked whether the troops had crossed the border.",
        {"asked": "asserted", "crossed": "possible"},
    ),
    ("Who ordered the strike on the hospital?", {"ordered": "asserted", "strike": "ordered"}),
    ("Why did the police release the suspect?", {"release": "asserted"}),
    ("Did the minister know that the firm had bribed officials?", {"know": "possible", "bribed": "possible"}),
    ("There are rumours that the king has died.", {"died": "possible"}),
    ("There is no evidence that the firm bribed officials.", {"bribed": "possible"}),
    ("There was no attack on the base.", {"attack": "negated"}),
    (
        "The false claim that Ukraine shelled the town spread quickly.",
        {"shelled": "negated", "spread": "asserted"},
    ),
    ("The two sides held failed talks in Doha.", {"talks": "asserted"}),
    ("Instead of attacking the town, the rebels withdrew.", {"attacking": "negated", "withdrew": "asserted"}),
    ("The pilot could not land the plane.", {"land": "negated"}),
    ("The talks aim to end the war.", {"end": "planned", "war": "asserted"}),
    ("The plan is to attack the city at dawn.", {"attack": "planned"}),
    ("The minister promised that Norway would not send troops.", {"promised": "asserted", "send": "negated"}),
    ("Nobody expects the general to resign.", {"resign": "negated"}),
    ("The court barred the editor from leaving the country.", {"barred": "asserted", "leaving": "negated"}),
    ("The army denied that it would attack the town.", {"denied": "asserted", "attack": "negated"}),
    ("The fighters are reported to be leaving Homs.", {"reported": "asserted", "leaving": "possible"}),
    ("A second bomb failed to explode.", {"explode": "negated"}),
    ("The president cancelled a visit to Beijing.", {"cancelled": "asserted", "visit": "negated"}),
    ("The rebels demanded that the president step down.", {"demanded": "asserted", "step down": "requested"}),
    ("The council recommended that schools reopen.", {"recommended": "asserted", "reopen": "requested"}),
    ("The army did not attack, nor did it shell the town.", {"attack": "negated", "shell": "negated"}),
    ("Suspected militants killed three policemen.", {"killed": "asserted"}),
    ("The mission is to train Iraqi soldiers.", {"train": "planned"}),
    ("The negotiators came close to signing a deal.", {"came": "asserted", "signing": "possible"}),
    ("The king granted permission to build a mosque.", {"granted": "asserted", "build": "possible"}),
    ("The minister was due to meet Putin on Thursday.", {"meet": "planned"}),
    ("It is feared that hundreds have drowned.", {"drowned": "possible"}),
    ("It emerged that the bank had laundered money.", {"emerged": "asserted", "laundered": "asserted"}),
    ("It was alleged that the coach had beaten players.", {"alleged": "asserted", "beaten": "possible"}),
    ("He was alleged to have beaten players.", {"alleged": "asserted", "beaten": "possible"}),
    (
        "The envoy said the rebels had promised not to shell the port.",
        {"said": "asserted", "promised": "asserted", "shell": "negated"},
    ),
    (
        "Aid groups say the blockade has prevented them from delivering food.",
        {"say": "asserted", "prevented": "asserted", "delivering": "negated"},
    ),
    ("The king has not ruled out pardoning the rebels.", {"ruled out": "negated", "pardoning": "possible"}),
    (
        "The army did not confirm that it had carried out the strike.",
        {"confirm": "negated", "strike": "possible"},
    ),
    ("The company is not accused of bribing officials.", {"accused": "negated", "bribing": "possible"}),
    ("The senator is considering whether to run for president.", {"run": "possible"}),
    ("Washington has warned Tehran not to test missiles.", {"warned": "asserted", "test": "negated"}),
    ("Investigators believe the bomb was planted by a mechanic.", {"planted": "possible"}),
    ("The general is unlikely to resign.", {"resign": "possible"}),
    ("The judge declined to release the tape.", {"declined": "asserted", "release": "negated"}),
    ("The parties have failed to agree on a candidate.", {"agree": "negated"}),
    ("In case of an attack, the city will be evacuated.", {"evacuated": "planned"}),
    (
        "The proposal to build a pipeline was rejected by voters.",
        {"build": "negated", "rejected": "asserted"},
    ),
    (
        "The decision not to intervene angered Paris.",
        {"decision": "asserted", "intervene": "negated", "angered": "asserted"},
    ),
    ("He is the only general to have supported the coup.", {"supported": "asserted"}),
    ("The police tried to arrest the trader but he escaped.", {"arrest": "planned", "escaped": "asserted"}),
    (
        "Rebels had threatened to execute the hostages if the ransom was not paid.",
        {"threatened": "asserted", "execute": "possible", "paid": "hypothetical"},
    ),
    ("The plane was to land at noon.", {"land": "planned"}),
    ("Officials insisted that no civilians had been killed.", {"insisted": "asserted", "killed": "negated"}),
    ("It is not true that the firm paid a bribe.", {"paid": "negated"}),
    ("It is possible that the gunman fled to Spain.", {"fled": "possible"}),
    ("The airline hopes its flights will resume in June.", {"flights": "planned"}),
    ("Mr Khan was supposed to meet the envoy but never arrived.", {"meet": "planned", "arrived": "negated"}),
    ("The deal would allow Iran to sell oil.", {"allow": "hypothetical", "sell": "hypothetical"}),
    ("The gunman was seen entering the station.", {"seen": "asserted", "entering": "asserted"}),
    ("A planned visit by the king was postponed.", {"visit": "planned", "postponed": "asserted"}),
    (
        "Fears that the volcano would erupt forced thousands to flee.",
        {"erupt": "planned", "forced": "asserted", "flee": "asserted"},
    ),
    ("The government has no intention of raising taxes.", {"intention": "negated", "raising": "negated"}),
    (
        "Residents said they heard shooting.",
        {"said": "asserted", "heard": "asserted", "shooting": "asserted"},
    ),
    ("The ship is presumed to have sunk.", {"sunk": "possible"}),
    ("Neither side has signed the accord.", {"signed": "negated"}),
    ("The lawyer asked the court to free his client.", {"asked": "asserted", "free": "requested"}),
    ("The bank has been ordered to pay a fine.", {"ordered": "asserted", "pay": "ordered"}),
    ("They were told to leave the building.", {"told": "asserted", "leave": "ordered"}),
    (
        "The suspect, who is believed to have planted the bomb, fled.",
        {"planted": "possible", "fled": "asserted"},
    ),
    (
        "The court is due to rule on Friday on whether the firm must pay the fine.",
        {"rule": "planned", "pay": "possible"},
    ),
    (
        "Army engineers mined the bay to keep the fleet from landing and to hold the port.",
        {"mined": "asserted", "keep": "planned", "landing": "negated", "hold": "planned"},
    ),
    ("The vote was vital in that it ended the boycott.", {"ended": "asserted"}),
    ("The deal is a step towards lifting the ban.", {"lifting": "planned"}),
    (
        "The council urged all parties to stay patient and respect the vote.",
        {"urged": "asserted", "stay": "requested", "respect": "requested"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_status(text, expected, read):
    _, extraction = read(text)
    told = {mention.trigger.text: mention.status for mention in extraction.event_mentions}
    assert {trigger: told.get(trigger) for trigger in expected} == expected


def test_every_status_is_tested():
    assert {status for _, expected in TABLE for status in expected.values()} == set(STATUSES)


# An order or plan is an event of its own, and its topic is the event that is not asserted.
TOPICS = {
    "The court ordered the ministry to release the documents.": ("ordered", "asserted", "release", "ordered"),
    "The rebels agreed to withdraw from the town.": ("agreed", "asserted", "withdraw", "planned"),
    "The president urged lawmakers to pass the bill.": ("urged", "asserted", "pass", "requested"),
    "The army's plan for an offensive on the city was leaked.": ("plan", "asserted", "offensive", "planned"),
}


@pytest.mark.parametrize(("text", "expected"), TOPICS.items())
def test_what_is_ordered_is_the_topic_of_the_order(text, expected, read):
    _, extraction = read(text)
    order, status, act, unasserted = expected
    events = {mention.trigger.text: mention for mention in extraction.event_mentions}
    topics = [argument.event for argument in events[order].arguments if argument.role == "topic"]
    assert events[act].trigger in topics
    assert (events[order].status, events[act].status) == (status, unasserted)


def test_a_tree_too_deep_for_language_is_read(vocab):
    """More infinitives than anybody writes inside one another end neither in an error nor in a wait."""
    n = 150
    words = [word for _ in range(n) for word in ("to", "order")]
    heads = [index for i in range(n) for index in (2 * i + 1, max(2 * i - 1, 1))]
    doc = Doc(
        vocab,
        words=words,
        lemmas=words,
        heads=heads,
        pos=["PART", "VERB"] * n,
        tags=["TO", "VB"] * n,
        deps=["mark", "ROOT"] + ["mark", "xcomp"] * (n - 1),
    )
    extraction = extract_doc(Document("doc", doc.text, "deep.txt", "0" * 64), doc)
    assert {mention.status for mention in extraction.event_mentions} <= set(STATUSES)
    assert len(extraction.event_mentions) > n / 2

"""Sentence -> who is reported as saying that an event takes place, outermost source first.

Trees in `trees/attribution.conllu`. An event without a source is the publisher's own.
"""

import pytest

SOURCES = [
    (
        '"The bridge collapsed at dawn," the engineer told reporters. "Nobody warned the workers."',
        {"collapsed": ["the engineer"], "warned": ["the engineer"]},
    ),
    (
        '"The rebels," the governor said, "have burned three villages."',
        {"said": [], "burned": ["the governor"]},
    ),
    (
        "According to the ministry, the rebels attacked the town and killed nine soldiers.",
        {"attacked": ["the ministry"], "killed": ["the ministry"]},
    ),
    (
        "The company will close the plant, according to a source close to the talks.",
        {"close": ["a source close to the talks"]},
    ),
    (
        "Officials said that the navy had seized the tanker and arrested its crew.",
        {"said": [], "seized": ["Officials"], "arrested": ["Officials"]},
    ),
    (
        "Diplomats say the talks collapsed but that the parties will meet again.",
        {"talks": ["Diplomats"], "collapsed": ["Diplomats"], "meet": ["Diplomats"]},
    ),
    (
        "In a statement, the bank apologised to its customers and promised to refund them.",
        {"refund": ["the bank"]},
    ),
    (
        '"We will rebuild the school," the president said in a televised address.',
        {"rebuild": ["the president"], "said": []},
    ),
    ("The Guardian reports that the minister met the dealer in Nice.", {"met": ["The Guardian"]}),
    (
        "Lavrov told Interfax that Kerry had said Assad would resign.",
        {"said": ["Lavrov"], "resign": ["Lavrov", "Kerry"]},
    ),
    (
        "A spokeswoman for the airline said a technician had found the crack.",
        {"said": [], "found": ["A spokeswoman for the airline"]},
    ),
    (
        "Witnesses described how gunmen stormed the market and shot traders.",
        {"stormed": ["Witnesses"], "shot": ["Witnesses"]},
    ),
    ("The pilot radioed that the engine had failed.", {"failed": ["The pilot"]}),
    (
        '"I never took the money," he said. "They lied about me. The court will acquit me."',
        {"took": ["he"], "said": [], "lied": ["he"], "acquit": ["he"]},
    ),
    ('Mr Park tweeted: "Our troops have liberated the city."', {"liberated": ["Mr Park"]}),
    (
        "The strike killed ten people, officials said on condition of anonymity.",
        {"strike": ["officials"], "killed": ["officials"], "said": []},
    ),
    ("The dictator, his lawyer insisted, had paid the fine.", {"paid": ["his lawyer"]}),
    ('The minister called the raid "a crime that shocked the world".', {"shocked": ["The minister"]}),
    (
        'The prosecutor said the defendant "knowingly deceived investors".',
        {"said": [], "deceived": ["The prosecutor"]},
    ),
    ("The rebels destroyed the dam, the army claims.", {"destroyed": ["the army"]}),
    ("Local media reported that the police had arrested a teacher.", {"arrested": ["Local media"]}),
    (
        "The WHO said on Friday that the virus killed 300 people in May, while Oxfam said that many more died.",
        {"said": [], "killed": ["The WHO"], "died": ["Oxfam"]},
    ),
    ("The UN's report concludes that the militia tortured prisoners.", {"tortured": ["The UN"]}),
    (
        "The inquiry found that the officer lied and that his superiors covered it up.",
        {"lied": ["The inquiry"], "covered it up": ["The inquiry"]},
    ),
    (
        "In the view of the opposition, the government rigged the election.",
        {"rigged": ["the opposition"], "election": ["the opposition"]},
    ),
    (
        "Asked whether the army had fired first, the general replied that the rebels attacked the base.",
        {"attacked": ["the general"]},
    ),
    (
        '"The army fired on us," said Leila Haddad, a nurse who treated the wounded.',
        {"fired": ["Leila Haddad"], "said": [], "treated": []},
    ),
    ("The trader admitted he had forged the documents.", {"forged": ["The trader"]}),
    ("A letter from the mayor said that the fund had run out of money.", {"said": [], "run": ["the mayor"]}),
    (
        "Reuters quoted a diplomat as saying the envoy had left Tripoli.",
        {"saying": ["Reuters"], "left": ["Reuters", "a diplomat"]},
    ),
    (
        "The president is quoted by the newspaper as saying that Iran violated the treaty.",
        {"saying": ["the newspaper"], "violated": ["the newspaper", "The president"]},
    ),
    (
        "The minister's claim that the union sabotaged the line angered workers.",
        {"sabotaged": ["The minister"]},
    ),
    ("There are reports that soldiers looted the museum.", {"looted": []}),
    ("Police said two men were killed. They died in hospital on Monday.", {"said": [], "killed": ["Police"]}),
    (
        'Speaking in Berlin, the chancellor said Germany would help Greece. "We will send experts," she added.',
        {"Speaking": [], "said": [], "help": ["the chancellor"], "send": ["she"]},
    ),
    (
        "The army captured the hill, said one officer. Another said the rebels still hold it.",
        {"captured": ["one officer"], "said": [], "hold": ["Another"]},
    ),
    ("The minister denied reports that the army had shelled the school.", {"shelled": ["The minister"]}),
    ("The document, seen by Reuters, shows that the firm paid bribes.", {"paid": ["The document"]}),
    (
        "She told the court that he had hit her and that he had threatened her son.",
        {"hit": ["She"], "threatened": ["She"]},
    ),
    ("As the minister put it, the reform saved the economy.", {"saved": ["the minister"]}),
    ("The rebels, officials say, burned the mill.", {"burned": ["officials"]}),
    ("As the general admitted on Friday, the army lost the town.", {"lost": ["the general"]}),
    ("In the words of the bishop, the army burned the church.", {"burned": ["the bishop"]}),
    ("The minister was quoted as saying that the army had crossed the river.", {"crossed": ["The minister"]}),
    ("Berg: Talks with rebels will continue", {"Talks": ["Berg"]}),
    ("A statement by the council said the mayor had resigned.", {"said": [], "resigned": ["the council"]}),
    (
        '"The army fired first," said the nurse. "We ran."',
        {"fired": ["the nurse"], "said": [], "ran": ["the nurse"]},
    ),
    (
        'The king "has abdicated", palace officials said, adding that his son had taken the oath.',
        {"abdicated": ["palace officials"], "said": [], "oath": ["palace officials"]},
    ),
    (
        "The airline said in a statement that two engines failed and that the crew landed safely.",
        {"said": [], "failed": ["The airline"], "landed": ["The airline"]},
    ),
    (
        "Human Rights Monitor accuses the militia of recruiting children, a charge its leaders deny.",
        {"recruiting": ["Human Rights Monitor"]},
    ),
    (
        '"If they attack us, we will defend ourselves," Colonel Idris Bello told state radio.',
        {"attack": ["Colonel Idris Bello"], "defend": ["Colonel Idris Bello"]},
    ),
    (
        "Ethiopia and Eritrea may soon reopen their border, according to a person briefed on the matter.",
        {"reopen": ["a person"]},
    ),
]


@pytest.mark.parametrize(("text", "expected"), SOURCES)
def test_sources(text, expected, read):
    _, extraction = read(text)
    told = {m.trigger.text: [s.span.text for s in m.attributed_to] for m in extraction.event_mentions}
    assert {trigger: told.get(trigger) for trigger in expected} == expected


@pytest.mark.parametrize("text", [text for text, _ in SOURCES])
def test_nobody_is_the_source_of_his_own_saying(text, read):
    _, extraction = read(text)
    for mention in extraction.event_mentions:
        assert all(source.span != mention.trigger for source in mention.attributed_to)
        assert len(set(mention.attributed_to)) == len(mention.attributed_to)

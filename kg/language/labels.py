"""The labels of the pipeline, in one place.

Syntax: Universal Dependencies with the English subtypes (`nsubj:pass`, `obl:agent`, `acl:relcl`, ...), the root spelled
`ROOT` as spaCy does; fine tags of the Penn Treebank as UD English EWT writes them; universal tags.

Names, by the network: PERSON (titles outside), ORG (companies, agencies, parties, armed groups, teams), LOC (every place,
states included, also where a state acts), NORP (nationalities, religions, their members), EVENT (named events).
GPE is split off from LOC by a rule: a place that is a known state or big city is GPE.

By rules: DATE, TIME, MONEY, PERCENT, QUANTITY, CARDINAL, ORDINAL, LAW, PRODUCT. They keep the meaning these labels have in
spaCy's English pipelines (OntoNotes 5).
"""

ROOT = "ROOT"

#: What the network is trained to find.
NETWORK_NAMES = ("EVENT", "LOC", "NORP", "ORG", "PERSON")

#: What the rules add.
RULE_NAMES = ("CARDINAL", "DATE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY", "TIME")

#: Every entity label that comes out of the pipeline.
NAMES = tuple(sorted((*NETWORK_NAMES, *RULE_NAMES, "FAC", "GPE")))

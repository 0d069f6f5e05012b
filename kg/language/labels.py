"""The labels of the pipeline, in one place: what they mean, and what becomes of the labels of each source.

Syntax: Universal Dependencies with the English subtypes (`nsubj:pass`, `obl:agent`, `acl:relcl`, ...), the root spelled
`ROOT` as spaCy does; fine tags of the Penn Treebank as UD English EWT writes them; universal tags.

Names, by the network:

- PERSON: people, also fictional; titles outside ("President *Barack Obama*"), initials and particles inside.
- ORG: companies, agencies, ministries, courts, parties, armed groups, teams, media, universities.
- LOC: every place, states included, also where a state acts ("*France* struck back"); a body of the state is an ORG.
- NORP: nationalities, peoples, religions, political currents and their members, as adjectives and as nouns.
- EVENT: events with a name: wars, battles, meetings, games, storms, attacks.

Outside all of them: an article ("the *United Nations*"), quotation marks, a possessive ("*Putin*'s plan") unless it is
the name of a shop ("at *Luigi's*").

By rules (`kg.language.rules`): GPE and FAC are split off from LOC, GPE by list (states, their capitals and parts, large
cities), FAC by head (*Orly Airport*); what heads and lists tell about a type corrects the network. DATE, TIME, MONEY,
PERCENT, QUANTITY, CARDINAL, ORDINAL, LAW and PRODUCT (aircraft, ships, weapons) are found by rules alone; they keep the
meaning these labels have in spaCy's English pipelines (OntoNotes 5).

What becomes of the labels of a source (`kg.language.training.corpora`); "missing" means that the source does not say
which of our types it is, so that these words are neither trained on nor scored:

======================  =====================================================================================
source                  its labels
======================  =====================================================================================
Universal NER (EWT)     PER PERSON, ORG ORG, LOC LOC; OTH missing
GUM                     mentions headed by a proper noun, cut to the proper nouns around the head: person PERSON,
                        organization ORG, place LOC, event EVENT; time outside; abstract, object, ... missing
WikiGold                PER PERSON, ORG ORG, LOC LOC; MISC missing
CrossNER politics       person, politician PERSON; organisation, politicalparty ORG; location, country LOC;
                        event, election EVENT; misc missing
Groningen Meaning Bank  per PERSON, org ORG, geo LOC, eve EVENT; gpe NORP where it is one word that is a
(silver)                nationality by list or ending, else LOC; art, nat missing; tim outside
Worldwide (scored)      Person PERSON, Organization ORG, Location and Facility LOC, NORP NORP; Date, Money,
                        Misc and Product outside. Its GPE, LOC and FAC are not told apart, so ours are merged
re3d (scored)           Person from PERSON, Organisation from ORG and NORP, Location from LOC, GPE and FAC; a name
                        that overlaps one of its spans counts; the rest of its types are not scored
======================  =====================================================================================

Laid over all that is trained on: articles are cut from names and, but for Universal NER, titles from persons; words of the
nationality list outside names (where the source is silent, too) become NORP; in the sources without syntax (WikiGold,
CrossNER, GMB) an ORG that is a state or city of the list becomes LOC.
"""

ROOT = "ROOT"

#: What the network is trained to find.
NETWORK_NAMES = ("EVENT", "LOC", "NORP", "ORG", "PERSON")

#: What the rules add.
RULE_NAMES = ("CARDINAL", "DATE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY", "TIME")

#: Every entity label that comes out of the pipeline.
NAMES = tuple(sorted((*NETWORK_NAMES, *RULE_NAMES, "FAC", "GPE")))

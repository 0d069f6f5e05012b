"""Sentence -> the lasting relations that it states, and nothing else.

Trees in `trees/relations.conllu`.
"""

import pytest

from kg.datamodel import PROPERTIES

RELATIONS = [
    (
        "Interior Minister Bernard Cazeneuve visited Calais.",
        ["Bernard Cazeneuve holdsPosition “Interior Minister”"],
    ),
    (
        "Poland's new defense minister, Antoni Macierewicz, met officers in Gdansk.",
        [
            "Antoni Macierewicz holdsPosition “Poland's new defense minister”",
            "Antoni Macierewicz positionOf Poland",
        ],
    ),
    (
        "Former French president Nicolas Sarkozy criticised the plan.",
        ["Nicolas Sarkozy holdsPosition “Former French president”", "Nicolas Sarkozy positionOf French"],
    ),
    (
        "Acting Attorney General Sally Yates resigned on Monday.",
        ["Sally Yates holdsPosition “Acting Attorney General”"],
    ),
    (
        "Angela Merkel, the German chancellor, left Minsk.",
        [
            "Angela Merkel positionOf German",
            "Angela Merkel holdsPosition “German chancellor”",
            "Angela Merkel citizenOf German",
        ],
    ),
    (
        "John Smith, a spokesman for the World Bank, declined to comment.",
        ["John Smith holdsPosition “spokesman for the World Bank”", "John Smith memberOf World Bank"],
    ),
    (
        "Maria Lopez, who is the mayor of Barcelona, opened the fair.",
        ["Maria Lopez holdsPosition “mayor of Barcelona”", "Maria Lopez positionOf Barcelona"],
    ),
    (
        "The president of Brazil, Dilma Rousseff, faces a trial.",
        ["Dilma Rousseff holdsPosition “president of Brazil”", "Dilma Rousseff positionOf Brazil"],
    ),
    (
        "Dilma Rousseff, president of Brazil from 2011 to 2016, was in Rome.",
        ["Dilma Rousseff holdsPosition “president of Brazil”", "Dilma Rousseff positionOf Brazil"],
    ),
    (
        "Tim Cook, Apple's chief executive, presented the phone.",
        ["Tim Cook memberOf Apple", "Tim Cook holdsPosition “Apple's chief executive”"],
    ),
    (
        "Apple chief executive Tim Cook presented the phone.",
        ["Tim Cook holdsPosition “Apple chief executive”", "Tim Cook memberOf Apple"],
    ),
    (
        "Apple CEO Tim Cook and Google's Sundar Pichai met in Davos.",
        ["Tim Cook holdsPosition “Apple CEO”", "Tim Cook memberOf Apple"],
    ),
    (
        "U.S. Secretary of State Madeleine Albright flew to Geneva.",
        ["Madeleine Albright holdsPosition “U.S. Secretary of State”", "Madeleine Albright positionOf U.S."],
    ),
    ("Omar Farouk, a member of the Taliban, was arrested in Quetta.", ["Omar Farouk memberOf Taliban"]),
    (
        "Abu Zayd, the leader of Boko Haram, was killed in Nigeria.",
        ["Abu Zayd holdsPosition “leader of Boko Haram”", "Abu Zayd memberOf Boko Haram"],
    ),
    ("The Geneva-based Red Cross sent medicine to Yemen.", ["Red Cross basedIn Geneva"]),
    ("Siemens, which is based in Munich, builds turbines.", ["Siemens basedIn Munich"]),
    (
        "Nestle, headquartered in Vevey, Switzerland, sells coffee.",
        ["Nestle basedIn Vevey", "Vevey locatedIn Switzerland"],
    ),
    ("The port of Hodeidah, in western Yemen, was shelled.", ["Hodeidah locatedIn Yemen"]),
    (
        "Fallujah, a city in Iraq's Anbar province, was besieged.",
        ["Fallujah locatedIn Anbar province", "Anbar province locatedIn Iraq"],
    ),
    ("Lyon, in eastern France, hosted the summit.", ["Lyon locatedIn eastern France"]),
    ("The Dutch national was held in Ankara.", ["The Dutch national citizenOf Dutch"]),
    ("Anna Weiss, a German citizen, was jailed in Tehran.", ["Anna Weiss citizenOf German"]),
    ("Yusuf Ali, a 34-year-old Somali, was deported.", ["Yusuf Ali age “34”", "Yusuf Ali citizenOf Somali"]),
    (
        "Ivan Petrov, 54, was born in Kazan, Tatarstan.",
        ["Ivan Petrov age “54”", "Ivan Petrov bornIn Kazan", "Kazan locatedIn Tatarstan"],
    ),
    ("Born in Algiers in 1965, Karim Benali moved to Marseille.", ["Karim Benali bornIn Algiers"]),
    ("Karim Benali, born in Algiers, moved to Marseille.", ["Karim Benali bornIn Algiers"]),
    (
        "Raul Castro, Fidel Castro's brother, became president of Cuba in 2008.",
        [
            "Raul Castro familyOf Fidel Castro",
            "Raul Castro holdsPosition “president of Cuba”",
            "Raul Castro positionOf Cuba",
        ],
    ),
    ("Marie Dupont and her husband, Paul Dupont, own the hotel.", ["Paul Dupont familyOf Marie Dupont"]),
    (
        "Hannah Stein, the daughter of the painter Otto Stein, sold the house.",
        ["Hannah Stein familyOf Otto Stein", "Otto Stein holdsPosition “painter”"],
    ),
    ("Jared Kushner, Trump's son-in-law, met the envoy.", ["Jared Kushner familyOf Trump"]),
    (
        "The king's son, Prince Faisal, studied in Oxford.",
        ["Faisal familyOf The king", "Faisal holdsPosition “Prince”"],
    ),
    ("YouTube is a subsidiary of Google.", ["YouTube partOf Google"]),
    ("Instagram, a unit of Facebook, changed its rules.", ["Instagram partOf Facebook"]),
    ("Gabon is a member of OPEC.", ["Gabon memberOf OPEC"]),
    (
        "Slovakia and Hungary, both members of the Visegrad Group, rejected the quota.",
        ["Slovakia memberOf Visegrad Group", "Hungary memberOf Visegrad Group"],
    ),
    (
        "Ban Ki-moon, the secretary-general of the United Nations, condemned the attack.",
        [
            "Ban Ki-moon holdsPosition “secretary-general of the United Nations”",
            "Ban Ki-moon memberOf United Nations",
        ],
    ),
    (
        "UN Secretary-General Ban Ki-moon condemned the attack.",
        ["Ban Ki-moon holdsPosition “UN Secretary-General”", "Ban Ki-moon memberOf UN"],
    ),
    ("Jens Stoltenberg, who heads NATO, spoke in Oslo.", ["Jens Stoltenberg positionOf NATO"]),
    ("Nadia Murad, aged 24, lives in Stuttgart.", ["Nadia Murad age “24”"]),
    ("Then-Prime Minister David Cameron called the vote.", ["David Cameron holdsPosition “Prime Minister”"]),
    (
        "The 19-year-old student, Ahmed Saleh, was shot in Hebron.",
        ["Ahmed Saleh age “19”", "Ahmed Saleh holdsPosition “19-year-old student”"],
    ),
    (
        "Bashar al-Assad's wife, Asma, was born in London.",
        ["Asma familyOf Bashar al-Assad", "Asma bornIn London"],
    ),
    (
        "Mr Tusk served as prime minister of Poland until 2014.",
        ["Tusk holdsPosition “prime minister of Poland”", "Tusk positionOf Poland"],
    ),
    (
        "Emmanuel Macron was elected president of France in May.",
        ["Emmanuel Macron holdsPosition “president of France”", "Emmanuel Macron positionOf France"],
    ),
    (
        "Christine Lagarde, head of the International Monetary Fund, spoke in Paris.",
        [
            "Christine Lagarde holdsPosition “head of the International Monetary Fund”",
            "Christine Lagarde memberOf International Monetary Fund",
        ],
    ),
    (
        "Deputy Prime Minister Nick Clegg and Foreign Secretary William Hague attended the meeting.",
        [
            "Nick Clegg holdsPosition “Deputy Prime Minister”",
            "William Hague holdsPosition “Foreign Secretary”",
        ],
    ),
    (
        "Lee Jae-yong, vice chairman of Samsung Electronics, was arrested.",
        [
            "Lee Jae-yong holdsPosition “vice chairman of Samsung Electronics”",
            "Lee Jae-yong memberOf Samsung Electronics",
        ],
    ),
    ("Belgian-born militant Karim Cheurfi shot a policeman in Paris.", ["Karim Cheurfi bornIn Belgian"]),
    (
        "Turkey's ambassador to Moscow, Andrei Karlov, was recalled.",
        ["Andrei Karlov holdsPosition “Turkey's ambassador to Moscow”", "Andrei Karlov positionOf Turkey"],
    ),
    (
        "Ms Park, South Korea's first female president, was impeached.",
        ["Park positionOf South Korea", "Park holdsPosition “South Korea's first female president”"],
    ),
    ("Norway is not a member of the European Union.", []),
    ("Mr Olsen could become president of Iceland.", []),
    ("If she is elected mayor of Lyon, she will resign.", []),
    (
        "Petra Novak is the wife of the banker Jan Novak.",
        ["Petra Novak familyOf Jan Novak", "Jan Novak holdsPosition “banker”"],
    ),
    ("Sunni militants seized the dam.", ["Sunni militants memberOf Sunni"]),
    (
        "Klaus Weber, 61, a German engineer from Hamburg, was kidnapped.",
        [
            "Klaus Weber age “61”",
            "Klaus Weber positionOf German",
            "Klaus Weber holdsPosition “German engineer”",
            "Klaus Weber basedIn Hamburg",
            "Klaus Weber citizenOf German",
        ],
    ),
    (
        "Former U.S. president Bill Clinton and his daughter Chelsea visited Haiti.",
        [
            "Bill Clinton holdsPosition “Former U.S. president”",
            "Bill Clinton positionOf U.S.",
            "Chelsea familyOf Bill Clinton",
        ],
    ),
    (
        "Former Kenyan health minister Grace Otieno, now head of the Africa Health Fund, spoke in Nairobi.",
        [
            "Grace Otieno holdsPosition “Former Kenyan health minister”",
            "Grace Otieno positionOf Kenyan",
            "Grace Otieno holdsPosition “head of the Africa Health Fund”",
            "Grace Otieno memberOf Africa Health Fund",
        ],
    ),
]


def related(mention) -> str:
    subject = mention.subject.antecedent or mention.subject.span
    end = (mention.object.antecedent or mention.object.span).text if mention.object else f"“{mention.value}”"
    return f"{subject.text} {mention.property} {end}"


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relations(text, expected, read):
    _, extraction = read(text)
    assert sorted({related(mention) for mention in extraction.relation_mentions}) == sorted(expected)


@pytest.mark.parametrize("text", [text for text, _ in RELATIONS])
def test_both_ends_stand_in_the_text(text, read):
    document, extraction = read(text)
    for mention in extraction.relation_mentions:
        assert (mention.object is None) != (mention.value is None)
        for span in (mention.span, mention.subject.span, mention.value_span or mention.object.span):
            assert document.text[span.start : span.end] == span.text
            assert mention.span.start <= span.start < span.end <= mention.span.end


def test_every_property_is_tested():
    stated = [line for _, expected in RELATIONS for line in expected]
    assert {name for name in PROPERTIES if any(f" {name} " in line for line in stated)} == set(PROPERTIES)

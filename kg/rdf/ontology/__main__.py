"""`python -m kg.rdf.ontology` writes the event classes of the lexicon into `ontology/kg.ttl`."""

from kg.rdf.ontology.event_classes import update

if __name__ == "__main__":
    update()

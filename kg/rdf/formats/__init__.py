"""The formats that triples are written in: Turtle, N-Triples, JSON-LD, TriG, tables; an `rdflib.Graph`."""

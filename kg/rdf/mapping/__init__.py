"""From the graph to its triples, one small function for each kind of record."""

"""The ontology: its class tree, page and drawing; event classes from the lexicon; what a user brings."""

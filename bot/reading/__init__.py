"""Anything -> Article: pages, saved text, documents, feeds; the only room that uses the network."""

"""Translations of pages: which of their words are still those of the source, and what follows from it."""

"""Screens of what is only counted: the counters, the sheets of numbers, and their vocabularies."""

"""The report of a year: figures that the apps define (`core.figures.definitions`), read together, approved and frozen."""

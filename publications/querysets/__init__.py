"""QuerySets, one file per model file."""

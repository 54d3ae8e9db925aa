"""Files of the report, its sentences, and how each figure is counted."""

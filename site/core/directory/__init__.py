"""The directory of organisations: which one a name means, which two may be one, and what a merge does with their facts."""

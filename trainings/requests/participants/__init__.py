"""The list of participants of an in-house session, typed or pasted."""

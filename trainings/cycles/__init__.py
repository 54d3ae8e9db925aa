"""Cycles of groups: what the public reads of them, what a coordinator sees, and the copy for the next year."""

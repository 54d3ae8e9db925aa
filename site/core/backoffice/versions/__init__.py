"""Nobody overwrites a colleague in silence: each form of facts knows which version it read (docs/decisions/0027)."""

"""Mail that comes back to us: what it says, whose it was, and how it reaches us."""

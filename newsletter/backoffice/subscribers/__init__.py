"""Subscribers in the back-office: listings, imports and growth."""

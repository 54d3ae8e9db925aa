"""Requests of organisations: received, analysed, proposed, accepted, planned as in-house sessions, done."""

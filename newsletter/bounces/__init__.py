"""Bounces: mail that could not be delivered, complaints and replies; what they say, whose they are, what follows."""

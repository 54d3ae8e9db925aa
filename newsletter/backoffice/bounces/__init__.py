"""Bounces and replies in the back-office."""

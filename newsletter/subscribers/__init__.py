"""Subscribers: subscribing, preferences, unsubscribing, importing, retention."""

"""A coordinator's writes on sessions: publish, change, cancel, close, notify."""

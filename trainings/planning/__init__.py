"""What a coordinator does with a session: publish, change, cancel, close, and who is told."""

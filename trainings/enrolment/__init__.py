"""Somebody enrols, waits, changes, moves or cancels: the writes, their mails and the public pages."""

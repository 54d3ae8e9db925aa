"""Signals by which core tells the apps above it something, and by which apps that do not know one another ask."""

from django.dispatch import Signal

# Sent every few seconds by each worker. Argument: now. For what must never stand still although a task was lost.
heartbeat = Signal()
# A row is shown to readers. Arguments: row, language. Who knows what else tells of it answers with cards (see `core.pages.related`).
collect_related = Signal()

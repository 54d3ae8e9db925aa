"""Signals by which core notifies the apps above it, and by which apps ask one another without importing."""

from django.dispatch import Signal

# Sent every few seconds by each worker. Argument: now. For what must never stand still although a task was lost.
heartbeat = Signal()
# A row is shown to readers. Arguments: row, language. Who knows what else tells of it answers with cards (see `core.pages.related`).
collect_related = Signal()

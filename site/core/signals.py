"""Signals by which core tells the apps above it something."""

from django.dispatch import Signal

# A worker's heart beats (every few seconds, in each worker). Argument: now. For what must never stand still although a task was lost.
pulse = Signal()

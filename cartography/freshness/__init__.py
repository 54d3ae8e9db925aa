"""Keeps records up to date: reminders, and what follows when nobody answers."""

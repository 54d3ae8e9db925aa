"""The follow-up (docs/notes.md)."""

from config import env

# What seals the notes, the newest key first; each 32 random characters or more. Lost keys are lost notes.
NOTES_KEYS = env.strings("NOTES_KEYS", "only-for-development-and-tests-never-for-notes-of-real-files")
# Notes are erased so many months after their file is over.
FOLLOW_UP_NOTES_MONTHS = env.number("FOLLOW_UP_NOTES_MONTHS", 24)

"""Domain events, sent inside the transaction that caused them."""

from django.dispatch import Signal

# A file came and is to be read. Argument: file_id.
file_uploaded = Signal()

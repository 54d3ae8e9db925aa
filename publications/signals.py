"""Facts publications tell, inside the transaction that makes them so."""

from django.dispatch import Signal

# A file came and is to be read. Argument: file_id.
file_uploaded = Signal()

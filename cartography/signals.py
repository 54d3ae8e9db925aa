"""Facts the map tells. All are told inside the transaction that makes them so."""

from django.dispatch import Signal

# A file of places is to be looked at. Argument: import_id.
import_uploaded = Signal()
# Somebody saw what would become of it and wants it. Argument: import_id.
import_begun = Signal()

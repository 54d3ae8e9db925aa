"""Facts the newsletter tells."""

from django.dispatch import Signal

# An issue is being sent from now on, or again. Sent inside the transaction. Argument: issue_id.
sending_begins = Signal()

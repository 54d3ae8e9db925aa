"""Facts the newsletter tells. All are told inside the transaction that makes them so."""

from django.dispatch import Signal

# Somebody pressed Send, or agreed: an issue is to leave now. Argument: issue_id.
sending_is_due = Signal()
# An issue is being sent from now on, or again. Argument: issue_id.
sending_begins = Signal()
# Mails of an issue come back in numbers, for reasons that are not their readers'. Arguments: issue_id, reason, now.
trouble_repeats = Signal()
# Somebody wants the newsletter, and waits for our mail. Argument: wish_id.
wished = Signal()
# A file of readers is to be looked at. Argument: import_id.
import_uploaded = Signal()
# Somebody saw what would become of it and wants it. Argument: import_id.
import_begun = Signal()

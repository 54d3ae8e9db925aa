"""Domain events, sent inside the transaction that caused them."""

from django.dispatch import Signal

# An issue is to be sent now: Send was pressed, or approved. Argument: issue_id.
sending_is_due = Signal()
# Sending of an issue has started, or continues. Argument: issue_id.
sending_begins = Signal()
# Mails of an issue bounce in numbers, for reasons that are not about their recipients. Arguments: issue_id, reason, now.
trouble_repeats = Signal()
# A subscription request was made; its confirmation is to be mailed. Argument: request_id.
subscription_requested = Signal()
# A file of subscribers was uploaded and is to be checked. Argument: import_id.
import_uploaded = Signal()
# The dry run was approved: the import is to be run. Argument: import_id.
import_begun = Signal()

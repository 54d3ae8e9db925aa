"""Facts other apps may listen to. Sent once the transaction is committed, never before."""

from django.dispatch import Signal

# Somebody ticked the newsletter box of the enrolment form. Gives: email (str), language (str), at (datetime).
# It is a wish, not a consent: the listener asks by mail first.
newsletter_wished = Signal()

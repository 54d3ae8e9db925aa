"""Domain events for other apps, sent on commit."""

from django.dispatch import Signal

# Somebody ticked the newsletter box of the enrolment form. Gives: email (str), language (str), at (datetime).
# It is a wish, not a consent: the listener asks by mail first.
newsletter_wished = Signal()

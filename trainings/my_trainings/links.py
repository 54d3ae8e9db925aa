"""The link of the mail: signed, and good for a week. It opens more than one enrolment, so it does not live as long as theirs."""

import datetime

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from trainings.models import Participant

VALID = datetime.timedelta(days=7)
SALT = "trainings.my_trainings"


def sign(participant: Participant) -> str:
    """The last part of the link."""
    return signing.dumps([participant.pk, _mark(participant.email)], salt=SALT)


def read(link: str) -> Participant | None:
    """Whose link it is; None where we did not sign it, where it is too old, or where the email address was corrected since."""
    try:
        pk, mark = signing.loads(link, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    participant = Participant.objects.filter(pk=pk).first()
    return participant if participant and constant_time_compare(mark, _mark(participant.email)) else None


def _mark(email: str) -> str:
    """Tells one address from another; the address itself does not stand in the link."""
    return salted_hmac(SALT, email, algorithm="sha256").hexdigest()[:20]

"""The code on the wall or on the screen: derived, never stored. It says "I am in this room now" and nothing else."""

import datetime
import hashlib
import hmac

from django.core import signing
from django.utils.crypto import salted_hmac

from core.fields import READABLE
from trainings.attendance.mark import ARRIVAL
from trainings.enums import SessionStatus
from trainings.models import CheckIn, Meeting

LENGTH = 8
# A code on a screen lives a minute, and is taken for two more: somebody looks for her telephone.
PERIOD = datetime.timedelta(minutes=1)
PERIODS_TAKEN = 3
# From the code to the button: time to type an e-mail address.
FORM_OPEN = datetime.timedelta(minutes=10)
SALT = "trainings.check_in.opened"


def is_open(meeting: Meeting, now: datetime.datetime) -> bool:
    """Whether people can check in now: the session wants it, and it is from half an hour before the meeting until its end."""
    wanted = meeting.session.check_in != CheckIn.NONE and meeting.session.status in {SessionStatus.PUBLISHED, SessionStatus.CLOSED}
    return wanted and meeting.starts_at - ARRIVAL <= now <= meeting.ends_at


def code_at(meeting: Meeting, now: datetime.datetime) -> str:
    """The code to show now: a new one every minute on a screen, one for the whole meeting on the wall."""
    return _code(meeting, _slot(meeting, now))


def is_right(meeting: Meeting, code: str, now: datetime.datetime) -> bool:
    """Whether somebody who sends `code` saw it just now (screen) or during the meeting (wall)."""
    slot = _slot(meeting, now)
    taken = range(slot, slot - PERIODS_TAKEN, -1) if slot else [0]
    return is_open(meeting, now) and any(hmac.compare_digest(_code(meeting, each), code.upper()) for each in taken)


def opened(meeting: Meeting) -> str:
    """Signed proof that the page was opened with a right code: the code may be over when the form is sent."""
    return signing.dumps(meeting.pk, salt=SALT)


def was_opened(meeting: Meeting, proof: str) -> bool:
    """Whether the proof is ours, of this meeting, and young enough."""
    try:
        return bool(signing.loads(proof, salt=SALT, max_age=FORM_OPEN) == meeting.pk)
    except signing.BadSignature:
        return False


def _slot(meeting: Meeting, now: datetime.datetime) -> int:
    """The number of the minute; 0 where one code is for the whole meeting."""
    return int(now.timestamp() // PERIOD.total_seconds()) if meeting.session.check_in == CheckIn.SCREEN else 0


def _code(meeting: Meeting, slot: int) -> str:
    digest = salted_hmac("trainings.check_in", f"{meeting.pk}:{slot}", algorithm="sha256").digest()
    # More digits than are needed, so that no character is more frequent than another.
    number = int.from_bytes(hashlib.sha256(digest).digest())
    characters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(READABLE))
        characters.append(READABLE[rest])
    return "".join(characters)

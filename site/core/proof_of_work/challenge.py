"""What is asked and what is answered: a challenge to be solved, or a ticket to be held for a while.

Both are signed for one form and one network, and each is accepted once: what was used stands beside the counters until it would
have expired.
"""

import base64
import datetime
import json
import secrets
from dataclasses import dataclass

from altcha import Challenge, Payload, create_challenge, verify_solution
from django.core import signing
from django.utils.crypto import salted_hmac

from core.web.ratelimit import check_rate_limit

ALGORITHM = "PBKDF2/SHA-256"
# One try is this many iterations; the answer is found after FEWEST_TRIES times the level, or up to twice as many. A cheap phone does
# 250,000 iterations a second: the lowest level takes it a second at most, the highest eight (docs/abuse.md).
ITERATIONS = 5_000
FEWEST_TRIES = 24
HIGHEST_LEVEL = 8

LIFETIME = datetime.timedelta(minutes=10)
WAIT = datetime.timedelta(minutes=1)  # of a ticket, at the lowest level
TICKET_KEPT = datetime.timedelta(hours=1)
LONGEST = 2_000  # characters of an answer; a real one has some 800
SALT = "core.proof_of_work"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a proof is good for: one form, one network."""

    scope: str
    network: str

    @property
    def secret(self) -> bytes:
        return salted_hmac(SALT, f"{self.scope}:{self.network}", algorithm="sha256").digest()

    @property
    def salt(self) -> str:
        return f"{SALT}.ticket:{self.scope}:{self.network}"


def new_challenge(purpose: Purpose, *, level: int, now: datetime.datetime) -> str:
    """The challenge as the browser reads it. The answer lies between FEWEST_TRIES and twice that, times the level."""
    fewest = FEWEST_TRIES * level
    challenge: Challenge = create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=fewest + secrets.randbelow(fewest),
        expires_at=now + LIFETIME,
        hmac_secret=purpose.secret,
        hmac_key_secret=purpose.secret,
    )
    return json.dumps(challenge.to_dict())


def new_ticket(purpose: Purpose, *, level: int, now: datetime.datetime) -> str:
    """For who cannot solve anything: accepted from a moment on that lies a minute ahead, or more."""
    return signing.dumps([(now + WAIT * level).timestamp(), secrets.token_hex(8)], salt=purpose.salt)


def ticket_opens_at(ticket: str, purpose: Purpose, *, now: datetime.datetime) -> datetime.datetime | None:
    """From when on the ticket is accepted; None for what is none of ours, or too old."""
    try:
        opens_at = datetime.datetime.fromtimestamp(signing.loads(ticket, salt=purpose.salt)[0], datetime.UTC)
    except (signing.BadSignature, TypeError, ValueError, IndexError):
        return None
    return opens_at if now < opens_at + TICKET_KEPT else None


def is_solved(answer: str, purpose: Purpose, *, now: datetime.datetime) -> bool:
    """Whether the answer solves a challenge of this purpose that was not used yet. Uses it."""
    if not answer or len(answer) > LONGEST:
        return False
    try:
        payload = Payload.from_dict(json.loads(base64.b64decode(answer, validate=True)))
        solved = verify_solution(payload, purpose.secret, hmac_key_secret=purpose.secret).verified
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return solved and use_once(str(payload.challenge.signature), kept=LIFETIME, now=now)


def is_held_long_enough(ticket: str, purpose: Purpose, *, now: datetime.datetime) -> bool:
    """Whether the ticket's moment has come and it was not used yet. Uses it."""
    opens_at = ticket_opens_at(ticket, purpose, now=now)
    return opens_at is not None and opens_at <= now and use_once(ticket, kept=TICKET_KEPT, now=now)


def use_once(what: str, *, kept: datetime.timedelta, now: datetime.datetime) -> bool:
    """One row a proof, in the table of the counters: of two processes that are shown the same one, one accepts it."""
    return check_rate_limit(scope="proof-of-work", key=what, limit=1, period=kept, now=now)

"""The steps of a request before and beside its proposal. Each is dated, signed and mailed."""

import datetime

from django.db import transaction

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import User
from trainings.enums import Phase, SessionStatus
from trainings.models import Questionnaire, Session, TrainingRequest
from trainings.models.requests import RequestNote, RequestStatus
from trainings.questionnaires.answer import open_answer_set
from trainings.requests import mails
from trainings.requests.selectors import sessions_of
from trainings.requests.status import change_status, lock_request

TELLING = (RequestStatus.RECEIVED, RequestStatus.ANALYSIS)


class SessionsStand(Exception):
    """In-house sessions of the request are still to come: they are cancelled first, with a word to the people in them."""

    def __init__(self, sessions: list[Session]) -> None:
        super().__init__(", ".join(str(each) for each in sessions))
        self.sessions = sessions


@transaction.atomic
def assign_owner(*, request: TrainingRequest, owner: User) -> TrainingRequest:
    """Puts a colleague in charge."""
    current = lock_request(request.pk)
    current.owner = owner
    current.save(update_fields=["owner"])
    return current


@transaction.atomic
def send_again(*, request: TrainingRequest, now: datetime.datetime) -> None:
    """The mail of today's step once more, with the link: the first one was lost."""
    mails.step_taken(lock_request(request.pk), now=now)


@transaction.atomic
def ask_for_needs(
    *, request: TrainingRequest, now: datetime.datetime, by: User, questionnaire: Questionnaire | None = None
) -> TrainingRequest:
    """Asks the contact person what the team needs, or asks once more: by a questionnaire, or in her own words. Raises NothingToAnswer."""
    current = lock_request(request.pk)
    current.needs_told_at = None
    current.answer_set = open_answer_set(questionnaire, language=current.language, about=current.about) if questionnaire else None
    current.save(update_fields=["needs_told_at", "answer_set"])
    change_status(current, RequestStatus.ANALYSIS, now=now, by=by)
    mails.step_taken(current, now=now)
    return current


@transaction.atomic
def tell_needs(*, request: TrainingRequest, needs: str, now: datetime.datetime) -> TrainingRequest:
    """What the team needs, in the words of the contact person; told again, the latest words count. Raises TransitionNotAllowed."""
    current = lock_request(request.pk)
    if current.status not in TELLING:
        raise TransitionNotAllowed(current.status)
    current.needs, current.needs_told_at = needs, now
    current.save(update_fields=["needs", "needs_told_at"])
    mails.news_for_staff(current, now=now)
    return current


def answered_requests() -> list[int]:
    """Those whose questionnaire was sent, and of which nobody was told yet."""
    answered = TrainingRequest.objects.filter(answer_set__submitted_on__isnull=False, needs_told_at=None, erased_at=None)
    return list(answered.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def note_answers(*, request_id: int, now: datetime.datetime) -> bool:
    """The questionnaire was sent: whoever is in charge hears of it, once. Whether it was noted now."""
    current = lock_request(request_id)
    if current.needs_told_at is not None or current.answer_set is None or not current.answer_set.is_submitted:
        return False
    current.needs_told_at = now
    current.save(update_fields=["needs_told_at"])
    mails.news_for_staff(current, now=now)
    return True


def note_all_answers(*, now: datetime.datetime) -> int:
    """The timed duty. Returns how many were noted."""
    return sum(note_answers(request_id=pk, now=now) for pk in answered_requests())


@transaction.atomic
def ask_for_changes(*, request: TrainingRequest, wish: str, now: datetime.datetime) -> TrainingRequest:
    """The proposal is not right yet: what should change is added to the needs, and it is our turn. Raises TransitionNotAllowed."""
    current = lock_request(request.pk)
    current.needs = f"{current.needs}\n\n{wish}".strip()
    current.needs_told_at = now
    current.save(update_fields=["needs", "needs_told_at"])
    change_status(current, RequestStatus.ANALYSIS, now=now, reason=RequestNote.CHANGES_ASKED)
    mails.step_taken(current, now=now)
    mails.news_for_staff(current, now=now)
    return current


@transaction.atomic
def decline_request(*, request: TrainingRequest, reason: str, now: datetime.datetime, by: User) -> TrainingRequest:
    """Smes cannot give this training; the contact person reads why. Raises TransitionNotAllowed, SessionsStand."""
    return _end(request, RequestStatus.DECLINED, reason=reason, now=now, by=by)


@transaction.atomic
def withdraw_request(*, request: TrainingRequest, reason: str, now: datetime.datetime, by: User | None = None) -> TrainingRequest:
    """The organisation does not want it any more; by link nobody is `by`. Idempotent. Raises TransitionNotAllowed, SessionsStand."""
    if lock_request(request.pk).status == RequestStatus.WITHDRAWN:
        return request
    ended = _end(request, RequestStatus.WITHDRAWN, reason=reason, now=now, by=by)
    if by is None:
        mails.news_for_staff(ended, now=now)
    return ended


def _end(request: TrainingRequest, to: RequestStatus, *, reason: str, now: datetime.datetime, by: User | None) -> TrainingRequest:
    current = lock_request(request.pk)
    # People are in them, who would come to a closed door.
    standing = [each for each in sessions_of(current) if each.status != SessionStatus.CANCELLED and each.phase(now) != Phase.OVER]
    if standing:
        raise SessionsStand(standing)
    change_status(current, to, now=now, by=by, reason=reason)
    mails.step_taken(current, now=now)
    return current

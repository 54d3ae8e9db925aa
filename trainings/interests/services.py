"""Registers, confirms, notifies and withdraws interests."""

import datetime

from django.db import transaction

from trainings.enrolment import notices
from trainings.enums import SessionKind
from trainings.models import Interest, Module, Session


@transaction.atomic
def register_interest(*, module: Module, email: str, language: str, session_language: str = "", now: datetime.datetime) -> Interest:
    """Keeps the wish and mails a link that confirms it. Asked again: the same row, and at most the same mail again.

    Asked again for another language of the session, any language answers it: whoever types an address never narrows a wish.
    """
    fresh = {"language": language, "session_language": session_language, "created_at": now}
    interest, is_new = Interest.objects.get_or_create(module=module, email=email.strip().lower(), notified_at=None, defaults=fresh)
    if not is_new and interest.session_language != session_language:
        interest.session_language = ""
        interest.save(update_fields=["session_language"])
    notices.ask_to_confirm(interest, now=now)
    return interest


@transaction.atomic
def confirm_interest(*, interest: Interest, now: datetime.datetime) -> Interest:
    """Confirms the email. Idempotent."""
    Interest.objects.filter(pk=interest.pk, confirmed_at=None).update(confirmed_at=now)
    interest.refresh_from_db()
    return interest


@transaction.atomic
def withdraw_interest(*, interest: Interest) -> None:
    """Deletes the interest with its email."""
    Interest.objects.filter(pk=interest.pk).delete()


def notify_interested(*, session: Session, now: datetime.datetime) -> int:
    """Mails everybody whose confirmed wish this session answers, once. Called while the session is published; returns how many."""
    if session.module is None or session.kind != SessionKind.OPEN_TRAINING:
        return 0
    waiting = list(
        Interest.objects.select_for_update(of=("self",)).filter(
            module=session.module, confirmed_at__isnull=False, notified_at=None, session_language__in=("", session.language)
        )
    )
    for interest in waiting:
        interest.notified_at = now
        interest.save(update_fields=["notified_at"])
        notices.notify_opened(interest, session=session, now=now)
    return len(waiting)

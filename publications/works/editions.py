"""Publishes, withdraws and restores editions; withdraws works with a notice. Each change leaves a dated row."""

import datetime

from django.db import transaction
from django.utils.timezone import localtime

from core.lifecycle.transitions import next_status, record_transition
from core.models import User
from publications.enums import EDITION_TRANSITIONS, WORK_TRANSITIONS, EditionStatus, Withdrawal, WorkStatus
from publications.models import Edition, Work


class CannotPublish(Exception):
    """An edition without a good file and not offered on paper has nothing to offer."""


@transaction.atomic
def publish_edition(*, edition: Edition, now: datetime.datetime, by: User | None = None) -> Edition:
    """Readers can have it from now on, where its page is public. Raises CannotPublish, TransitionNotAllowed."""
    current = _locked(edition)
    status = next_status(EDITION_TRANSITIONS, current.status, EditionStatus.PUBLISHED)
    if current.current_file_id is None and not current.is_orderable:
        raise CannotPublish
    return _change_status(current, status, now=now, by=by)


@transaction.atomic
def unpublish_edition(*, edition: Edition, now: datetime.datetime, by: User | None = None) -> Edition:
    """Published too early: a draft again, as if readers had never seen it. Raises TransitionNotAllowed."""
    return _change_status(_locked(edition), EditionStatus.DRAFT, now=now, by=by)


@transaction.atomic
def withdraw_edition(*, edition: Edition, reason: Withdrawal, now: datetime.datetime, by: User | None = None) -> Edition:
    """Its file answers 410 with a notice; the page says why. Raises TransitionNotAllowed."""
    return _change_status(_locked(edition), EditionStatus.WITHDRAWN, now=now, by=by, reason=reason)


@transaction.atomic
def withdraw_work(
    *, work: Work, reason: Withdrawal, now: datetime.datetime, by: User | None = None, replaced_by: Work | None = None
) -> Work:
    """No edition can be had any more; the page stays as a notice. Again with another reason corrects the notice."""
    current = Work.objects.select_for_update().get(pk=work.pk)
    was = current.status
    next_status(WORK_TRANSITIONS, was, WorkStatus.WITHDRAWN)
    current.withdrawn_on, current.withdrawal, current.replaced_by = localtime(now).date(), reason, replaced_by
    current.save(update_fields=["withdrawn_on", "withdrawal", "replaced_by"])
    record_transition(current, was, now=now, by=by, reason=reason)
    return current


@transaction.atomic
def restore_work(*, work: Work, now: datetime.datetime, by: User | None = None) -> Work:
    """The withdrawal was a mistake. Idempotent."""
    current = Work.objects.select_for_update().get(pk=work.pk)
    was = current.status
    if was == WorkStatus.OFFERED:
        return current
    next_status(WORK_TRANSITIONS, was, WorkStatus.OFFERED)
    current.withdrawn_on, current.withdrawal, current.replaced_by = None, "", None
    current.save(update_fields=["withdrawn_on", "withdrawal", "replaced_by"])
    record_transition(current, was, now=now, by=by)
    return current


def _locked(edition: Edition) -> Edition:
    current: Edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    return current


def _change_status(
    edition: Edition, to: EditionStatus, *, now: datetime.datetime, by: User | None, reason: Withdrawal | None = None
) -> Edition:
    was, edition.status = edition.status, next_status(EDITION_TRANSITIONS, edition.status, to)
    edition.withdrawal = reason or ""
    edition.save(update_fields=["status", "withdrawal"])
    record_transition(edition, was, now=now, by=by, reason=edition.withdrawal)
    return edition

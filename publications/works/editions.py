"""Publishes, withdraws and restores editions; withdraws works with a notice."""

import datetime

from django.db import transaction

from publications.enums import EDITION_TRANSITIONS, EditionStatus, Withdrawal
from publications.models import Edition, Work


class CannotPublish(Exception):
    """An edition without a good file and not offered on paper has nothing to offer."""


class StatusNotAllowed(Exception):
    """The table of transitions (publications.enums) has no such arrow."""


@transaction.atomic
def publish_edition(*, edition: Edition) -> Edition:
    """Readers can have it from now on, where its page is public. Raises CannotPublish, StatusNotAllowed."""
    current = _locked(edition, EditionStatus.PUBLISHED)
    if current.current_file_id is None and not current.is_orderable:
        raise CannotPublish
    current.status, current.withdrawal = EditionStatus.PUBLISHED, ""
    current.save(update_fields=["status", "withdrawal"])
    return current


@transaction.atomic
def unpublish_edition(*, edition: Edition) -> Edition:
    """Published too early: a draft again, as if readers had never seen it. Raises StatusNotAllowed."""
    current = _locked(edition, EditionStatus.DRAFT)
    current.status = EditionStatus.DRAFT
    current.save(update_fields=["status"])
    return current


@transaction.atomic
def withdraw_edition(*, edition: Edition, reason: Withdrawal) -> Edition:
    """Its file answers 410 with a notice; the page says why. Raises StatusNotAllowed."""
    current = _locked(edition, EditionStatus.WITHDRAWN)
    current.status, current.withdrawal = EditionStatus.WITHDRAWN, reason
    current.save(update_fields=["status", "withdrawal"])
    return current


@transaction.atomic
def withdraw_work(*, work: Work, reason: Withdrawal, on: datetime.date, replaced_by: Work | None = None) -> Work:
    """No edition can be had any more; the page stays as a notice. Again with another reason corrects the notice."""
    current = Work.objects.select_for_update().get(pk=work.pk)
    current.withdrawn_on, current.withdrawal, current.replaced_by = on, reason, replaced_by
    current.save(update_fields=["withdrawn_on", "withdrawal", "replaced_by"])
    return current


@transaction.atomic
def restore_work(*, work: Work) -> Work:
    """The withdrawal was a mistake."""
    current = Work.objects.select_for_update().get(pk=work.pk)
    current.withdrawn_on, current.withdrawal, current.replaced_by = None, "", None
    current.save(update_fields=["withdrawn_on", "withdrawal", "replaced_by"])
    return current


def _locked(edition: Edition, to: EditionStatus) -> Edition:
    current: Edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if to not in EDITION_TRANSITIONS[current.status]:
        raise StatusNotAllowed(f"{current.status} → {to}")
    return current

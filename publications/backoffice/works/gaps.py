"""Why readers do not see an edition yet, and what its page needs next."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.backoffice.next_step import Gap, NextStep
from publications.backoffice.permissions import CHANGE_EDITIONS, UPLOAD_FILES
from publications.enums import EditionStatus, FileState
from publications.models import Edition


def is_seen(edition: Edition) -> bool:
    """Whether readers can have it now: what the site does is asked, not what the status says."""
    return Edition.objects.reachable().filter(pk=edition.pk).exists()


def gaps_of(edition: Edition) -> list[Gap]:
    """What keeps readers from it, apart from its own status."""
    work = reverse("publications_works:inspect", args=[edition.work_id])
    gaps = []
    if not Edition.objects.with_open_page().filter(pk=edition.pk).exists():
        gaps.append(Gap(text=_("The publication has no public page: nobody can see this edition."), url=work))
    if edition.work.is_withdrawn:
        gaps.append(Gap(text=_("The publication is withdrawn: nobody can have any of its editions."), url=work))
    if edition.current_file_id is None and not edition.is_orderable:
        upload = reverse("publications_backoffice:upload_file", args=[edition.pk])
        gaps.append(Gap(text=_("There is no file yet, and the edition is not offered on paper."), url=upload, is_blocking=True))
    return gaps


def next_step_of(edition: Edition, user: Any) -> NextStep | None:
    """Look at the file that waits, upload the first one, publish: the first that is due."""
    checked = edition.files.filter(state=FileState.CHECKED).first()
    if checked is not None and user.has_perm(CHANGE_EDITIONS):
        return _action(_("Look at version %(number)s and offer it") % {"number": checked.number}, "offer_file", checked.pk, "view")
    if edition.status != EditionStatus.DRAFT:
        return None
    if edition.current_file_id is None and not edition.is_orderable:
        return _action(_("Upload a file"), "upload_file", edition.pk, "upload") if user.has_perm(UPLOAD_FILES) else None
    return _action(_("Publish"), "publish_edition", edition.pk, "upload") if user.has_perm(CHANGE_EDITIONS) else None


def _action(label: Any, name: str, pk: int, icon: str) -> NextStep:
    return NextStep(label=label, url=reverse(f"publications_backoffice:{name}", args=[pk]), icon=icon)

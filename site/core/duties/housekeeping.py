"""The duties of core itself."""

import datetime
from urllib.parse import urlsplit

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django_tasks_db.models import DBTaskResult

from core.duties.registry import DutyFailed, DutySpec
from core.duties.schedule import Daily, Every
from core.links.check import check_pages, public_links
from core.mail.retention import prune_mails
from core.merging.selectors import forget_old_changes
from core.models import PersonLookUp
from core.page_cache.versions import compact
from core.pages.scheduled import publish_scheduled
from core.web.absolute_urls import base_url
from core.web.ratelimit import delete_expired

TASK_RESULTS_KEPT = datetime.timedelta(days=14)
LOOK_UPS_KEPT = datetime.timedelta(days=365)


def scheduled_pages(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Raises DutyFailed when a page could not be published or taken down."""
    gone, there, failed = publish_scheduled(now=now, dry_run=dry_run)
    if failed:
        raise DutyFailed(f"{failed} scheduled pages could not be published or taken down; the log says which.")
    return {gettext_noop("pages published"): there, gettext_noop("pages expired"): gone}


def clear_sessions(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    over = Session.objects.filter(expire_date__lt=now)
    return {gettext_noop("sessions of visitors and staff"): over.count() if dry_run else over.delete()[0]}


def clear_rate_limits(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("counters of forms"): delete_expired(now=now, dry_run=dry_run)}


def prune_old_mails(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("mails"): prune_mails(now=now, dry_run=dry_run)}


def prune_task_results(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - TASK_RESULTS_KEPT)
    return {gettext_noop("results of tasks"): old.count() if dry_run else old.delete()[0]}


def forget_merges(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("merges that can no longer be undone"): forget_old_changes(now=now, dry_run=dry_run)}


def forget_look_ups(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """Who looked a person up; the proof of an erasure is another row, and stays."""
    old = PersonLookUp.objects.filter(at__lt=now - LOOK_UPS_KEPT)
    return {gettext_noop("look-ups of persons"): old.count() if dry_run else old.delete()[0]}


def compact_table_changes(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    return {gettext_noop("notes of written tables"): 0 if dry_run else compact()}


def check_links(*, now: datetime.datetime, dry_run: bool) -> dict[str, int]:
    """In a dry run no URL is requested: how many links there are."""
    if dry_run:
        return {gettext_noop("links of pages"): sum(len(found) for found in public_links().values())}
    return {gettext_noop("broken links of pages"): check_pages(host=urlsplit(base_url()).netloc, now=now)}


DUTIES = [
    DutySpec(name="publish_scheduled", label=_("Publish scheduled pages, take expired ones down"), schedule=Every(1), run=scheduled_pages),
    DutySpec(name="compact_table_changes", label=_("Add up the notes of written tables"), schedule=Every(5), run=compact_table_changes),
    DutySpec(name="clear_sessions", label=_("Delete log-ins that are over"), schedule=Daily(3, 0), run=clear_sessions),
    DutySpec(name="clear_rate_limits", label=_("Delete counters of forms that are over"), schedule=Daily(3, 5), run=clear_rate_limits),
    DutySpec(name="prune_mails", label=_("Delete mails written 90 days ago"), schedule=Daily(3, 10), run=prune_old_mails),
    DutySpec(name="prune_task_results", label=_("Delete results of old tasks"), schedule=Daily(3, 10), run=prune_task_results),
    DutySpec(name="forget_merges", label=_("Forget what a merge changed, after 30 days"), schedule=Daily(3, 25), run=forget_merges),
    DutySpec(name="forget_look_ups", label=_("Forget who looked a person up, after a year"), schedule=Daily(3, 25), run=forget_look_ups),
    DutySpec(name="check_links", label=_("Try the links of all pages"), schedule=Daily(4, 10), run=check_links),
]

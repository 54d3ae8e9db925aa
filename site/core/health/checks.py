"""The checks of core itself. Each costs one short query, or none."""

import datetime

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Q, QuerySet
from django.tasks import TaskResultStatus
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

from core import clock
from core.duties.status import troubled
from core.health.findings import DATABASE
from core.health.registry import Check
from core.health.stores import STORES
from core.mail.tasks import deliver_mail
from core.models.mail import MailServerOutage, MailStatus, OutgoingMail
from core.models.worker import WorkerHeartbeat

WORKER_SEEN_WITHIN = datetime.timedelta(minutes=1)
CLOCKS_DIFFER_BY = datetime.timedelta(minutes=1)
WAITS_AT_MOST = datetime.timedelta(minutes=30)


def database(now: datetime.datetime) -> str:
    """Whether it answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return "unreachable"
    return ""


def worker(now: datetime.datetime) -> str:
    """Whether one was heard of."""
    return "" if WorkerHeartbeat.objects.alive(now, within=WORKER_SEEN_WITHIN).exists() else "none_alive"


def mail(now: datetime.datetime) -> str:
    """Whether the server is away, a mail's turn came long ago, or one was never tried. One that waits for its next try is well."""
    if MailServerOutage.objects.exists():
        return "server_away"
    never_tried = OutgoingMail.objects.filter(status=MailStatus.QUEUED, attempts=0, latest_error="", created_at__lt=now - WAITS_AT_MOST)
    late = _late_tasks(now).filter(task_path=deliver_mail.module_path)
    return "waits" if late.exists() or never_tried.exists() else ""


def tasks(now: datetime.datetime) -> str:
    """The same for every other task of the queue."""
    return "waits" if _late_tasks(now).exclude(task_path=deliver_mail.module_path).exists() else ""


def _late_tasks(now: datetime.datetime) -> QuerySet[DBTaskResult]:
    overdue = now - WAITS_AT_MOST
    # A task for now has the latest moment there is as its `run_after`.
    late = Q(enqueued_at__lt=overdue, run_after=get_date_max()) | Q(run_after__lt=overdue)
    return DBTaskResult.objects.filter(late, status=TaskResultStatus.READY)


def duties(now: datetime.datetime) -> str:
    """Whether all ran when they should, and went well."""
    found = troubled(now).values_list("last_error", flat=True)[:50]
    return "failed" if any(found) else "late" if found else ""


def clock_of_the_machine(now: datetime.datetime) -> str:
    """Whether this machine and that of the database agree what time it is."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime.datetime = cursor.fetchone()[0]
    return "differs" if abs(theirs - clock.now()) > CLOCKS_DIFFER_BY else ""


CHECKS = [
    Check(
        name=DATABASE,
        label=_("Database"),
        look=database,
        reasons={"unreachable": _("The database does not answer.")},
        advice=_("Readers see a page that asks them to come back in a minute. Nothing that was saved is lost. Start the database again."),
        needs_database=False,
        is_told=False,  # nobody could be told: an incident is a row
    ),
    Check(
        name="worker",
        label=_("Worker"),
        look=worker,
        reasons={"none_alive": _("No worker was heard of for a minute.")},
        advice=_("Mails and timed duties wait, and are done once it runs again. Start manage.py run_worker."),
    ),
    Check(
        name="mail",
        label=_("Mails"),
        look=mail,
        reasons={
            "server_away": _("The mail server does not answer, or does not let us in."),
            "waits": _("A mail waits for more than half an hour."),
        },
        advice=_("No mail is lost: all leave, once, when the worker and the mail server work again. Look at both."),
    ),
    Check(
        name="tasks",
        label=_("Tasks"),
        look=tasks,
        reasons={"waits": _("A task waits for more than half an hour.")},
        advice=_("Nothing is lost: tasks are done, once, when a worker has time for them. Look at the worker; start a second one."),
    ),
    Check(
        name="duties",
        label=_("Timed duties"),
        look=duties,
        reasons={"failed": _("A timed duty failed."), "late": _("A timed duty did not run.")},
        advice=_("The list of timed duties says which, and why. The site tries again by itself."),
        is_told=False,  # core.duties.alert tells of each by name
    ),
    Check(
        name="clock",
        label=_("Clock"),
        look=clock_of_the_machine,
        reasons={"differs": _("The clocks of the website and of the database differ by more than a minute.")},
        advice=_("Deadlines and timed duties follow the clock of the website. Let both machines ask the same time server."),
    ),
    *STORES,
]

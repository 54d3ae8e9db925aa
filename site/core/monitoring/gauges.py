"""The gauges of core: queue, mails, duties, workers. Apps add theirs in a `gauges.py` of their own."""

import datetime
from collections.abc import Mapping

from django.db.models import Count, Min, Q
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core.models.duties import Duty
from core.models.mail import MailStatus, OutgoingMail
from core.models.worker import WorkerHeartbeat
from core.monitoring.figures import Labels, Reading


def queue_age(now: datetime.datetime) -> Mapping[Labels, float]:
    """Since when the oldest task could have run. One planned for later waits from that moment on."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = ready.filter(Q(run_after=get_date_max()) | Q(run_after__lte=now)).aggregate(
        at_once=Min("enqueued_at", filter=Q(run_after=get_date_max())), planned=Min("run_after", filter=Q(run_after__lte=now))
    )
    moments = [moment for moment in oldest.values() if moment]
    return {(): max((now - min(moments)).total_seconds(), 0.0) if moments else 0.0}


def tasks(now: datetime.datetime) -> Mapping[Labels, float]:
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    return {(status.lower(),): counts.get(status, 0) for status in TaskResultStatus.values}


def mails(now: datetime.datetime) -> Mapping[Labels, float]:
    counts = dict(OutgoingMail.objects.order_by().values_list("status").annotate(Count("pk")))
    return {(status,): counts.get(status, 0) for status in MailStatus.values}


def duties_last_success(now: datetime.datetime) -> Mapping[Labels, float]:
    done = Duty.objects.exclude(last_success_at=None).values_list("name", "last_success_at")
    return {(name,): moment.timestamp() for name, moment in done if moment}


def duties_last_run(now: datetime.datetime) -> Mapping[Labels, float]:
    run = Duty.objects.exclude(last_run_at=None).values_list("name", "last_run_at")
    return {(name,): moment.timestamp() for name, moment in run if moment}


def duties_failed(now: datetime.datetime) -> Mapping[Labels, float]:
    return {(): Duty.objects.exclude(last_error="").count()}


def workers(now: datetime.datetime) -> Mapping[Labels, float]:
    return {(): WorkerHeartbeat.objects.alive(now).count()}


GAUGES = [
    Reading(name="smes_queue_age_seconds", meaning="How long the oldest task that could run has waited", read=queue_age),
    Reading(name="smes_tasks", meaning="Tasks kept in the database, by status", labels=("status",), read=tasks),
    Reading(name="smes_mails", meaning="Mails kept in the database, by status", labels=("status",), read=mails),
    Reading(
        name="smes_duty_last_success_timestamp_seconds", meaning="When a duty last went well", labels=("duty",), read=duties_last_success
    ),
    Reading(name="smes_duty_last_run_timestamp_seconds", meaning="When a duty last began", labels=("duty",), read=duties_last_run),
    Reading(name="smes_duties_failed", meaning="Duties whose last run failed", read=duties_failed),
    Reading(name="smes_workers", meaning="Workers heard of lately", read=workers),
]

"""Health check for monitoring. No personal data, no figures."""

import datetime

from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.tasks import TaskResultStatus
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult, get_date_max

from core import clock
from core.duties.status import troubled
from core.mail.tasks import deliver_mail
from core.models.mail import MailStatus, OutgoingMail
from core.models.worker import WorkerHeartbeat

WORKER_SEEN_WITHIN = datetime.timedelta(minutes=1)
MAIL_WAITS_AT_MOST = datetime.timedelta(minutes=30)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when database, worker, mail and timed duties are well, 503 otherwise; the body names what is not."""
    now = clock.now()
    checks = {"database": False, "worker": False, "mail": False, "duties": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = True
        checks["worker"] = WorkerHeartbeat.objects.filter(seen_at__gt=now - WORKER_SEEN_WITHIN).exists()
        checks["mail"] = not overdue_mails(now)
        checks["duties"] = not troubled(now).exists()
    except DatabaseError:
        pass  # told by `database: false`
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def overdue_mails(now: datetime.datetime) -> bool:
    """Whether a mail's turn came long ago and nobody took it, or one was never tried. One that waits for its next try is well."""
    overdue = now - MAIL_WAITS_AT_MOST
    tasks = DBTaskResult.objects.filter(task_path=deliver_mail.module_path, status=TaskResultStatus.READY)
    # A task for now has the latest moment there is as its `run_after`.
    late = Q(enqueued_at__lt=overdue, run_after=get_date_max()) | Q(run_after__lt=overdue)
    never_tried = OutgoingMail.objects.filter(status=MailStatus.QUEUED, attempts=0, latest_error="", created_at__lt=overdue)
    return tasks.filter(late).exists() or never_tried.exists()

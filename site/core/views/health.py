"""Whether the site works: for the supervisor, not for people. No personal data, no figures."""

import datetime

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from core.models.mail import MailStatus, OutgoingMail
from core.models.worker import WorkerHeartbeat

WORKER_SEEN_WITHIN = datetime.timedelta(minutes=1)
MAIL_WAITS_AT_MOST = datetime.timedelta(minutes=30)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when database, worker and mail are well, 503 otherwise; the body names what is not."""
    now = clock.now()
    checks = {"database": False, "worker": False, "mail": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = True
        checks["worker"] = WorkerHeartbeat.objects.filter(seen_at__gt=now - WORKER_SEEN_WITHIN).exists()
        never_tried = OutgoingMail.objects.filter(status=MailStatus.QUEUED, attempts=0, created_at__lt=now - MAIL_WAITS_AT_MOST)
        checks["mail"] = not never_tried.exists()
    except DatabaseError:
        pass  # told by `database: false`
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)

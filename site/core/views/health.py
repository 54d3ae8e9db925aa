"""Health for monitoring: what is well, what is not and why. No personal data, no path, no host."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import clock
from core.health.findings import DATABASE, Finding, look_at_all
from core.health.registry import get, registered
from core.health.words import Words

WELL, TROUBLE = "well", "trouble"


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 otherwise; the body says what and why.

    `?live` asks nothing: this process answers, so do not restart it. `?ready` asks the database only: this process can serve pages.
    """
    checks = [check for check in registered() if check.is_public]
    if "live" in request.GET:
        checks = []
    elif "ready" in request.GET:
        checks = [check for check in checks if check == get(DATABASE)]
    with translation.override("en"):
        findings = look_at_all(now=clock.now(), checks=checks)
        is_well = all(finding.is_well for finding in findings)
        body = {
            "status": WELL if is_well else TROUBLE,
            "checks": {finding.check.name: _shown(finding) for finding in findings},
        }
    return JsonResponse(body, status=200 if is_well else 503)


def _shown(finding: Finding) -> dict[str, str]:
    if finding.is_well:
        return {"status": WELL}
    return {"status": TROUBLE, "reason": finding.reason, "words": Words.of_finding(finding).reason}

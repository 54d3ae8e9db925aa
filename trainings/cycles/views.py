"""The public page of the groups: for whom, when, where, and how one signs up."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from core import clock
from trainings.cycles.selectors import announced_cycles


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Cycles that run or are to come, with their groups, by audience."""
    return TemplateResponse(request, "trainings/cycles/groups.html", {"audiences": announced_cycles(clock.now())})

"""The calendar feed of a trainer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core import clock
from core.views.private import link_unknown, private_page
from trainings.models import Trainer
from trainings.trainers.feed import calendar_of_trainer


@require_safe
@private_page
def trainer_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Only who is in the pool has one: the link of somebody who left is over."""
    trainer = Trainer.objects.filter(feed_token=token, is_active=True).first()
    if trainer is None:
        return link_unknown(request)
    content = calendar_of_trainer(trainer, now=clock.now())
    headers = {"Content-Disposition": 'inline; filename="smes.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)

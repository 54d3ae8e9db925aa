"""The mails of a request. Links are absolute; what the public typed is stripped of links."""

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.mail.message import queue_mail
from core.models import OutgoingMail, User
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url, base_url
from trainings.models import TrainingRequest
from trainings.models.requests import RequestStatus
from trainings.requests.selectors import sessions_of
from trainings.requests.words import step_of, subject_of
from trainings.roles import COORDINATOR
from trainings.sessions.titles import session_title


def step_taken(request: TrainingRequest, *, now: datetime.datetime) -> OutgoingMail | None:
    """To the contact person: what has happened and what comes next, in the words of the page it leads to. None once she is forgotten."""
    if not request.email:
        return None
    language = request.language
    with translation.override(language):
        step, subject = step_of(request, now=now), subject_of(request)
    sessions = sessions_of(request) if request.status == RequestStatus.PLANNED else []
    context: dict[str, Any] = {
        "name": harmless(request.name),
        "request": request,
        "organisation": harmless(request.organisation_name),
        "subject": subject,
        "step": step,
        "action_url": absolute_url(f"trainings:{step.view}", *step.args, language=language) if step.label else "",
        "follow_url": absolute_url("trainings:follow_request", request.token, language=language),
        "planned": [(session_title(each, language), each, list(each.meetings.all())) for each in sessions],
    }
    return queue_mail(
        template="trainings/mail/request_step",
        to=request.email,
        language=language,
        context=context,
        about=request.about,
        now=now,
    )


def news_for_staff(request: TrainingRequest, *, now: datetime.datetime) -> list[OutgoingMail]:
    """To who is in charge, or to all coordinators while nobody is: the contact person has done something."""
    coordinators = User.objects.filter(groups__name=COORDINATOR.name, is_active=True).order_by("pk")
    owner = request.owner
    readers = [owner] if owner and owner.is_active else list(coordinators)
    context = {
        "request": request,
        "organisation": harmless(request.organisation_name),
        "request_url": base_url() + reverse("trainings_requests:inspect", args=[request.pk]),
    }
    return [
        queue_mail(
            template="trainings/mail/request_news",
            to=user.email,
            language=settings.LANGUAGE_CODE,
            context=context,
            about=request.about,
            now=now,
        )
        for user in readers
    ]

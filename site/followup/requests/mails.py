"""The mails of a request. Links are absolute; what the public typed is stripped of links, and no text of the request is mailed."""

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.mail.message import queue_mail
from core.models import OutgoingMail
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url, base_url
from followup.models import Request
from followup.requests.selectors import followers
from followup.requests.words import standing_of, subject_of


def request_received(request: Request, *, now: datetime.datetime) -> OutgoingMail:
    """To the contact person: what happens next, and the link to follow it."""
    language = request.language
    with translation.override(language):
        standing, subject = standing_of(request), subject_of(request)
    context: dict[str, Any] = {
        "name": harmless(request.name),
        "request": request,
        "subject": subject,
        "standing": standing,
        "follow_url": absolute_url("followup:follow_request", request.token, language=language),
    }
    return queue_mail(
        template="followup/mail/request_received", to=request.email, language=language, context=context, about=request.about, now=now
    )


def news_for_staff(request: Request, *, now: datetime.datetime) -> list[OutgoingMail]:
    """To who is in charge, or to all of the follow-up while nobody is."""
    owner = request.owner
    readers = [owner] if owner and owner.is_active else list(followers())
    context = {
        "request": request,
        "asked_by": harmless(request.asked_by),
        "request_url": base_url() + reverse("followup_requests:inspect", args=[request.pk]),
    }
    return [
        queue_mail(
            template="followup/mail/request_news",
            to=user.email,
            language=settings.LANGUAGE_CODE,
            context=context,
            about=request.about,
            now=now,
        )
        for user in readers
    ]

"""The mail to the officers about an issue."""

import datetime

from django.conf import settings
from django.urls import reverse

from core.mail.message import queue_mail
from core.models import OutgoingMail, User
from core.web.absolute_urls import base_url
from newsletter.enums.issues import IssueStatus
from newsletter.models import Issue
from newsletter.roles import COMMUNICATION_OFFICER


def issue_in_trouble(issue: Issue, *, now: datetime.datetime) -> list[OutgoingMail]:
    """To everybody who sends the newsletter, in French: mails of an issue do not get through."""
    officers = User.objects.filter(groups__name=COMMUNICATION_OFFICER.name, is_active=True).order_by("pk")
    context = {
        "issue": issue,
        "is_paused": issue.status == IssueStatus.PAUSED,
        "issue_url": base_url() + reverse("newsletter_issues:inspect", args=[issue.pk]),
    }
    return [
        queue_mail(
            template="newsletter/mail/issue_trouble",
            to=user.email,
            language=settings.LANGUAGE_CODE,
            context=context,
            about=f"issue:{issue.pk}",
            now=now,
        )
        for user in officers
    ]

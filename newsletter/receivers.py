"""Listens to the facts of trainings."""

import datetime
from typing import Any

from django.dispatch import receiver

from newsletter.enums.readers import Channel
from newsletter.services.wishes import wish_newsletter
from newsletter.wording import ENROLMENT
from trainings.signals import newsletter_wished


@receiver(newsletter_wished, dispatch_uid="newsletter.wish_of_an_enrolment")
def keep_wish(*, email: str, language: str, at: datetime.datetime, **kwargs: Any) -> None:
    """The box of the enrolment form was ticked: a wish like any other, asked by mail before anything happens."""
    wish_newsletter(email=email, language=language, channel=Channel.ENROLMENT, wording=ENROLMENT, now=at)

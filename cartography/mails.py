"""The mails of the map, one function each. Each link shows on GET and acts on POST only."""

import datetime
from typing import Any

from cartography.geo import belgium
from cartography.models import Place, Submission
from core.mail.message import queue_mail
from core.models import OutgoingMail
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url


def language_of(place: Place) -> str:
    """The language for mails to an organisation."""
    if "nl" in place.languages and ("fr" not in place.languages or place.region == belgium.FLANDERS):
        return "nl"
    return "fr"


def confirm_proposal(submission: Submission, *, now: datetime.datetime) -> OutgoingMail:
    """Asks the sender of a proposal to confirm the email."""
    link = absolute_url("cartography:confirm_proposal", submission.token, language=submission.language)
    context = {"name": harmless(str(submission.values.get("name_fr", ""))), "confirm_url": link}
    return _send("cartography/mail/confirm_proposal", submission.email, submission.language, context, f"submission:{submission.pk}", now)


def decided(submission: Submission, *, now: datetime.datetime) -> OutgoingMail:
    """Tells the sender the decision."""
    place = submission.place
    context = {
        "submission": submission,
        "name": place.name_fr if place else harmless(str(submission.values.get("name_fr", ""))),
        "place_url": absolute_url("cartography:place", place.slug, language=submission.language) if place and place.is_visible else "",
    }
    return _send("cartography/mail/decided", submission.email, submission.language, context, f"submission:{submission.pk}", now)


def edit_link(place: Place, *, language: str, now: datetime.datetime) -> OutgoingMail:
    """Sends the link to edit the organisation's record."""
    return _about_place("cartography/mail/edit_link", place, language=language, now=now)


def confirm_current(place: Place, *, is_last: bool, now: datetime.datetime) -> OutgoingMail:
    """Asks whether the organisation's record is still correct."""
    return _about_place("cartography/mail/confirm_current", place, language=language_of(place), now=now, is_last=is_last)


def delisted(place: Place, *, reason: str, was_silent: bool, now: datetime.datetime) -> OutgoingMail:
    """Tells the organisation that its record was taken off the map, why, and how it can return."""
    more = {"reason": reason, "was_silent": was_silent}
    return _about_place("cartography/mail/delisted", place, language=language_of(place), now=now, **more)


def _about_place(template: str, place: Place, *, language: str, now: datetime.datetime, **more: Any) -> OutgoingMail:
    context = {
        "place": place,
        "name": (place.name_nl if language == "nl" else "") or place.name_fr,
        "checked_on": place.checked_on,
        "own_url": absolute_url("cartography:own_place", place.token, language=language),
        "right_url": absolute_url("cartography:confirm_current", place.token, language=language),
        "change_url": absolute_url("cartography:change_place", place.token, language=language),
    }
    return _send(template, place.email, language, context | more, f"place:{place.pk}", now)


def _send(template: str, to: str, language: str, context: dict[str, Any], about: str, now: datetime.datetime) -> OutgoingMail:
    return queue_mail(template=template, to=to, language=language, context=context, about=about, now=now)

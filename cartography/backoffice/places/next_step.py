"""What a place needs next: its publication, an answer to who wrote about it, or somebody who looks whether it is still right."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cartography.backoffice.permissions import CHANGE_PLACES, DECIDE
from cartography.directory.freshness import HUMAN_LOOK, months_before
from cartography.enums import PlaceStatus
from cartography.models import Place
from core.backoffice.next_step import Gap, NextStep


def step_of(place: Place, user: Any, *, today: datetime.date) -> NextStep | None:
    """The first that is due, for those who may."""
    message = place.submissions.open().order_by("created_at").first()
    if message is not None and user.has_perm(DECIDE):
        url = reverse("cartography_queue:inspect", args=[message.pk])
        return NextStep(label=_("Answer the message about it"), url=url, icon="tasks")
    if not user.has_perm(CHANGE_PLACES):
        return None
    if place.status == PlaceStatus.DRAFT:
        return _action(_("Publish the place"), "publish_place", place, "upload")
    if place.status == PlaceStatus.TO_CONFIRM or (place.is_visible and is_old(place, today)):
        return _action(_("Mark as checked"), "check_place", place, "check")
    return None


def gaps_of(place: Place, *, today: datetime.date) -> list[Gap]:
    """What readers, or the reminders, would miss. Nothing of it blocks."""
    if place.status == PlaceStatus.WITHDRAWN:
        return []
    form = reverse("cartography_places:edit", args=[place.pk])
    lacks = [
        (not place.is_location_verified, _("Nobody has verified its municipality."), "is_location_verified"),
        (place.is_to_place, _("It is shown by its address, and its point is still that of the postal code."), "lat"),
        (not place.email, _("No email address: nobody of the service is asked whether it is still right."), "email"),
    ]
    gaps = [Gap(text=text, url=f"{form}#id_{field}") for is_lacking, text, field in lacks if is_lacking]
    if place.is_visible and is_old(place, today):
        gaps.append(Gap(text=_("Nobody has said for eighteen months that it is still right.")))
    return gaps


def is_old(place: Place, today: datetime.date) -> bool:
    """Somebody should look."""
    return place.known_since is not None and place.known_since < months_before(today, HUMAN_LOOK)


def _action(label: str, name: str, place: Place, icon: str) -> NextStep:
    return NextStep(label=label, url=reverse(f"cartography_backoffice:{name}", args=[place.pk]), icon=icon)

"""Reads of requests."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from core.models import User
from followup.enums import RequestStatus
from followup.models import Request

# What a request points to: read with it.
PARENTS = ("owner", "organisation", "sector")
HANDLE_REQUESTS = "followup.change_request"


def requests_with_parents() -> QuerySet[Request]:
    """All, with what each row of a listing says. One query."""
    return Request.objects.select_related(*PARENTS, "file")


def request_by_token(token: str) -> Request | None:
    """The request of a mailed link; None once the contact person is forgotten."""
    return requests_with_parents().filter(token=token, erased_at=None).first()


def waiting_for(user: Any, *, limit: int) -> list[Request]:
    """Open ones of hers and those nobody took, the longest waiting first."""
    rows = Request.objects.open().exclude(status=RequestStatus.ON_HOLD).filter(Q(owner=user.pk) | Q(owner=None))
    return list(rows.select_related(*PARENTS).order_by("received_on", "pk")[:limit])


def followers() -> QuerySet[User]:
    """Who looks after requests, by the rights of their groups or their own. One query."""
    app, codename = HANDLE_REQUESTS.split(".")
    wanted = Permission.objects.filter(content_type__app_label=app, codename=codename)
    found = User.objects.filter(Q(groups__permissions__in=wanted) | Q(user_permissions__in=wanted), is_active=True)
    return found.distinct().order_by("last_name", "pk")

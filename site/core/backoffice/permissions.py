"""Permission checks of admin views, and the acting user."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.models import User


def staff(request: HttpRequest) -> User:
    """Who acts. The admin lets nobody in without an account; PermissionDenied says so here too."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class RequiresPermission:
    """Every back-office view names the permission it asks for; one that names none is refused."""

    permission: str = ""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not self.permission or not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

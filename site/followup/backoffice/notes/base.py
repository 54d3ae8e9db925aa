"""What every screen of notes asks and promises."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from core.accounts.staff import FOLLOW_UP_NOTES, has_second_factor, used_second_factor
from core.backoffice.screens import ObjectScreen
from core.views.private import private_page
from followup.models import File
from followup.notes.access import may_read_notes


class NotesScreen(ObjectScreen[File]):
    """For the team of the file, with a second factor used in this session. Nothing of it is cached, reported or in a title."""

    model = File
    viewset_name = "followup_files"
    permission = FOLLOW_UP_NOTES
    header_icon = "edit"
    # A form of Django takes PUT for POST, and OPTIONS is answered before anybody asks whose file it is.
    http_method_names: Sequence[str] = ("get", "head", "post")

    @method_decorator((private_page, sensitive_post_parameters(), sensitive_variables()))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not (has_second_factor(request.user) and used_second_factor(request)):
            raise PermissionDenied  # the middleware asks for it; here nobody gets past a middleware that is gone
        response = super().dispatch(request, *args, **kwargs)
        # Here, not after the middleware: an error while it is drawn is reported without what it draws.
        return response.render() if isinstance(response, TemplateResponse) else response

    def rows_for(self, user: Any) -> QuerySet[File]:
        """Who is not of the team learns nothing, not even that there is a file."""
        rows = File.objects.filter(team=user.pk).select_related("request")
        return rows.filter(pk__in=[row.pk for row in rows.filter(pk=self.kwargs["pk"]) if may_read_notes(user, row)])

    def object_name(self, row: File) -> str:
        """In titles, and so in the history of a browser: never the organisation."""
        return str(row.reference)

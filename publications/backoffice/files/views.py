"""Serves a file to the publications team before it is public: a draft has no public URL."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from core.backoffice.permissions import RequiresPermission
from core.files.storage import stream_of
from core.web.middleware import set_policy
from publications.backoffice.permissions import VIEW_EDITIONS
from publications.enums import GOOD
from publications.files.views import PDF_POLICY
from publications.models import EditionFile


class ReadFileView(RequiresPermission, View):
    """One version, once it was found harmless. Nothing counts it, nothing keeps it."""

    permission = VIEW_EDITIONS
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = get_object_or_404(EditionFile.objects.select_related("edition__work"), pk=self.kwargs["pk"], state__in=GOOD)
        name = f"{file.edition.file_stem}-v{file.number}.pdf"
        headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
        response: Any = FileResponse(stream_of(file.file), content_type="application/pdf", headers=headers)
        set_policy(response, PDF_POLICY)
        return response

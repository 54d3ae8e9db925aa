"""What the screens of one kind of row share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from core.backoffice.permissions import staff
from core.backoffice.screens import Crumb, ListingScreen
from core.merging.merge import MergeRefusal, UndoRefusal
from core.merging.registry import MergeKind, kind_of

MERGE = "core.add_merge"
REFUSALS = {
    MergeRefusal.SAME_ROW: _("These two are one already."),
    MergeRefusal.GONE: _("One of the two is gone: somebody was quicker."),
    MergeRefusal.BUSY: _("Something changed while you decided. Look again, and try once more."),
    UndoRefusal.DONE: _("This merge is undone already."),
    UndoRefusal.TOO_LATE: _("A merge can be undone for 30 days; what it takes is forgotten by now."),
    UndoRefusal.GONE: _("What was kept is gone, or was merged again since: undo that merge first."),
    UndoRefusal.COLLIDES: _("Something that came since stands in the way: the same place was taken again under the old name."),
}


class MergingScreen(ListingScreen):
    """Below the listing of `model`; only for those who see its rows and may merge."""

    permission = MERGE
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(self.kind.view_permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def kind(self) -> MergeKind:
        return kind_of(self.model)

    def url_of(self, name: str, *keys: int) -> str:
        return reverse(f"{self.viewset_name}:{name}", args=keys)

    @property
    def back_url(self) -> str:
        return self.url_of("known_twice")

    def object_crumbs(self) -> list[Crumb]:
        return [{"url": self.back_url, "label": _("Known twice")}]

    def rows(self, *keys: int) -> list[Any]:
        """In this order. Http404 where one is gone, or both are one."""
        found = self.kind.rows.in_bulk(set(keys))
        if len(found) < len(keys):
            raise Http404
        return [found[key] for key in keys]

    def write_log(self, row: Any, action: str) -> None:
        """By number: the log outlives names of people."""
        log(row, action, user=staff(self.request), title=f"{row._meta.verbose_name} {row.pk}")

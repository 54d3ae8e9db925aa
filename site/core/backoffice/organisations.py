"""The directory of organisations in the admin: the listing, and one with its names and what hangs on it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton

from core.backoffice.listing import Fact, IndexView, InspectView, facts, link_to
from core.backoffice.merging.base import MERGE
from core.directory.merging import ORGANISATIONS
from core.merging.registry import holdings_of
from core.models import Organisation


class OrganisationIndexView(IndexView):
    """Found by any name: in French, in Dutch, another or a former one."""

    list_display = ("name_fr", "name_nl", "sector", "municipality", "is_listed")
    # Names of other rows are no part of the search index.
    search_backend_name = None
    search_fields = ("name_fr", "name_nl", "municipality", "other_names__name")

    def rows_for(self, user: Any) -> QuerySet[Organisation]:
        return Organisation.objects.select_related("sector").distinct()

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if self.request.user.has_perm(MERGE):
            url = reverse("core_organisations:known_twice")
            buttons.append(HeaderButton(_("Known twice"), url=url, icon_name="group", priority=20))
        return buttons


class OrganisationInspectView(InspectView):
    """One organisation."""

    def get_fields_context(self) -> list[Fact]:
        shown: Organisation = self.object
        others = [f"{each.name} ({each.get_kind_display()})" for each in shown.other_names.all()]
        counts = [(holding.rows(shown).count(), holding.label) for holding in holdings_of(ORGANISATIONS) if holding.model not in OWN]
        held = [f"{count} {label}" for count, label in counts if count]
        return facts(
            (_("Name in French"), shown.name_fr),
            (_("Name in Dutch"), shown.name_nl),
            (_("Other names"), ", ".join(others)),
            (_("Sector"), shown.sector and link_to(reverse("core_sectors:edit", args=[shown.sector_id]), shown.sector)),
            (_("Municipality"), shown.municipality),
            (_("Shown and offered to the public"), _("yes") if shown.is_listed else _("no")),
            (_("What hangs on it"), ", ".join(held)),
        )

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = list(super().header_buttons)
        if self.request.user.has_perm(MERGE):
            url = reverse("core_organisations:partners", args=[self.object.pk])
            buttons.append(HeaderButton(_("Merge with another"), url=url, icon_name="group", priority=20))
        return buttons


# Its own names are no other thing that hangs on it.
OWN = {"core.OrganisationName"}

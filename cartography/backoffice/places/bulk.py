"""Bulk actions on places. Each place goes through the same service as a single action."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log

from cartography.backoffice.filters import PlaceFilterSet
from cartography.backoffice.forms import ReasonForm
from cartography.backoffice.permissions import CHANGE_PLACES
from cartography.backoffice.places.views import PlaceIndexView
from cartography.enums import CheckedBy
from cartography.models import Place
from cartography.places import services as services
from core import clock
from core.backoffice.permissions import staff
from core.lifecycle.transitions import TransitionNotAllowed


class PlaceBulkAction(BulkAction):
    """Subclasses call one service."""

    models: ClassVar = [Place]
    template_name = "cartography/backoffice/bulk_confirm.html"
    effect: Any = ""
    log_action = ""

    def check_perm(self, obj: Place) -> bool:
        return bool(self.request.user.has_perm(CHANGE_PLACES))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """ "All in the listing" applies its filters and search text, taken from the `next` URL."""
        query = QueryDict(urlsplit(self.next_url).query)
        rows = PlaceFilterSet(query, queryset=Place.objects.all(), request=self.request).qs
        if search_text := query.get("q", "").strip():
            rows = rows.filter(reduce(or_, (Q(**{f"{field}__icontains": search_text}) for field in PlaceIndexView.search_fields)))
        return rows.values_list("pk", flat=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"display_name": self.display_name, "effect": self.effect, "button_class": " ".join(self.classes)}

    def get_execution_context(self) -> dict[str, Any]:
        return {"by": staff(self.request), **self.cleaned_form.cleaned_data}

    @classmethod
    def step(cls, place: Place, by: Any, **answers: Any) -> None:
        """Calls the service; `answers` are those of the action's form."""
        raise NotImplementedError

    @classmethod
    def execute_action(cls, objects: Sequence[Place], by: Any = None, **answers: Any) -> tuple[int, int]:
        done = 0
        for place in objects:
            try:
                cls.step(place, by, **answers)
            except TransitionNotAllowed:
                continue
            log(place, cls.log_action, user=by)
            done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext("%(count)s place done; the others were not in a state for it.", "%(count)s places done.", num_parent_objects)
        return text % {"count": num_parent_objects}


class PublishPlaces(PlaceBulkAction):
    display_name = _("Publish")
    action_type = "publish"
    log_action = "cartography.publish_place"
    aria_label = _("Publish the selected places")
    effect = _("Readers find them on the map. Those already published stay as they are.")

    @classmethod
    def step(cls, place: Place, by: Any, **answers: Any) -> None:
        services.publish_place(place=place, now=clock.now(), by=by)


class CheckPlaces(PlaceBulkAction):
    display_name = _("Mark as checked")
    action_type = "check"
    log_action = "cartography.check_place"
    aria_label = _("Mark the selected places as checked")
    effect = _("They count as checked today by Smes.")

    @classmethod
    def step(cls, place: Place, by: Any, **answers: Any) -> None:
        services.confirm_place(place=place, checked_by=CheckedBy.SMES, now=clock.now(), by=by)


class WithdrawPlaces(PlaceBulkAction):
    display_name = _("Withdraw")
    action_type = "withdraw"
    log_action = "cartography.withdraw_place"
    aria_label = _("Withdraw the selected places")
    effect = _("Readers no longer see them. Records and history stay.")
    classes: ClassVar = {"serious"}
    form_class = ReasonForm

    @classmethod
    def step(cls, place: Place, by: Any, **answers: Any) -> None:
        services.withdraw_place(place=place, now=clock.now(), by=by, **answers)


ACTIONS = (PublishPlaces, CheckPlaces, WithdrawPlaces)

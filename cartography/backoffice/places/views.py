"""Places in the admin: listing, form, one place with its history and actions."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from cartography.backoffice.forms import ReasonForm
from cartography.backoffice.permissions import ADD_PLACES, CHANGE_PLACES
from cartography.backoffice.places.next_step import gaps_of, step_of
from cartography.enums import PLACE_TRANSITIONS, CheckedBy, PlaceStatus
from cartography.geo.drawing import marker
from cartography.mails import language_of
from cartography.models import Place
from cartography.places import services as services
from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.next_step import Gap, NextStep
from core.backoffice.permissions import staff
from core.backoffice.versions.views import EditView
from core.languages import Language
from core.lifecycle.transitions import TransitionNotAllowed


def where(row: Place) -> str:
    """The municipality, whether somebody verified it, and whether its address is still to be placed."""
    name = row.municipality if row.is_location_verified else _("%(name)s (not verified)") % {"name": row.municipality}
    return _("%(name)s · point to be placed") % {"name": name} if row.is_to_place else name


class PlaceIndexView(IndexView):
    """Every place; the checkboxes act on several."""

    template_name = "cartography/backoffice/places.html"
    default_ordering = "name_fr"
    search_fields = ("name_fr", "name_nl", "postal_code", "email", "slug")
    list_display = (
        TitleColumn(
            "name_fr",
            label=gettext_lazy("Place"),
            sort_key="name_fr",
            url_name="cartography_places:inspect",
            get_title_id=lambda row: f"place_{row.pk}_title",  # what the checkbox points to
        ),
        Column("municipality", label=gettext_lazy("Municipality"), accessor=where),
        Column("sector", label=gettext_lazy("Sector"), sort_key="sector__name_fr"),
        DayColumn("checked_on", label=gettext_lazy("Last checked"), sort_key="checked_on"),
        status_column(PlaceStatus.PUBLISHED),
    )

    @cached_property
    def columns(self) -> list[Column]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="place"), *super().columns]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The export, the figures, and the import for those who may add places."""
        buttons = [*super().header_more_buttons]
        buttons.append(Button(_("Figures of the map"), url=reverse("cartography_backoffice:statistics"), icon_name="order", priority=95))
        if self.request.user.has_perm(ADD_PLACES):
            buttons.append(Button(_("Import places"), url=reverse("cartography_imports:add"), icon_name="upload", priority=96))
        return buttons


class PlaceCreateView(generic.CreateView):
    """A draft."""

    template_name = "cartography/backoffice/place_create.html"

    def save_instance(self) -> Place:
        place = services.create_place(data=self.form.place_data(), notes=self.form.notes(), now=clock.now(), by=staff(self.request))
        log(place, "wagtail.create", user=staff(self.request))
        return place

    def get_success_url(self) -> str:
        return reverse("cartography_places:inspect", args=[self.object.pk])


class PlaceEditView(EditView):
    """The facts of a place, and its point on the map."""

    template_name = "cartography/backoffice/place_edit.html"

    def save_instance(self) -> Place:
        changed = services.change_place(place=self.object, data=self.form.place_data(), notes=self.form.notes())
        if changed:
            log(self.object, "wagtail.edit", user=staff(self.request), data={"fields": changed})
        self.object.refresh_from_db()
        return self.object

    def get_success_url(self) -> str:
        return reverse("cartography_places:inspect", args=[self.object.pk])


class PlaceInspectView(InspectView):
    """One place: what readers see, what the team knows, its history and its messages."""

    template_name = "cartography/backoffice/place_inspect.html"
    page_title = gettext_lazy("Place")

    def next_step(self) -> NextStep | None:
        return step_of(self.object, self.request.user, today=clock.today())

    def gaps(self) -> list[Gap]:
        """For those who can mend them."""
        return gaps_of(self.object, today=clock.today()) if self.request.user.has_perm(CHANGE_PLACES) else []

    @cached_property
    def header_buttons(self) -> list[Any]:
        """All in sight, none behind a menu that needs a script."""
        buttons = [HeaderButton(_("Edit"), url=url, icon_name="edit", priority=1)] if (url := self.get_edit_url()) else []
        if self.object.is_visible:
            buttons.append(HeaderButton(_("See the page"), url=self.object.get_absolute_url(), icon_name="view", priority=2))
        return buttons + self._steps()

    def _steps(self) -> list[Any]:
        """What this place can become, for those who may do it."""
        if not self.request.user.has_perm(CHANGE_PLACES):
            return []
        allowed = PLACE_TRANSITIONS[self.object.status]
        steps = [
            (PlaceStatus.PUBLISHED in allowed and self.object.status != PlaceStatus.TO_CONFIRM, _("Publish"), "publish_place", "upload"),
            (self.object.is_visible, _("Mark as checked"), "check_place", "check"),
            (PlaceStatus.WITHDRAWN in allowed, _("Withdraw"), "withdraw_place", "circle-xmark"),
            (PlaceStatus.DRAFT in allowed, _("Make it a draft again"), "reopen_place", "undo"),
        ]
        return self.action_buttons(steps, HeaderButton)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.object
        return super().get_context_data(**kwargs) | {
            "marker": marker(place.lat, place.lon, place.region, is_exact=place.is_point_placed),
            "transitions": place.transitions.select_related("by"),
            "checks": place.checks.select_related("by"),
            "messages_about": place.submissions.all(),
        }


class PlaceActionView(ObjectActionView[Place]):
    """An action on one place."""

    model = Place
    viewset_name = "cartography_places"
    permission = CHANGE_PLACES
    header_icon = "globe"
    refusals: ClassVar = {TransitionNotAllowed: gettext_lazy("Somebody was quicker: the place has another status now.")}

    def act(self, form: Any) -> str:
        super().act(form)
        return _("Done: %(place)s.") % {"place": self.object}


class PublishPlaceView(PlaceActionView):
    """Onto the map."""

    action_label = gettext_lazy("Publish the place")
    log_action = "cartography.publish_place"

    def gaps(self) -> list[Gap]:
        return gaps_of(self.object, today=clock.today())

    def effects(self) -> list[str]:
        return [_("Readers find it on the map, in the three languages. Nobody gets a mail.")]

    def step(self, form: Any) -> None:
        services.publish_place(place=self.object, now=clock.now(), by=staff(self.request))


class CheckPlaceView(PlaceActionView):
    """Somebody of Smes looked."""

    action_label = gettext_lazy("Mark as checked")
    log_action = "cartography.check_place"

    def effects(self) -> list[str]:
        return [_("The record counts as checked today by Smes; the reminders begin anew in eleven months.")]

    def step(self, form: Any) -> None:
        services.confirm_place(place=self.object, checked_by=CheckedBy.SMES, now=clock.now(), by=staff(self.request))


class WithdrawPlaceView(PlaceActionView):
    """Off the map."""

    action_label = gettext_lazy("Withdraw the place")
    log_action = "cartography.withdraw_place"
    is_destructive = True
    form_class = ReasonForm

    def effects(self) -> list[str]:
        place = self.object
        lines = [_("Readers no longer see it; its page says that it left the map. The record and its history stay.")]
        if place.is_visible and place.email:
            words = {"email": place.email, "language": Language(language_of(place)).label}
            lines.append(_("The service gets a mail (%(language)s) at %(email)s, unless you untick it.") % words)
        elif place.is_visible:
            lines.append(_("No address of the service is known: nobody gets a mail."))
        return lines

    def step(self, form: Any) -> None:
        services.withdraw_place(place=self.object, now=clock.now(), by=staff(self.request), **form.cleaned_data)


class ReopenPlaceView(PlaceActionView):
    """A second chance."""

    action_label = gettext_lazy("Make it a draft again")
    log_action = "cartography.reopen_place"

    def effects(self) -> list[str]:
        return [_("It can be corrected and published again.")]

    def step(self, form: Any) -> None:
        services.reopen_place(place=self.object, now=clock.now(), by=staff(self.request))

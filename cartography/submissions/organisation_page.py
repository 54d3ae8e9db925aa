"""Behind the mailed link of an organisation: its record, the button that confirms it, and changes. GET shows, POST acts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cartography.enums import CheckedBy, PlaceStatus
from cartography.models import Place
from cartography.places.data import PlaceData
from cartography.places.services import confirm_place
from cartography.submissions.forms import ChangeForm
from cartography.submissions.services import propose_edit
from core import clock
from core.languages import current_language
from core.views.token import TokenActionView, TokenView


class OwnPlaceMixin(TokenView[Place]):
    """The place of a link; a withdrawn one too, which may ask to come back."""

    def find(self, token: str) -> Place | None:
        found: Place | None = Place.objects.exclude(status=PlaceStatus.DRAFT).select_related("sector").filter(token=token).first()
        return found

    def get_context(self) -> dict[str, Any]:
        return {"place": self.row}


class OwnPlaceView(OwnPlaceMixin):
    """What the map says, and the two things the organisation can do about it."""

    template_name = "cartography/own_place.html"

    def get_context(self) -> dict[str, Any]:
        own = {"was_changed": "changed" in self.request.GET, "is_right_today": self.row.checked_on == clock.today()}
        return super().get_context() | own


class ConfirmCurrentView(OwnPlaceMixin, TokenActionView[Place]):
    """One button: the record is still correct."""

    template_name = "cartography/confirm_current.html"

    def instead_of_form(self) -> HttpResponse | None:
        return None if self.row.is_visible else redirect("cartography:own_place", token=self.token)

    def act(self, form: Any) -> HttpResponse:
        confirm_place(place=self.row, checked_by=CheckedBy.ORGANISATION, now=form.now)
        return redirect("cartography:own_place", token=self.token)


class ChangePlaceView(OwnPlaceMixin, TokenActionView[Place]):
    """Proposes changes to the record. A map editor decides before readers see them."""

    template_name = "cartography/change_place.html"
    form_class = ChangeForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"place": self.row}

    def act(self, form: Any) -> HttpResponse:
        data = form.place_data(PlaceData.of(self.row))
        propose_edit(place=self.row, data=data, comment=form.cleaned_data["comment"], language=current_language(), now=form.now)
        return redirect(f"{reverse('cartography:own_place', args=[self.token])}?changed=1")

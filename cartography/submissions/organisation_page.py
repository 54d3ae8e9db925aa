"""Behind the mailed link of a service: its record, 'still right', and changes. GET shows, POST acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from cartography.enums import CheckedBy, PlaceStatus
from cartography.models import Place
from cartography.places.data import PlaceData
from cartography.places.services import confirm_place
from cartography.submissions.forms import ChangeForm
from cartography.submissions.services import propose_edit
from core import clock
from core.forms import ConfirmForm
from core.views.private import link_unknown, private_page


def _own(token: str) -> Place | None:
    """The place of a link; a withdrawn one too, which may ask to come back."""
    found: Place | None = Place.objects.exclude(status=PlaceStatus.DRAFT).select_related("sector").filter(token=token).first()
    return found


@require_safe
@private_page
def own_place(request: HttpRequest, token: str) -> HttpResponse:
    """What the map says, and the two things the service can do about it."""
    place = _own(token)
    if place is None:
        return link_unknown(request)
    context = {"place": place, "was_changed": "changed" in request.GET, "is_right_today": place.checked_on == clock.today()}
    return TemplateResponse(request, "cartography/own_place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """One button. A scanner that opens the page confirms nothing."""
    place = _own(token)
    if place is None:
        return link_unknown(request)
    if not place.is_visible:
        return redirect("cartography:own_place", token=token)
    form = ConfirmForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        confirm_place(place=place, checked_by=CheckedBy.ORGANISATION, now=form.now)
        return redirect("cartography:own_place", token=token)
    return TemplateResponse(request, "cartography/still_right.html", {"place": place, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def change_place(request: HttpRequest, token: str) -> HttpResponse:
    """The record, to correct. A person of the map looks before readers see it."""
    place = _own(token)
    if place is None:
        return link_unknown(request)
    form = ChangeForm(request.POST if request.method == "POST" else None, request=request, place=place)
    if form.is_bound and form.is_valid():
        data = form.place_data(PlaceData.of(place))
        propose_edit(place=place, data=data, comment=form.cleaned_data["comment"], language=(get_language() or "fr")[:2], now=form.now)
        return redirect(f"{reverse('cartography:own_place', args=[token])}?changed=1")
    return TemplateResponse(request, "cartography/change_place.html", {"place": place, "form": form}, status=422 if form.errors else 200)

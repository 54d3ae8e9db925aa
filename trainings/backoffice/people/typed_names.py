"""Organisations as people typed them, each to be taken as one of the directory."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.log_actions import log

from core.backoffice.confirm import ConfirmView
from core.backoffice.permissions import staff
from core.backoffice.screens import Crumb, ListingScreen
from core.models import Organisation, Sector
from trainings.backoffice.permissions import CHANGE_ENROLMENTS
from trainings.models import Participant
from trainings.people.typed_names import add_to_directory, take_as, typed_names

LIST = "trainings_backoffice:typed_names"


class TypedNamesView(ListingScreen, TemplateView):
    """The most frequent first."""

    model = Participant
    viewset_name = "trainings_participants"
    permission = CHANGE_ENROLMENTS
    header_icon = "site"
    template_name = "trainings/backoffice/typed_names.html"
    page_title = gettext_lazy("Organisations as they were typed")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"names": typed_names()}


class TakeAsForm(forms.Form):
    """Which organisation is meant."""

    name = forms.CharField(widget=forms.HiddenInput, max_length=200)
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.order_by("name_fr"),
        label=gettext_lazy("Organisation of the directory"),
        required=False,
        empty_label=gettext_lazy("– a new one, of this name –"),
    )
    sector = forms.ModelChoiceField(
        queryset=Sector.objects.all(), label=gettext_lazy("Sector"), required=False, help_text=gettext_lazy("For a new one.")
    )


class TakeAsView(ListingScreen, ConfirmView):
    """One typed name."""

    model = Participant
    viewset_name = "trainings_participants"
    permission = CHANGE_ENROLMENTS
    header_icon = "site"
    form_class = TakeAsForm
    page_title = gettext_lazy("Which organisation is this?")
    action_label = gettext_lazy("Take it as this one")

    @property
    def back_url(self) -> str:
        return reverse(LIST)

    def object_crumbs(self) -> list[Crumb]:
        return [{"url": self.back_url, "label": TypedNamesView.page_title}]

    @cached_property
    def typed(self) -> str:
        return str(self.request.POST.get("name") or self.request.GET.get("name", ""))[:200]

    def get_initial(self) -> dict[str, Any]:
        meant = next((each.meant for each in typed_names() if each.name == self.typed), None)
        return {"name": self.typed, "organisation": meant}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page_subtitle=self.typed, **kwargs)

    def effects(self) -> list[str]:
        return [
            _("Whoever typed “%(name)s” is counted with this organisation. Whoever types it from now on is too.") % {"name": self.typed},
            _("What was typed stays in the enrolments. Nobody gets a mail."),
        ]

    def act(self, form: Any) -> str:
        name, organisation = form.cleaned_data["name"], form.cleaned_data["organisation"]
        if organisation is None:
            organisation = add_to_directory(name=name, sector=form.cleaned_data["sector"])
            log(organisation, "wagtail.create", user=staff(self.request))
            return _("“%(name)s” is in the directory. The public does not see it yet.") % {"name": name}
        count = take_as(name=name, organisation=organisation)
        log(organisation, "wagtail.edit", user=staff(self.request))
        told = ngettext("%(count)s enrolment is counted with it now.", "%(count)s enrolments are counted with it now.", count)
        return told % {"count": count}

"""Whom to pay, by when, and when unpaid requests are recalled: one form."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from core.backoffice.confirm import ConfirmView
from core.backoffice.permissions import staff
from core.backoffice.screens import ListingScreen
from trainings.backoffice.permissions import CHANGE_PAYMENT_SETTINGS
from trainings.models import PaymentRequest, PaymentSettings


class PaymentSettingsForm(forms.ModelForm):
    """The one row."""

    class Meta:
        model = PaymentSettings
        fields = "__all__"  # noqa: DJ007 (each of its columns is a setting)
        widgets = {"postal_address": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012 (Django's own)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = cleaned.get("first_reminder"), cleaned.get("second_reminder")
        if first and second and second <= first:
            self.add_error("second_reminder", _("The second reminder comes after the first."))
        return cleaned


class PaymentSettingsView(ListingScreen, ConfirmView):
    """What every payment request to come says. Those that were sent stay as they are."""

    model = PaymentRequest
    viewset_name = "payments_requests"
    permission = CHANGE_PAYMENT_SETTINGS
    form_class: Any = PaymentSettingsForm
    page_title = gettext_lazy("Payment settings")
    action_label = gettext_lazy("Keep")
    header_icon = "cog"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": PaymentSettings.current()}

    def effects(self) -> list[str]:
        return [_("Payment requests that were sent stay as they are. Without a name and an IBAN the site asks nobody to pay.")]

    @transaction.atomic
    def act(self, form: Any) -> str:
        kept = form.save()
        log(kept, "trainings.change_payment_settings", user=staff(self.request), title=str(_("Payment settings")))
        return _("The settings are kept.")

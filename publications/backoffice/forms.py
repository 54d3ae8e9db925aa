"""Forms of the admin. Each provides the arguments of one service."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.backoffice.dates import DateField
from core.forms import RowsField
from core.languages import IN_THE_READERS_LANGUAGE
from core.text.dates import written
from publications.enums import BY_HAND, MoveKind, Refusal, Withdrawal
from publications.files.upload import FileRefused, quick_check
from publications.models import PaperOrder, Work

KINDS_BY_HAND = [(kind.value, kind.label) for kind in BY_HAND]


class WorkForm(WagtailAdminModelForm):
    """A work. Its code is part of URLs people keep, so it cannot be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None


class EditionForm(WagtailAdminModelForm):
    """An edition; its languages are ticked, not typed."""

    languages = forms.MultipleChoiceField(label=_("Languages"), choices=IN_THE_READERS_LANGUAGE, widget=forms.CheckboxSelectMultiple)


class UploadForm(forms.Form):
    """A new version. What can be seen at once is said at once."""

    file = forms.FileField(
        label=_("PDF file"),
        help_text=_("At most 40 MB. Tagged for screen readers, with its title and language set, if you can."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            quick_check(upload)
        except FileRefused as refusal:
            raise ValidationError(str(Refusal(refusal.reason).label), code=refusal.reason) from refusal
        return upload


class PrintRunForm(forms.Form):
    """Copies that came from the printer."""

    quantity = forms.IntegerField(label=_("Copies"), min_value=1, max_value=100_000)
    printed_on = DateField(label=_("Printed on"))
    cost_centre = forms.CharField(label=_("Cost centre"), max_length=60, required=False)


class MoveForm(forms.Form):
    """Copies somebody took, lost or found."""

    kind = forms.ChoiceField(label=_("What happened"), choices=KINDS_BY_HAND, widget=forms.RadioSelect)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=100_000)
    note = forms.CharField(label=_("Note"), max_length=160, required=False, help_text=_("For example the event. No name of a person."))

    def clean_kind(self) -> MoveKind:
        return MoveKind(self.cleaned_data["kind"])


class DepositForm(forms.Form):
    """When the two copies left."""

    sent_on = DateField(label=_("Sent on"))


class WithdrawForm(forms.Form):
    """Why it is no longer offered; readers see the reason."""

    reason = forms.ChoiceField(label=_("Reason, shown to readers"), choices=Withdrawal.choices, widget=forms.RadioSelect)

    def clean_reason(self) -> Withdrawal:
        return Withdrawal(self.cleaned_data["reason"])


class WithdrawWorkForm(WithdrawForm):
    """The same for all editions at once."""

    replaced_by = forms.ModelChoiceField(label=_("Replaced by"), queryset=Work.objects.none(), required=False)

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["replaced_by"]
        field.queryset = Work.objects.offered().exclude(pk=work.pk)


class ShipmentChoiceField(RowsField):
    """A choice of orders, each labelled with the content of its parcel."""

    def label_from_instance(self, obj: Any) -> str:
        content = f"{obj.copies} × {obj.edition.work.code} {'/'.join(obj.edition.languages)}"
        day = written(obj.created_at)
        return f"{obj.reference} · {obj.organisation or obj.name}, {obj.municipality} · {content} · {day}"


class SendOrdersForm(forms.Form):
    """Marks orders as sent."""

    orders = ShipmentChoiceField(
        label=_("Parcels"), queryset=PaperOrder.objects.to_send().select_related("edition__work"), widget=forms.CheckboxSelectMultiple
    )


class ReasonForm(forms.Form):
    """Why, for the history."""

    reason = forms.CharField(
        label=_("Reason"), max_length=240, required=False, help_text=_("Kept in the history of the order; not in the mail.")
    )

"""Approving the report of a year: what it says, what changed since the last version, one button."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView, Refused
from core.backoffice.permissions import staff
from figures.approval.approve import NothingChanged, ReasonMissing, ReportMoved, approve_report
from figures.approval.changes import Change, changes
from figures.backoffice.permissions import APPROVE
from figures.backoffice.report.scope import ScopeMixin
from figures.models import Snapshot
from figures.report.canonical import digest_of, from_bytes
from figures.report.reading import Report, read_report
from figures.report.year_before import approved, programme_asked


class ApproveForm(forms.Form):
    """`seen` says which figures the reader saw. The reason is asked of a correction only."""

    seen = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Why figures that were approved are corrected. It is kept with this version."),
    )

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["note"]


class ApproveView(ScopeMixin, ConfirmView):
    """For a whole year, of one programme or of all together."""

    permission = APPROVE
    template_name = "figures/backoffice/approve.html"
    header_icon = "lock"
    action_label = gettext_lazy("Approve the report")
    form_class = ApproveForm

    @cached_property
    def report(self) -> Report:
        return read_report(self.scope)

    @cached_property
    def standing(self) -> Snapshot | None:
        return approved(self.scope)

    @cached_property
    def changes(self) -> list[Change]:
        return changes(from_bytes(self.standing.content), self.report) if self.standing else []

    def get_page_subtitle(self) -> str:
        names = ", ".join(str(each.label) for each in self.programmes)
        return f"{self.year}, {_('all programmes') if programme_asked(self.scope) == '' else names}"

    def effects(self) -> list[str]:
        told = [
            _("The figures are kept as they are now, for ever. A later correction is a new version that says what changed."),
            _("The key figures on the pages of the site show them, with their year. Small numbers are not shown there."),
        ]
        if self.standing:
            told.append(_("Version %(version)s stands until then.") % {"version": self.standing.version})
        return told

    @property
    def back_url(self) -> str:
        return f"{reverse('figures_backoffice:report')}{self.query(year=str(self.year))}"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {"is_correction": self.standing is not None}

    def get_initial(self) -> dict[str, Any]:
        return {"seen": digest_of(self.report)}

    def act(self, form: Any) -> str:
        programme = programme_asked(self.scope)
        if programme is None:
            raise Refused(_("Approve one programme, or all together: a choice of some is no report."))
        try:
            made = approve_report(
                year=self.year,
                programme=programme,
                seen=form.cleaned_data["seen"],
                note=form.cleaned_data.get("note", ""),
                by=staff(self.request),
                now=clock.now(),
            )
        except NothingChanged as refusal:
            raise Refused(_("Nothing changed since the version that stands.")) from refusal
        except ReasonMissing as refusal:
            raise Refused(_("A correction says why.")) from refusal
        except ReportMoved as refusal:
            raise Refused(_("Figures changed since you opened this page. Open it again and look at them before you approve.")) from refusal
        log(made, "figures.approve_report", user=staff(self.request), title=str(made))
        return _("The report is approved: %(report)s.") % {"report": made}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"standing": self.standing, "changes": self.changes, "report": self.report}

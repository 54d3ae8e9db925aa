"""Works in the admin: the listing, one work with its pages and editions, its withdrawal."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import IndexView, InspectView
from core.backoffice.next_step import Gap, NextStep
from core.backoffice.permissions import staff
from publications.backoffice.forms import WithdrawWorkForm
from publications.backoffice.permissions import CHANGE_WORKS
from publications.backoffice.refusals import orders_left_open
from publications.backoffice.works.next_step import work_gaps, work_step
from publications.backoffice.works.pages import page_rows
from publications.models import Edition, PaperOrder, Work
from publications.works.editions import restore_work, withdraw_work


class WorkIndexView(IndexView):
    """The latest first."""

    default_ordering = "-year"
    list_display = (
        "name",
        Column("series", label=gettext_lazy("Series"), accessor=lambda row: f"{row.series.name} {row.number or ''}" if row.series else "–"),
        "year",
        "kind",
        Column("programme", label=gettext_lazy("Programme"), accessor=lambda row: row.get_programme_display() or "–"),
        StatusTagColumn("withdrawn", label=gettext_lazy("Status"), accessor=lambda row: _("withdrawn") if row.is_withdrawn else ""),
    )


class WorkInspectView(InspectView):
    """One work: its pages in each language and its editions."""

    template_name = "publications/backoffice/work_inspect.html"
    page_title = gettext_lazy("Publication")

    def next_step(self) -> NextStep | None:
        return work_step(self.object, self.request.user)

    def gaps(self) -> list[Gap]:
        """For those who can mend them."""
        return work_gaps(self.object) if self.request.user.has_perm(CHANGE_WORKS) else []

    @cached_property
    def header_buttons(self) -> list[Any]:
        edit_url = self.get_edit_url()
        return [HeaderButton(_("Edit"), url=edit_url, icon_name="edit", priority=10)] if edit_url else []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        changes, is_withdrawn = self.request.user.has_perm(CHANGE_WORKS), self.object.is_withdrawn
        steps = [
            (changes and is_withdrawn, _("Offer again"), "restore_work", "circle-xmark"),
            (changes and not is_withdrawn, _("Withdraw"), "withdraw_work", "circle-xmark"),
        ]
        return self.action_buttons(steps)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "page_rows": page_rows(self.object, self.request.user),
            "editions": self.object.editions.select_related("current_file").with_stock().with_downloads(),
            "authors": self.object.authors.select_related("organisation"),
        }


class WorkActionView(ObjectActionView[Work]):
    """An action on one work."""

    model = Work
    viewset_name = "publications_works"
    permission = CHANGE_WORKS
    header_icon = "doc-full"


class WithdrawWorkView(WorkActionView):
    """All editions at once; the page stays as a notice."""

    action_label = gettext_lazy("Withdraw")
    is_destructive = True
    form_class = WithdrawWorkForm
    log_action = "publications.withdraw_work"
    done = gettext_lazy("The publication is withdrawn.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"work": self.object}

    def effects(self) -> list[str]:
        gone = _("Nobody can download or order any of its editions. The page stays and says that it is withdrawn, and why.")
        return [gone, *orders_left_open(PaperOrder.objects.filter(edition__work=self.object))]

    def step(self, form: Any) -> None:
        answers = form.cleaned_data
        withdraw_work(
            work=self.object, reason=answers["reason"], replaced_by=answers["replaced_by"], now=clock.now(), by=staff(self.request)
        )


class RestoreWorkView(WorkActionView):
    """Offered again."""

    action_label = gettext_lazy("Offer again")
    log_action = "publications.restore_work"

    def effects(self) -> list[str]:
        return [_("Its published editions can be had again; the notice goes.")]

    def step(self, form: Any) -> str:
        restore_work(work=self.object, now=clock.now(), by=staff(self.request))
        if Edition.objects.reachable().filter(work=self.object).exists():
            return _("The publication is offered again.")
        return _("The publication is no longer withdrawn, but readers can have none of its editions: publish one, and its page.")

"""Works in the admin: the listing, one work with its pages and editions, its withdrawal."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import IndexView, OwnInspectView
from core.backoffice.permissions import staff
from publications.backoffice.forms import WithdrawWorkForm
from publications.backoffice.permissions import CHANGE_WORKS
from publications.backoffice.refusals import orders_left_open
from publications.models import PaperOrder, Work
from publications.works.editions import restore_work, withdraw_work


class WorkIndexView(IndexView):
    """The latest first."""

    default_ordering = "-year"

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Title"), sort_key="name", get_url=lambda row: reverse("publications_works:inspect", args=[row.pk])),
            Column("series", label=_("Series"), accessor=lambda row: f"{row.series.name} {row.number or ''}" if row.series else "–"),
            Column("year", label=_("Year"), sort_key="year"),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("programme", label=_("Programme"), accessor=lambda row: row.get_programme_display() or "–"),
            StatusTagColumn("withdrawn", label=_("Status"), accessor=lambda row: _("withdrawn") if row.is_withdrawn else ""),
        ]


class WorkInspectView(OwnInspectView):
    """One work: its pages in each language and its editions."""

    template_name = "publications/backoffice/work_inspect.html"
    page_title = gettext_lazy("Publication")

    def rows_for(self, user: Any) -> QuerySet[Work]:
        rows: QuerySet[Work] = Work.objects.select_related("series", "replaced_by")
        return rows

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("publications_works:index"), "label": _("Publications")},
            {"url": "", "label": str(self.object)},
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        edit_url = self.get_edit_url()
        return [HeaderButton(_("Edit"), url=edit_url, icon_name="edit", priority=10)] if edit_url else []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        if not self.request.user.has_perm(CHANGE_WORKS):
            return []
        name, label = ("restore_work", _("Offer again")) if self.object.is_withdrawn else ("withdraw_work", _("Withdraw"))
        url = reverse(f"publications_backoffice:{name}", args=[self.object.pk])
        return [Button(label, url=url, icon_name="circle-xmark", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "pages": self.object.pages.select_related("locale").order_by("locale__language_code"),
            "editions": self.object.editions.select_related("current_file").with_stock().with_downloads(),
            "authors": self.object.authors.select_related("organisation"),
        }


class WorkStepView(ConfirmView):
    """An action on one work, logged."""

    permission = CHANGE_WORKS
    header_icon = "doc-full"

    @cached_property
    def work(self) -> Work:
        return get_object_or_404(Work, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.work)

    @property
    def back_url(self) -> str:
        return reverse("publications_works:inspect", args=[self.work.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("publications_works:index"), "label": _("Publications")},
            {"url": self.back_url, "label": str(self.work)},
            {"url": "", "label": self.get_page_title()},
        ]


class WithdrawWorkView(WorkStepView):
    """All editions at once; the page stays as a notice."""

    action_label = gettext_lazy("Withdraw")
    is_destructive = True
    form_class = WithdrawWorkForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"work": self.work}

    def effects(self) -> list[str]:
        gone = _("Nobody can download or order any of its editions. The page stays and says that it is withdrawn, and why.")
        return [gone, *orders_left_open(PaperOrder.objects.filter(edition__work=self.work))]

    def act(self, form: Any) -> str:
        answers = form.cleaned_data
        withdraw_work(work=self.work, reason=answers["reason"], replaced_by=answers["replaced_by"], now=clock.now(), by=staff(self.request))
        log(self.work, "publications.withdraw_work", user=self.request.user)
        return _("The publication is withdrawn.")


class RestoreWorkView(WorkStepView):
    """Offered again."""

    action_label = gettext_lazy("Offer again")

    def effects(self) -> list[str]:
        return [_("Its published editions can be had again; the notice goes.")]

    def act(self, form: Any) -> str:
        restore_work(work=self.work, now=clock.now(), by=staff(self.request))
        log(self.work, "publications.restore_work", user=self.request.user)
        return _("The publication is offered again.")

"""The screen of one module: its words in three languages, its facts, its sessions, what they came to."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from core import clock
from core.backoffice.listing import InspectView
from core.backoffice.next_step import Gap, NextStep
from core.backoffice.page_access import works_on_pages
from core.backoffice.versions.views import EditView
from core.languages import language_name, language_names
from trainings.attendance.documents import hours_shown
from trainings.backoffice.permissions import ADD_SESSIONS, CHANGE_MODULES, VIEW_MODULES, sessions_for
from trainings.models import Module, ModulePage
from trainings.sheets.standing import Sheet, SheetState, sheets_of
from trainings.sheets.statistics import years_of

SHOWN = 8
NOT_THERE = (SheetState.TO_WRITE, SheetState.OUTDATED)


def screen_of(module_id: int) -> str:
    return reverse("trainings_modules:inspect", args=[module_id])


class ModuleCreateView(generic.CreateView):
    """The screen of the new module says what comes next: its words."""

    def get_success_url(self) -> str:
        return screen_of(self.object.pk)


class ModuleEditView(EditView):
    """The facts."""

    def get_success_url(self) -> str:
        return screen_of(self.object.pk)


class ModuleInspectView(InspectView):
    """All of one module in one place."""

    template_name = "trainings/backoffice/module_inspect.html"
    page_title = gettext_lazy("Module")

    def rows_for(self, user: Any) -> QuerySet[Module]:
        return Module.objects.with_interest().select_related("theme")

    @cached_property
    def sheets(self) -> list[Sheet]:
        return sheets_of(self.object)

    @cached_property
    def may_write(self) -> bool:
        return self.request.user.has_perm(CHANGE_MODULES) and works_on_pages(self.request.user)

    def next_step(self) -> NextStep | None:
        """Write in French, publish, translate, publish: the first that is due."""
        if not self.may_write or not self.sheets:
            return None
        source, *others = self.sheets
        if source.page is None:
            return NextStep(label=_("Begin the sheet in French"), url=self.action_url("begin_sheet"), icon="edit")
        if source.state == SheetState.DRAFT:
            return NextStep(label=_("Write the French sheet and publish it"), url=_form_of(source.page), icon="edit")
        if any(sheet.state in NOT_THERE for sheet in others):
            return NextStep(
                label=_("Send the French words to be translated"), url=self.action_url("translate_sheet"), icon="wagtail-localize-language"
            )
        return next((step for sheet in others if (step := self._next_of(sheet))), None)

    def _next_of(self, sheet: Sheet) -> NextStep | None:
        names = {"language": language_name(sheet.language)}
        if sheet.can_be_published:
            return NextStep(label=_("Publish in %(language)s") % names, url=self._publish_url(sheet), icon="upload")
        if sheet.state == SheetState.TO_TRANSLATE and sheet.page:
            return NextStep(label=_("Translate into %(language)s") % names, url=_form_of(sheet.page), icon="wagtail-localize-language")
        return None

    def gaps(self) -> list[Gap]:
        """In which languages of its sessions nobody can read of it yet, and what the French sheet does not say."""
        if not self.may_write:
            return []
        if not self.sheets:
            return [Gap(text=_("There is no catalogue yet: its page comes first."), is_blocking=True)]
        source = self.sheets[0]
        lacking = [sheet.language for sheet in self.sheets if sheet.page is None or not sheet.page.live]
        gaps = (
            [Gap(text=_("Readers do not find this module in: %(languages)s.") % {"languages": language_names(lacking)})] if lacking else []
        )
        if source.page and source.missing:
            text = _("The French sheet does not say yet: %(fields)s.") % {"fields": ", ".join(source.missing)}
            gaps.append(Gap(text=text, url=_form_of(source.page)))
        return gaps

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = []
        if edit_url := self.get_edit_url():
            buttons.append(HeaderButton(_("Edit the facts"), url=edit_url, icon_name="edit", priority=10))
        if self.request.user.has_perm(ADD_SESSIONS):
            url = f"{reverse('trainings_sessions:add')}?module={self.object.pk}"
            buttons.append(HeaderButton(_("Plan a session"), url=url, icon_name="date", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessions: Any = sessions_for(self.request.user).filter(module=self.object)
        return super().get_context_data(**kwargs) | {
            "lines": [self._line(sheet) for sheet in self.sheets],
            "facts": self._facts(),
            "sessions": list(sessions.with_seats().next_first(clock.now()).select_related("venue")[:SHOWN]),
            "years": [(year, hours_shown(year.minutes)) for year in years_of(self.object)],
        }

    def _line(self, sheet: Sheet) -> dict[str, Any]:
        """One language in the table of the sheet."""
        lacks = ngettext("%(count)s piece of text to translate", "%(count)s pieces of text to translate", len(sheet.missing))
        return {
            "language": language_name(sheet.language),
            "code": sheet.language,
            "state": sheet.state,
            "label": sheet.state.label,
            "title": sheet.page.title if sheet.page else "",
            "form_url": _form_of(sheet.page) if sheet.page and self.may_write else "",
            "public_url": sheet.page.full_url if sheet.page and sheet.page.live else "",
            "publish_url": self._publish_url(sheet) if sheet.can_be_published and self.may_write else "",
            "lacks": lacks % {"count": len(sheet.missing)} if sheet.translation and sheet.missing else "",
            "missing": sheet.missing[:SHOWN],
            "more": max(len(sheet.missing) - SHOWN, 0),
        }

    def _publish_url(self, sheet: Sheet) -> str:
        return reverse("trainings_backoffice:publish_sheet", args=[self.object.pk, sheet.language])

    def _facts(self) -> list[tuple[str, Any]]:
        module: Any = self.object
        found = [
            (_("Number"), module.number),
            (_("Theme"), module.theme),
            (_("Programme"), module.get_programme_display()),
            (_("Format"), module.get_format_display()),
            (_("Delivery"), module.get_delivery_display()),
            (_("Days"), floatformat(module.days)),
            (_("Languages"), language_names(module.languages)),
            (_("Group"), f"{module.group_min}–{module.group_max}"),
            (_("Waiting for a date"), module.interested_count),
        ]
        return [(label, value) for label, value in found if value not in ("", None)]


def back_to_module(request: HttpRequest, page: Page) -> HttpResponse | None:
    """`after_edit_page`: who published the words of a module goes on with its other languages."""
    is_published = isinstance(page.specific_deferred, ModulePage) and "action-publish" in request.POST
    if not is_published or not request.user.has_perm(VIEW_MODULES):
        return None
    return redirect(screen_of(page.specific.module_id))


def _form_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])

"""Steps with the sheet of a module: begun in French, sent to be translated, published in a language."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.backoffice.actions import ObjectActionView
from core.backoffice.page_access import works_on_pages
from core.backoffice.permissions import staff
from core.languages import language_name
from trainings.backoffice.permissions import CHANGE_MODULES
from trainings.models import CataloguePage, Module, ModulePage
from trainings.sheets.services import CannotWork, SheetRefusal, begin_sheet, begin_translations, publish_translation

SHEET_REFUSALS = {
    SheetRefusal.NO_CATALOGUE: gettext_lazy("There is no catalogue yet: its page comes first."),
    SheetRefusal.EXISTS: gettext_lazy("The sheet is begun already: go on writing it."),
    SheetRefusal.NOT_PUBLISHED: gettext_lazy("Publish the French sheet first: its words are those to translate."),
    SheetRefusal.NOTHING_TO_DO: gettext_lazy("The other languages have the French words already."),
    SheetRefusal.WORDS_MISSING: gettext_lazy("Words are missing in this language: translate them first."),
    SheetRefusal.NOT_VALID: gettext_lazy("The page cannot be saved as it is: open it, the form says what is wrong."),
}


class SheetActionView(ObjectActionView[Module]):
    """For those who change modules and write below the catalogue."""

    model = Module
    viewset_name = "trainings_modules"
    permission = CHANGE_MODULES
    header_icon = "list-ul"
    refusals: ClassVar = {CannotWork: lambda refusal: SHEET_REFUSALS[refusal.reason]}

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not works_on_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def log_title(self) -> str:
        return str(self.object)


class BeginSheetView(SheetActionView):
    """Leads to the form of the new page."""

    action_label = gettext_lazy("Begin the sheet")
    page_title = gettext_lazy("Begin the sheet in French")
    log_action = "trainings.begin_sheet"
    done = gettext_lazy("Write the words here. Readers see nothing of it until you publish.")
    page: ModulePage | None = None

    def effects(self) -> list[str]:
        return [
            _("A draft is made below the French catalogue, under the working title. You write its words, readers see nothing yet."),
            _("Duration, price, theme and languages stay facts of the module, in all languages."),
        ]

    def step(self, form: Any) -> None:
        catalogue = CataloguePage.objects.filter(locale__language_code="fr").first()
        if catalogue and not catalogue.permissions_for_user(staff(self.request)).can_add_subpage():
            raise PermissionDenied
        self.page = begin_sheet(module=self.object, by=staff(self.request))

    @property
    def back_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if self.page else super().back_url


class TranslateSheetView(SheetActionView):
    """The French words go to the other languages, those that changed included."""

    action_label = gettext_lazy("Send to be translated")
    page_title = gettext_lazy("Send the French words to be translated")
    log_action = "trainings.translate_sheet"
    done = gettext_lazy("The other languages have the French words. Below stands what is to be translated in each.")

    def effects(self) -> list[str]:
        return [
            _("Each language without a sheet gets a draft of it; readers see nothing of that."),
            _("Where a sheet exists, what changed in French is sent to it. It stays public as it was until the new words are translated."),
        ]

    def step(self, form: Any) -> None:
        begin_translations(module=self.object, by=staff(self.request))


class PublishSheetView(SheetActionView):
    """A sheet all of whose words are translated."""

    action_label = gettext_lazy("Publish")
    log_action = "trainings.publish_sheet"

    @cached_property
    def page(self) -> ModulePage:
        found: ModulePage = get_object_or_404(self.object.pages, locale__language_code=self.kwargs["language_code"], alias_of=None)
        if not found.permissions_for_user(staff(self.request)).can_publish():
            raise PermissionDenied
        return found

    def get_page_title(self) -> str:
        return _("Publish in %(language)s") % {"language": language_name(self.page.locale.language_code)}

    def effects(self) -> list[str]:
        return [_("“%(title)s” becomes public, in the catalogue and in the search of its language.") % {"title": self.page.title}]

    def step(self, form: Any) -> str:
        publish_translation(page=self.page, by=staff(self.request))
        return _("Published in %(language)s.") % {"language": language_name(self.page.locale.language_code)}

"""wagtail-localize's two forms on a source page: a new translation, and changes sent to those there are."""

import contextlib
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from core.languages import language_names
from core.translation.segments import missing_counts


class SubmitPageView(SubmitPageTranslationView):
    """Refuses a page whose parent is not translated: wagtail-localize would make the parent public there in the words of the source."""

    def form_valid(self, form: Any) -> HttpResponse:
        parent = self.object.get_parent()
        there = set(parent.get_translations(inclusive=True).filter(alias_of=None).values_list("locale", flat=True))
        lacking = [] if parent.is_root() else [each for each in form.cleaned_data["locales"] if each.pk not in there]
        if lacking:
            names = {"parent": parent.title, "languages": language_names(each.language_code for each in lacking)}
            messages.error(self.request, _("Translate “%(parent)s”, the page above, first. Missing: %(languages)s.") % names)
            return redirect(self.request.get_full_path())
        response: HttpResponse = super().form_valid(form)
        return response


class UpdateView(UpdateTranslationsView):
    """Publishes at once only what has words for every change, and only for those who may publish."""

    def get_form(self) -> Any:
        form = super().get_form()
        form.fields["publish_translations"].label = gettext_lazy("Publish at once what needs no new words")
        form.fields["publish_translations"].help_text = gettext_lazy(
            "A translation that lacks words stays as it is on the site until somebody has translated them."
        )
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        publishes = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        response: HttpResponse = super().form_valid(form)
        if publishes:
            self._publish(list(self.object.translations.filter(enabled=True).select_related("source", "target_locale")))
        return response

    def _publish(self, translations: list[Translation]) -> None:
        missing = missing_counts(translations)
        for each in translations:
            if not missing[each.pk] and self._may_publish(each):
                with contextlib.suppress(ValidationError):
                    each.save_target(user=self.request.user, publish=True)
        waiting = [each.target_locale.language_code for each in translations if missing[each.pk]]
        if waiting:
            messages.warning(self.request, _("Not published, words are missing: %(languages)s.") % {"languages": language_names(waiting)})

    def _may_publish(self, translation: Translation) -> bool:
        target = translation.get_target_instance()
        return not isinstance(target, Page) or bool(target.permissions_for_user(self.request.user).can_publish())

"""Assemble: what was published since the latest issue, to pick, order and shorten."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from core import clock
from core.backoffice.permissions import staff
from core.languages import NAMES
from newsletter.backoffice.issues.base import IssueScreen, back_from_frozen
from newsletter.backoffice.issues.forms import PickForm
from newsletter.backoffice.issues.permissions import CHANGE_ISSUES
from newsletter.enums.issues import SectionKind
from newsletter.issues.assemble import CannotAssemble, Pick, assemble_issue
from newsletter.issues.editions import drafts_of
from newsletter.issues.period import period_of
from newsletter.issues.sources import Proposal, proposals

# Most subscribers read French or Dutch; an English edition is optional.
DEFAULT_LANGUAGES = ("fr", "nl")


class AssembleView(IssueScreen, TemplateView):
    """GET shows the proposals, POST fills the editions."""

    permission = CHANGE_ISSUES
    page_title = gettext_lazy("Assemble")
    template_name = "newsletter/backoffice/issue_assemble.html"

    @cached_property
    def lines(self) -> list[tuple[Proposal, PickForm]]:
        data = self.request.POST if self.request.method == "POST" else None
        found = proposals(period_of(self.issue, clock.now()))
        return [
            (
                proposal,
                PickForm(data, prefix=proposal.key, texts=proposal.texts, initial={"position": number, "pick": not self.is_used(proposal)}),
            )
            for number, proposal in enumerate(found, start=1)
        ]

    @cached_property
    def used(self) -> set[str]:
        """Keys and URLs of what is in an edition already."""
        keys: set[str] = set()
        for page in drafts_of(self.issue):
            for block in page.body:
                for child in block.value["items"] if block.block_type == "rubric" else ():
                    if child.block_type == "training":
                        keys.add(f"session-{child.value['session']}")
                    elif child.value["page"]:
                        keys.add(f"page-{child.value['page'].translation_key}")
                    elif child.value["url"]:
                        keys.add(child.value["url"])
        return keys

    def is_used(self, proposal: Proposal) -> bool:
        return not self.used.isdisjoint({proposal.key, *(text.url for text in proposal.texts.values())})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return back_from_frozen(request, self.issue) or super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = [
            {
                "section_kind": SectionKind(kind),
                "lines": [{"proposal": proposal, "form": form, "is_used": self.is_used(proposal)} for proposal, form in lines],
            }
            for kind, lines in groupby(self.lines, key=lambda line: line[0].section_kind)
        ]
        written = {page.locale.language_code for page in drafts_of(self.issue)} or set(DEFAULT_LANGUAGES)
        languages = [{"code": code, "name": name, "is_chosen": code in written} for code, name in NAMES.items()]
        return super().get_context_data(**kwargs) | {
            "sections": sections,
            "languages": languages,
            "period": period_of(self.issue, clock.now()),
            "action_url": self.request.path,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if answer := back_from_frozen(request, self.issue):
            return answer
        forms = [form for _proposal, form in self.lines]
        languages = [code for code, _name in settings.LANGUAGES if code in request.POST.getlist("languages")]
        if not all(form.is_valid() for form in forms) or not languages:
            messages.error(request, _("Choose at least one language, and look at the words marked in red."))
            return self.render_to_response(self.get_context_data())
        picks = [
            Pick(proposal, form.cleaned_data["position"] or 0, form.chosen_texts())
            for proposal, form in self.lines
            if form.cleaned_data["pick"]
        ]
        try:
            assemble_issue(issue_id=self.issue.pk, picks=picks, languages=languages, by=staff(request))
        except CannotAssemble:
            messages.error(request, _("The issue has left already, or the newsletter has no page in one of the languages."))
            return redirect(self.back_url)
        text = ngettext("%(count)s item is in the issue.", "%(count)s items are in the issue.", len(picks)) % {"count": len(picks)}
        messages.success(request, text)
        return redirect(self.back_url)

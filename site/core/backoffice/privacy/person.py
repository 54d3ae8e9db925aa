"""One person: what is held, why and until when; exported, erased."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core import clock
from core.backoffice.permissions import staff
from core.backoffice.privacy.base import PrivacyScreen
from core.backoffice.privacy.forms import EraseForm, ExportForm, PersonForm
from core.models import LookUpKind
from core.privacy.archive import export_archive
from core.privacy.find import names_of, others_called
from core.privacy.held import held_of
from core.privacy.person import CannotErase, erase_person, note_look_up, proofs_of, reasons_against


class PersonScreen(PrivacyScreen):
    """About one address, which is sent along. The page is read by POST: going back and forward in a browser shows nothing."""

    template_name = "core/backoffice/privacy/person.html"
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PersonForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Search for the person again: no e-mail address came along."))
            return redirect(self.index_url)
        return self.about(form.cleaned_data["email"].strip().lower())

    def about(self, email: str) -> HttpResponse:
        raise NotImplementedError

    def show(self, email: str, *, erase_form: EraseForm | None = None, status: int = 200) -> HttpResponse:
        """The page of the person. Noted before it is drawn."""
        names, apps = names_of(email), held_of(email)
        note_look_up(kind=LookUpKind.READ, email=email, found=sum(app.total for app in apps), by=staff(self.request), now=clock.now())
        told = {
            "email": email,
            "names": names,
            "shared_names": [name for name in names if others_called(name, than=email)],
            "apps": apps,
            "reasons_against": reasons_against(email),
            "proofs": proofs_of(email),
            "export_form": ExportForm(initial={"email": email}),
            "erase_form": erase_form or EraseForm(initial={"email": email}, names=names),
        }
        return self.render_to_response(self.get_context_data(**told), status=status)


class ReadView(PersonScreen):
    """What is held."""

    page_title = gettext_lazy("Held of this person")

    def about(self, email: str) -> HttpResponse:
        return self.show(email)


class ExportView(PersonScreen):
    """The ZIP."""

    def about(self, email: str) -> HttpResponse:
        form = ExportForm(self.request.POST)
        if not form.is_valid():
            return self.show(email, status=422)
        content = export_archive(email, form.cleaned_data["language"])
        note_look_up(kind=LookUpKind.EXPORT, email=email, found=1, by=staff(self.request), now=clock.now())
        # Without her name or address: files stay in folders of downloads.
        name = content_disposition_header(True, f"smes-{clock.now():%Y-%m-%d}.zip") or ""
        return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": name})


class EraseView(PersonScreen):
    """Once the address was typed."""

    page_title = gettext_lazy("Held of this person")

    def about(self, email: str) -> HttpResponse:
        form = EraseForm(self.request.POST, names=names_of(email))
        if not form.is_valid():
            return self.show(email, erase_form=form, status=422)
        try:
            names = tuple(form.cleaned_data.get("names", ()))
            erase_person(email, now=clock.now(), names=names, by=staff(self.request))
        except CannotErase:
            return self.show(email, erase_form=form, status=409)
        messages.success(self.request, _("Erased. The proof stands below: when and how much, not who."))
        return redirect(self.index_url)

"""Notes of a file: a list without texts, the texts on request, a new one, one erased. A text is only ever the answer to a POST."""

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.permissions import staff
from core.text.dates import MOMENT, written
from followup.backoffice.notes.base import NotesScreen
from followup.backoffice.notes.forms import NoteForm
from followup.models import File, Note, NoteReading
from followup.notes.erase import erase_note
from followup.notes.read import read_notes
from followup.notes.write import write_note


class NotesView(NotesScreen, FormView):
    """When, by whom, how often read; and the form of a new one."""

    template_name = "followup/backoffice/notes.html"
    page_title = gettext_lazy("Notes")
    form_class = NoteForm

    @property
    def url(self) -> str:
        return reverse("followup_backoffice:notes", args=[self.object.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"file": self.object}

    def form_valid(self, form: Any) -> HttpResponse:
        user = staff(self.request)
        write_note(file=self.object, by=user, now=clock.now(), **form.cleaned_data)
        log(self.object, "followup.write_note", user=user, title=self.object.reference)
        messages.success(self.request, _("The note is saved."))
        return redirect(self.url)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readings = Prefetch("readings", NoteReading.objects.select_related("by"))
        notes = self.object.notes.with_reading_count().select_related("written_by", "erased_by", "amends").prefetch_related(readings)
        return super().get_context_data(**kwargs) | {
            "object": self.object,
            "notes": notes,
            "readable": sum(note.erased_at is None for note in notes),
            "erased": self.object.note_counts.all(),
            "team": self.object.team.all(),
            "team_changes": self.object.team_changes.select_related("user", "by"),
            "months": settings.FOLLOW_UP_NOTES_MONTHS,
        }


class ReadNotesView(NotesScreen, TemplateView):
    """The texts, once: each leaves a row. By POST, so that no link, prefetch or step back in a browser reads a note."""

    template_name = "followup/backoffice/notes_read.html"
    page_title = gettext_lazy("Notes")
    http_method_names = ["post"]  # noqa: RUF012

    @property
    def back_url(self) -> str:
        return reverse("followup_backoffice:notes", args=[self.object.pk])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.POST.get("note", "")
        if wanted and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
            raise SuspiciousOperation("A key is a number.")
        opened = read_notes(file=self.object, by=staff(request), now=clock.now(), only=int(wanted) if wanted else None)
        if wanted and not opened:
            raise Http404
        return self.render_to_response(self.get_context_data(opened=opened))


class EraseNoteView(NotesScreen, ObjectActionView[File]):
    """What must not stand there goes at once, for everybody."""

    action_label = gettext_lazy("Erase the note")
    is_destructive = True
    log_action = "followup.erase_note"
    done = gettext_lazy("The text of the note is erased.")

    @cached_property
    def note(self) -> Note:
        found = (
            self.object.notes.defer("sealed").filter(pk=self.kwargs["note"], erased_at=None).select_related("written_by", "file").first()
        )
        if found is None:
            raise Http404
        return found

    @property
    def back_url(self) -> str:
        return reverse("followup_backoffice:notes", args=[self.object.pk])

    def log_title(self) -> str:
        return self.object.reference

    def effects(self) -> list[str]:
        who = str(self.note.written_by or _("a former colleague"))
        told = {"moment": written(self.note.written_at, MOMENT), "who": who}
        return [
            _("The note of %(moment)s by %(who)s.") % told,
            _("Nobody can read its text any more. That it was written, read and erased stays."),
        ]

    def step(self, form: Any) -> None:
        erase_note(note=self.note, by=staff(self.request), now=clock.now())

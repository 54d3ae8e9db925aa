"""The form of a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.personal_details.form import PersonalDetailsMixin
from core.text.dates import MOMENT, written
from followup.models import File, Note

LONGEST_NOTE = 10_000


class EarlierNoteField(forms.ModelChoiceField):
    """A note by its moment and its author; its text stays sealed."""

    def label_from_instance(self, note: Note) -> str:
        author = note.written_by or _("a former colleague")
        return f"{written(note.written_at, MOMENT)} · {author}"


class NoteForm(PersonalDetailsMixin, forms.Form):
    """A text, and the note it corrects if there is one."""

    checked_texts = ("text",)

    text = forms.CharField(
        label=gettext_lazy("New note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    amends = EarlierNoteField(
        label=gettext_lazy("Corrects an earlier note"), queryset=Note.objects.none(), required=False, empty_label=gettext_lazy("No")
    )

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["amends"]
        field.queryset = file.notes.filter(erased_at=None).defer("sealed").select_related("written_by")

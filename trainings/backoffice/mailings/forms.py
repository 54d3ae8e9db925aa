"""Forms of rules, of messages and of team leads. Words are checked before they are stored."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from core.forms import EmailField, validate_name
from core.languages import Language
from trainings.mailings.words import faults_of, placeholders_for
from trainings.mailings.write import MessageData
from trainings.models import Session, TeamLead
from trainings.models.mailings import Audience, MailKind, Moment

LANGUAGES = {
    "fr": gettext_lazy("The words in French are missing: everybody gets the mail in her own language."),
    "nl": gettext_lazy("The words in Dutch are missing: everybody gets the mail in her own language."),
    "en": gettext_lazy("The words in English are missing: everybody gets the mail in her own language."),
}
# Three to six months.
EVALUATION_DAYS = range(92, 184)
AFTERWARDS = (Audience.PRESENT, Audience.ABSENT, Audience.TEAM_LEADS)
TO_WRITE_TO = (Audience.SEATED, Audience.WAITING, Audience.PRESENT, Audience.ABSENT)


class MailRuleForm(WagtailAdminModelForm):
    """When, to whom, and the words in three languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, missing in LANGUAGES.items():
            for name in (f"subject_{language}", f"body_{language}"):
                self.fields[name].error_messages["required"] = missing

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        known = placeholders_for(cleaned.get("kind", ""), cleaned.get("audience", ""))
        for language in LANGUAGES:
            for name, is_subject in ((f"subject_{language}", True), (f"body_{language}", False)):
                for fault in faults_of(cleaned.get(name) or "", known, is_subject=is_subject):
                    self.add_error(name, fault)
        self._clean_sense(cleaned)
        return cleaned

    def _clean_sense(self, cleaned: dict[str, Any]) -> None:
        """Presence is known afterwards; whoever waits is told by then; a question needs its link."""
        audience, moment = cleaned.get("audience"), cleaned.get("moment")
        if audience in AFTERWARDS and moment == Moment.BEFORE_FIRST:
            self.add_error(
                "audience", _("Before the first meeting nobody knows who will be there: choose another moment, or other people.")
            )
        if audience == Audience.WAITING and moment in (Moment.AFTER_FIRST, Moment.AFTER_LAST):
            self.add_error(
                "audience", _("Once a session has begun nobody waits for it any more: choose a moment before the first meeting.")
            )
        if cleaned.get("reaches_late") and moment not in (Moment.BEFORE_FIRST, Moment.BEFORE_LAST):
            self.add_error("reaches_late", _("Only a mail that leaves before a meeting can reach those who get their seat later."))
        if audience == Audience.TEAM_LEADS and cleaned.get("kind") != MailKind.EVALUATION:
            self.add_error("audience", _("Team leads agreed to the evaluation after some months, and to nothing else."))
        # As long as it can be answered (trainings.evaluation.window), and some time to spare.
        is_in_time = moment == Moment.AFTER_LAST and cleaned.get("days") in EVALUATION_DAYS
        if cleaned.get("kind") == MailKind.EVALUATION and not is_in_time:
            self.add_error(
                "days", _("The evaluation can be answered from 92 to 183 days after the last meeting: choose a day among these.")
            )
        needed = {MailKind.EVALUATION: "{evaluation}", MailKind.PAYMENT: "{payment}"}.get(cleaned.get("kind", ""))
        for language in LANGUAGES if needed else ():
            body = cleaned.get(f"body_{language}")
            if body and needed not in body:
                self.add_error(f"body_{language}", _("A mail of this kind needs %(place)s in its words.") % {"place": needed})


class MessageForm(forms.Form):
    """What a coordinator writes, and to whom."""

    audience = forms.ChoiceField(
        label=gettext_lazy("To whom"), choices=[(each.value, each.label) for each in TO_WRITE_TO], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Who reads"),
        required=False,
        choices=[("", gettext_lazy("any language")), *Language.choices],
        help_text=gettext_lazy("Everybody gets the same words: write once for each language that people read."),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    body = forms.CharField(label=gettext_lazy("Message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        known = placeholders_for(None, cleaned.get("audience", ""))
        for name, is_subject in (("subject", True), ("body", False)):
            for fault in faults_of(cleaned.get(name) or "", known, is_subject=is_subject):
                self.add_error(name, fault)
        return cleaned

    def message(self) -> MessageData:
        """What the service asks for."""
        facts = self.cleaned_data
        return MessageData(audience=Audience(facts["audience"]), language=facts["language"], subject=facts["subject"], body=facts["body"])


class SampleForm(forms.Form):
    """A real session, and a language."""

    session = forms.ModelChoiceField(label=gettext_lazy("Session"), queryset=Session.objects.none())
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)

    def __init__(self, *args: Any, sessions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        field.queryset = sessions


class TeamLeadForm(forms.Form):
    """Who leads the team of a participant, and agreed."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, validators=[validate_name])
    email = EmailField(label=gettext_lazy("E-mail address"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    agrees = forms.BooleanField(label=gettext_lazy("The team lead knows of it and agreed to be asked"))

    def __init__(self, *args: Any, lead: TeamLead | None, **kwargs: Any) -> None:
        if lead is not None:
            kwargs["initial"] = {"name": lead.name, "email": lead.email, "language": lead.language}
        super().__init__(*args, **kwargs)

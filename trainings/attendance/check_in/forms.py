"""The two ways to confirm: the e-mail address on the page behind the code, or the code on the page behind the manage link."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, PublicForm
from core.web.ratelimit import check_rate_limit
from trainings.attendance.check_in.codes import is_right, opened, was_opened
from trainings.models import Meeting

TRIES = 6
PERIOD = datetime.timedelta(minutes=10)


class CheckInForm(PublicForm):
    """Who is there. The whole room shares one network: many may send it within an hour."""

    scope = "check-in"
    limit_per_ip = 300
    is_timed = False

    email = EmailField(label=_("The e-mail address you enrolled with"))
    opened = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.initial["opened"] = opened(meeting)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not was_opened(self.meeting, cleaned.get("opened", "")):
            raise ValidationError(_("This page was open for too long: scan the code again."), code="stale")
        email = cleaned.get("email", "")
        if email and not check_rate_limit(scope="check-in-email", key=email, limit=TRIES, period=PERIOD, now=self.now):
            raise ValidationError(_("Too many tries: tell your trainer that you are there."), code="limit")
        return cleaned


class CheckInCodeForm(PublicForm):
    """The code that is shown in the room."""

    scope = "check-in"
    limit_per_ip = 300
    is_timed = False

    code = forms.CharField(
        label=_("Code shown in the room"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "size": "10"}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean_code(self) -> str:
        code = "".join(char for char in self.cleaned_data["code"].upper() if char.isalnum())
        if not check_rate_limit(scope="check-in-code", key=str(self.meeting.pk), limit=60, period=PERIOD, now=self.now):
            raise ValidationError(_("Too many tries: tell your trainer that you are there."), code="limit")
        if not is_right(self.meeting, code, self.now):
            raise ValidationError(_("This is not the code that is shown now. Type the 8 characters you see in the room."), code="wrong")
        return code

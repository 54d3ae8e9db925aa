"""Fields that several forms of the follow-up ask."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.backoffice.dates import DateField
from core.models import User
from followup.requests.selectors import followers


def not_in_the_future(day: datetime.date) -> None:
    """What happened has a day that is over, or today."""
    if day > clock.today():
        raise ValidationError(_("This day is still to come."), code="future")


class DayField(DateField):
    """The day something happened: today, unless it is noted later."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Day"))
        kwargs.setdefault("initial", clock.today)
        super().__init__(**kwargs)
        self.validators.append(not_in_the_future)


class ColleagueField(forms.ModelChoiceField):
    """One of those who look after requests."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)


class ColleaguesField(forms.ModelMultipleChoiceField):
    """Some of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


class AsksColleagues(forms.Form):
    """Fills the fields above when the form is made: who looks after requests changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ColleagueField | ColleaguesField):
                field.queryset = followers()

"""The base of every public form."""

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from core import clock
from core.languages import current_language
from core.proof_of_work.admission import ProofNeeded, Quota, QuotaUsed, admit
from core.proof_of_work.field import ProofField
from core.text.dates import HOUR, written
from core.text.email_addresses import normalised, suggestion, validate_public_email
from core.text.safety import has_letters, holds_web_address, unprintable
from core.web.ratelimit import check_rate_limit, used
from core.web.throttle import ask_to_wait

SALT = "core.forms.started"
MAILS_TO_ONE_EMAIL = 10
DAY = datetime.timedelta(days=1)
LONGEST_KEY = 18  # digits that a signed 64-bit number always holds
QUICK = datetime.timedelta(seconds=30)
INVISIBLE = ("started", "website", "proof")
# Read by who has no JavaScript; with it, the page says instead that it works on it (static/js/proof.js).
ASKED_TO_WAIT = _("Many forms came from your network. Please send yours again at %(time)s: what you typed is still here.")


class TimeTrapField(forms.CharField):
    """When the form was shown, signed. Too fast is a robot, too old is a forgotten tab.

    It carries the email addresses somebody was asked about (`core.text.email_addresses.suggestion`): sent again, they are meant.
    """

    widget = forms.HiddenInput

    def __init__(self, *, oldest: datetime.timedelta, fastest: float) -> None:
        super().__init__(required=False, max_length=1000)
        self.fastest = fastest
        self.oldest = oldest

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A form shown again carries a fresh moment, or a stale one could never be sent."""
        return initial

    @staticmethod
    def stamp(now: datetime.datetime, asked_about: Sequence[str] = ()) -> str:
        return signing.dumps([now.timestamp(), *asked_about], salt=SALT)

    @staticmethod
    def asked_about(stamp: str) -> list[str]:
        """The addresses of a stamp that `clean` accepted."""
        return list(signing.loads(stamp, salt=SALT)[1:])

    def clean(self, value: Any) -> str:
        stamp = super().clean(value)
        try:
            started = float(signing.loads(stamp, salt=SALT, max_age=self.oldest)[0])
        except signing.SignatureExpired as error:
            raise ValidationError(
                _("This form was open for more than a day. Please send it again: what you typed is still here."), code="stale"
            ) from error
        except (signing.BadSignature, TypeError, ValueError) as error:
            raise ValidationError(_("Please send the form again: what you typed is still here."), code="stale") from error
        if clock.now().timestamp() - started < self.fastest:
            raise ValidationError(_("That was very quick. Please check your answers and send the form again."), code="fast")
        return stamp


class PublicForm(forms.Form):
    """A form anyone may send: honeypot, signed time trap, rate limits, cleaned text. Nothing typed is lost on an error.

    `limit_per_ip` says how often it may be sent from one network in `limit_period`, the second half of it with a proof of work
    (`core.proof_of_work`); `scope` names the form in the counters.
    """

    scope: ClassVar[str] = "form"
    limit_per_ip: ClassVar[int] = 60
    limit_period: ClassVar[datetime.timedelta] = datetime.timedelta(hours=1)
    # Off where only a secret link leads to the form: one button is pressed faster than a robot fills fields.
    is_timed: ClassVar[bool] = True
    oldest: ClassVar[datetime.timedelta] = datetime.timedelta(days=1)

    website = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)

    def __init__(self, data: Any = None, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.request = request
        self.now = clock.now()
        self.fields["started"] = TimeTrapField(oldest=self.oldest, fastest=settings.FORM_FASTEST_SECONDS if self.is_timed else 0)
        self.initial["started"] = TimeTrapField.stamp(self.now)
        self.proof = ProofField()
        self.fields["proof"] = self.proof
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        for field in self.fields.values():
            if (
                isinstance(field, forms.CharField)
                and not isinstance(field, TimeTrapField | ProofField | forms.EmailField)
                and field.max_length is None
            ):
                raise TypeError(f"{type(self).__name__}: every text of a public form needs a max_length")
        for field in self.fields.values():
            name_the_question_in_errors(field)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def full_clean(self) -> None:
        """Django ties the error of a group to its fieldset only; the summary leads into the group, so its choices name it too."""
        super().full_clean()
        for name in set(self.errors) & set(self.fields):
            if self[name].use_fieldset:
                self.fields[name].widget.attrs["aria-describedby"] = f"{self[name].auto_id}_error"

    def clean_website(self) -> str:
        """The honeypot: people do not see it, so only a robot fills it."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please send the form again: what you typed is still here."), code="robot")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and name not in INVISIBLE:
                cleaned[name] = value.replace("\r\n", "\n")
                self._refuse_unprintable(name, value)
        for name in INVISIBLE:
            # Nobody sees these fields: their errors belong at the top of the form.
            if name in self.errors:
                self.add_error(None, self.errors.pop(name).as_data())
        self._ask_about_typing_errors(cleaned)
        if not self.errors:
            self._count()
        return cleaned

    def _ask_about_typing_errors(self, cleaned: dict[str, Any]) -> None:
        """`gmial.com` is asked about once. Sent again unchanged it is accepted: nobody is refused for an address of her own."""
        if "started" not in cleaned:
            return
        known = TimeTrapField.asked_about(cleaned["started"])
        doubtful = {
            name: (cleaned[name], better)
            for name, field in self.fields.items()
            if isinstance(field, EmailField) and cleaned.get(name) and (better := suggestion(cleaned[name])) and cleaned[name] not in known
        }
        for name, (typed, better) in doubtful.items():
            told = {"better": better, "typed": typed}
            question = _("Did you mean %(better)s? If %(typed)s is right, please send the form once more.")
            self.add_error(name, ValidationError(question, code="suggestion", params=told))
        # The moment stays that of the first showing: answering takes a second, and is not what a robot does.
        asked = [*known, *(typed for typed, _better in doubtful.values())]
        self.initial["started"] = TimeTrapField.stamp(self.now - QUICK, asked)

    def _refuse_unprintable(self, name: str, value: str) -> None:
        """What was typed is kept as it was, or refused: the form comes back without the character, to be looked at and sent."""
        allowed = "\t\r\n" if isinstance(self.fields[name].widget, forms.Textarea) else "\t"
        if not any(unprintable(char) and char not in allowed for char in value):
            return
        sent: Any = cast("QueryDict", self.data).copy()
        sent[self.add_prefix(name)] = "".join(char for char in value if char in allowed or not unprintable(char))
        self.data = sent
        text = _("“%(label)s” held a character that cannot be shown, often copied from a PDF. We took it out: please check and send again.")
        self.add_error(name, ValidationError(text, code="unprintable", params={"label": self.fields[name].label}))

    def counts_as(self) -> int:
        """How many people a valid form is for: so often it is counted."""
        return 1

    def _count(self) -> None:
        """Counts a form that is valid. What is typed stays in the form that asks for a proof, or to wait."""
        quota = Quota(scope=self.scope, limit=self.limit_per_ip, period=self.limit_period)
        try:
            admit(self.request, quota, answer=self.cleaned_data["proof"], cost=self.counts_as(), now=self.now)
        except QuotaUsed as used_up:
            raise self.wait(
                used_up.until, _("Too many forms came from your network. Please try again at %(time)s, or write to us.")
            ) from None
        except ProofNeeded as needed:
            self.proof.ask(needed.challenge)
            self.initial["proof"] = needed.ticket
            raise self.wait(needed.opens_at, ASKED_TO_WAIT, code="proof") from None

    def wait(self, until: datetime.datetime, text: Any, *, code: str = "limit") -> ValidationError:
        """The error of a form that is answered with 429; `text` may say the `time`."""
        ask_to_wait(self.request, until=until)
        said = until + datetime.timedelta(seconds=59)  # a full minute: never too early
        return ValidationError(text, code=code, params={"time": written(said, HOUR)})


def validate_name(name: str) -> None:
    """A name has letters, in any script."""
    if not has_letters(name):
        raise ValidationError(_("Please give a name in letters."), code="invalid")


def name_the_question_in_errors(field: forms.Field) -> None:
    """Sets error messages that name the question, so that the summary above the form can be read alone (GOV.UK, error message).

    Messages a field sets itself stay.
    """
    limit = field.max_length if isinstance(field, forms.CharField) else None
    texts = _texts_about(str(field.label), limit, current_language())
    if isinstance(field, forms.EmailField):
        texts = dict(texts) | {"invalid": str(_("This address is not complete. It looks like name@example.org."))}
    for code, text in texts.items():
        if _is_default(field.error_messages.get(code), code):
            field.error_messages[code] = text


@lru_cache(maxsize=500)
def _texts_about(label: str, limit: int | None, language: str) -> Mapping[str, str]:
    """Kept: a form that is filled in well needs none of them, and each is looked up in three catalogues."""
    escaped = label.replace("%", "%%")  # Django fills in what was typed, where it says so
    texts = {
        "required": _("Please fill in “%(label)s”.") % {"label": label},
        "invalid_choice": _("Please choose one of the answers to “%(label)s”.") % {"label": escaped},
    }
    if limit:
        texts["max_length"] = _("“%(label)s” takes at most %(limit)s characters.") % {"label": escaped, "limit": limit}
    return texts


def _is_default(message: Any, code: str) -> bool:
    """Whether the message is Django's own, or there is none. The very objects: to compare their texts would translate them."""
    classes = (forms.Field, forms.ChoiceField, forms.ModelChoiceField)
    return message is None or any(message is each.default_error_messages.get(code) for each in classes)


class EmailField(forms.EmailField):
    """An email field after GOV.UK's pattern, for an address that mail can reach; kept as `core.text.email_addresses` writes it."""

    default_validators = [validate_public_email]  # noqa: RUF012 (as Django declares it)

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "email", "spellcheck": "false", "inputmode": "email", "size": "30"}
        super().__init__(max_length=254, widget=forms.EmailInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        return normalised(super().to_python(value) or "")


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by their keys. A key no database holds is an invalid choice: SQLite raises OverflowError beyond 64 bits."""

    def _check_values(self, value: Any) -> Any:
        for key in value:
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(key)[:LONGEST_KEY]}
                )
        return super()._check_values(value)  # type: ignore[misc]


def refuse_web_address(text: str) -> None:
    """A validator for what should be a name or a postal address; it is used in mails. Raises ValidationError."""
    if holds_web_address(text):
        raise ValidationError(_("Please write this without a web address."), code="web_address")


class PersonNameMixin(PublicForm):
    """A person's name. It is used in mails: a link in it would make our mails carry that link."""

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if holds_web_address(name) or not has_letters(name):
            raise ValidationError(_("Please give your name in letters, without a link."), code="invalid")
        return name


class EmailLimitMixin(PublicForm):
    """Limits the mails to one email across all client IPs, or a form could be used to flood somebody's inbox."""

    email: Any

    def emails(self) -> list[str]:
        """Whom a valid form makes us write to."""
        return [self.cleaned_data["email"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        scope = f"{self.scope}-email"
        for email in [] if self.errors else self.emails():
            # Counted whether or not the email is known here, so that the answer does not reveal it.
            if not check_rate_limit(scope=scope, key=email, limit=MAILS_TO_ONE_EMAIL, period=DAY, now=self.now):
                until = used(scope=scope, key=email, now=self.now).until
                raise self.wait(until, _("Too many forms came for this address today. Please try again tomorrow, or write to us."))
        return cleaned


class ConfirmForm(PublicForm):
    """A button that acts: nothing to fill in."""

    scope = "confirm"
    limit_per_ip = 120
    is_timed = False

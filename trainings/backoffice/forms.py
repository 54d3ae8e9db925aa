"""Forms of the admin. Each provides the arguments of one service."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from core.forms import EmailField, validate_name
from core.languages import IN_THE_READERS_LANGUAGE
from core.models import Organisation, Sector
from trainings.enrolment.enrol import EnrolmentChanges, EnrolmentData
from trainings.enums import Delivery, SessionStatus
from trainings.models import Attendance, CareZone, Enrolment, Session, Strength
from trainings.models.money import euros
from trainings.sessions.prices import SessionPrices, prices_of
from trainings.sessions.seat_counts import session_seats

TOO_FEW_SEATS = gettext_lazy("%(count)s seats are taken or offered: there cannot be fewer.")


class SessionForm(WagtailAdminModelForm):
    """A session and its meetings. Where people told of access needs, the place is asked about."""

    suits_access_needs = forms.BooleanField(label=gettext_lazy("They were asked: this place suits them"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enrolments: Any = Enrolment.objects.filter(session=self.instance) if self.instance.pk else Enrolment.objects.none()
        self.with_access_needs = enrolments.active().with_access_needs().count()
        if not self.with_access_needs:
            del self.fields["suits_access_needs"]
            return
        self.fields["suits_access_needs"].help_text = ngettext(
            "%(count)s person in this session told of access needs. Tick when you choose a place that is not step-free.",
            "%(count)s people in this session told of access needs. Tick when you choose a place that is not step-free.",
            self.with_access_needs,
        ) % {"count": self.with_access_needs}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("module") and not cleaned.get("title"):
            self.add_error("module", _("Choose a module, or give a title."))
        capacity = cleaned.get("capacity")
        if self.instance.pk and capacity is not None:
            taken = session_seats(self.instance).taken
            if capacity < taken:
                self.add_error("capacity", str(TOO_FEW_SEATS) % {"count": taken})
        self._clean_place(cleaned)
        self._clean_rules(cleaned)
        self._clean_prices(cleaned)
        return cleaned

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        """What is announced keeps its place, and a new place suits those who come."""
        venue, delivery = cleaned.get("venue"), cleaned.get("delivery")
        if venue is None and delivery != Delivery.ONLINE and self.instance.status == SessionStatus.PUBLISHED and "venue" not in self.errors:
            self.add_error("venue", _("This session is published and people meet on site: choose the venue."))
        is_new = {"venue", "delivery"} & set(self.changed_data)
        may_have_steps = venue is not None and delivery != Delivery.ONLINE and not venue.is_step_free
        if is_new and may_have_steps and self.with_access_needs and not cleaned.get("suits_access_needs"):
            text = _("“%(venue)s” is not known to be step-free. Ask those who told of access needs, or choose another place.")
            self.add_error("suits_access_needs", text % {"venue": venue})

    def _clean_rules(self, cleaned: dict[str, Any]) -> None:
        """A rule says for whom and until when."""
        kept, capacity = cleaned.get("kept_seats") or 0, cleaned.get("capacity")
        if kept and not cleaned.get("kept_sectors"):
            self.add_error("kept_sectors", _("Choose the sectors the seats are kept for."))
        if kept and not cleaned.get("kept_until"):
            self.add_error("kept_until", _("Say until which day the seats are kept."))
        if capacity is not None and kept > capacity:
            self.add_error("kept_seats", _("There are not so many seats."))
        limits = ("most_per_organisation", "most_per_sector", "most_per_zone")
        if any(cleaned.get(name) for name in limits) and not cleaned.get("most_until"):
            self.add_error("most_until", _("Say until which day the limit holds."))

    def _clean_prices(self, cleaned: dict[str, Any]) -> None:
        """A reduced price is no higher than the price it reduces."""
        reduced = cleaned.get("reduced_price_cents")
        full = prices_of(cleaned.get("module"), SessionPrices(cleaned.get("price_cents"))).full
        if reduced is not None and reduced > full:
            self.add_error("reduced_price_cents", _("The reduced price is higher than the price: %(price)s.") % {"price": euros(full)})

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        gone = [form.instance.pk for form in self.formsets["meetings"].deleted_forms if form.instance.pk]
        if gone and Attendance.objects.filter(meeting__in=gone).exists():
            self.add_error(None, _("A meeting with marked presences cannot be taken away."))
        return not self.errors


class ModuleForm(WagtailAdminModelForm):
    """A module; its languages are ticked, not typed."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=IN_THE_READERS_LANGUAGE, widget=forms.CheckboxSelectMultiple, required=False
    )


class TrainerForm(WagtailAdminModelForm):
    """A trainer; languages and strengths are ticked, not typed."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=IN_THE_READERS_LANGUAGE, widget=forms.CheckboxSelectMultiple, required=False
    )
    strengths = forms.MultipleChoiceField(
        label=gettext_lazy("Strengths"), choices=Strength.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


NOT_STEP_FREE = gettext_lazy("not step-free")


class OpenSessionField(forms.ModelChoiceField):
    """Sessions to choose from, with their day and seats; for somebody with access needs, also whether the room may have steps."""

    names_steps = False

    def label_from_instance(self, obj: Any) -> str:
        day = date_format(localtime(obj.starts_at), "SHORT_DATE_FORMAT")
        label = f"{day} · {obj.name} · {obj.get_language_display()} · {obj.confirmed_count}/{obj.capacity}"
        return f"{label} · {NOT_STEP_FREE}" if self.names_steps and obj.may_have_steps else label


def sessions_to_come(sessions: Any, now: Any) -> QuerySet[Session]:
    """Published sessions that have not begun, with what their labels need."""
    rows: QuerySet[Session] = sessions.upcoming(now).with_seats().select_related("module", "venue")
    return rows


class PersonForm(forms.Form):
    """What somebody told the coordinator on the phone."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, validators=[validate_name])
    function = forms.CharField(label=gettext_lazy("Function"), max_length=120, required=False)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.all(), required=False, empty_label=gettext_lazy("not in the list")
    )
    organisation_name = forms.CharField(label=gettext_lazy("Organisation that is not in the list"), max_length=200, required=False)
    sector = forms.ModelChoiceField(label=gettext_lazy("Sector"), queryset=Sector.objects.all(), required=False)
    care_zone = forms.ChoiceField(label=gettext_lazy("Care zone"), choices=[("", "–"), *CareZone.choices], required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the mails"), choices=IN_THE_READERS_LANGUAGE)
    access_needs = forms.CharField(
        label=gettext_lazy("Access needs"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only the trainers of the session read them afterwards; they are erased after the session."),
    )

    def answers(self, *names: str) -> dict[str, Any]:
        """The answers under the names the services use."""
        common = ("name", "function", "organisation", "organisation_name", "sector", "care_zone", "language")
        return {name: self.cleaned_data[name] for name in (*common, *names)}


class EnrolByHandForm(PersonForm):
    """An enrolment by phone."""

    field_order = ["session", "name", "email"]  # noqa: RUF012 (Django's own declaration)
    session = OpenSessionField(label=gettext_lazy("Session"), queryset=Session.objects.none())
    email = EmailField(label=gettext_lazy("E-mail address"))

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        field.queryset = sessions

    def person(self) -> EnrolmentData:
        """What the service asks for. The newsletter is nobody's to tick for somebody else."""
        return EnrolmentData(**self.answers("access_needs"), email=self.cleaned_data["email"].lower())


class ChangeForm(PersonForm):
    """Corrects what is known of a person. Access needs are absent for those who may not read them."""

    def __init__(self, *args: Any, enrolment: Enrolment, reads_access_needs: bool, **kwargs: Any) -> None:
        fields = ("name", "function", "organisation", "organisation_name", "sector", "care_zone", "language", "access_needs")
        kwargs["initial"] = {name: getattr(enrolment, name) for name in fields}
        super().__init__(*args, **kwargs)
        self.enrolment = enrolment
        if not reads_access_needs:
            del self.fields["access_needs"]

    def changes(self) -> EnrolmentChanges:
        """What the service asks for; unread access needs stay as they are."""
        needs = self.cleaned_data.get("access_needs", self.enrolment.access_needs)
        return EnrolmentChanges(**self.answers(), access_needs=needs)


class CorrectEmailForm(forms.Form):
    """The address somebody meant. The others are asked about only where there are any."""

    email = EmailField(label=gettext_lazy("Right e-mail address"))
    with_others = forms.BooleanField(required=False)

    def __init__(self, *args: Any, others: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["with_others"]
            return
        text = ngettext(
            "Correct the %(count)s other enrolment of this address too",
            "Correct the %(count)s other enrolments of this address too",
            others,
        )
        self.fields["with_others"].label = text % {"count": others}


class MoveForm(forms.Form):
    """Where a person goes. Who told of access needs does not land in a room with steps unasked."""

    to_session = OpenSessionField(label=gettext_lazy("Other session"), queryset=Session.objects.none())
    suits_access_needs = forms.BooleanField(label=gettext_lazy("The person was asked: this place suits"), required=False)

    def __init__(self, *args: Any, sessions: QuerySet[Session], has_access_needs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_access_needs = has_access_needs
        field: Any = self.fields["to_session"]
        field.queryset, field.names_steps = sessions, has_access_needs
        if not has_access_needs:
            del self.fields["suits_access_needs"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen: Session | None = cleaned.get("to_session")
        if self.has_access_needs and chosen and chosen.may_have_steps and not cleaned["suits_access_needs"]:
            text = _("“%(venue)s” is not known to be step-free. Ask the person, or choose another session.")
            self.add_error("suits_access_needs", text % {"venue": chosen.venue})
        return cleaned


class OverCapacityForm(forms.Form):
    """One more than there are seats: only when the coordinator says so."""

    over_capacity = forms.BooleanField(label=gettext_lazy("Confirm although the session is full"), required=False)


class ReasonForm(forms.Form):
    """Why, for the history."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Kept in the history of the enrolment; not in the mail. Write nothing about anybody's health."),
    )

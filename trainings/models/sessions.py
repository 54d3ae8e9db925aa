"""A session is a dated run of something one enrols in; its meetings are the half-days."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.fields import TokenField, readable_code
from core.languages import current_language, language_display
from core.lifecycle.transitions import Transition
from core.models import Organisation, Programme, Sector
from trainings.enums import Delivery, FreedSeats, Language, Phase, SessionKind, SessionStatus
from trainings.models.catalogue import Module
from trainings.models.cycles import Cycle, Project
from trainings.models.money import CentsField
from trainings.models.trainers import Trainer
from trainings.querysets.sessions import SessionQuerySet

if TYPE_CHECKING:
    from trainings.catalogue.entries import Entry
    from trainings.seats.places import PlacesLeft


def session_reference() -> str:
    """8 readable characters, part of the enrolment form's URL and printed on the sign-in sheet."""
    return readable_code(8)


class Venue(models.Model):
    """A place where sessions meet, with what people need to know to get in."""

    name = models.CharField(_("name"), max_length=160)
    street = models.CharField(_("street and number"), max_length=160)
    postal_code = models.CharField(_("postal code"), max_length=4)
    municipality_fr = models.CharField(_("municipality in French"), max_length=80)
    municipality_nl = models.CharField(_("municipality in Dutch"), max_length=80, blank=True)
    public_transport = models.CharField(
        _("public transport"), max_length=240, blank=True, help_text=_("Stops and lines; names only, so that no translation is needed.")
    )
    is_step_free = models.BooleanField(_("step-free access"), default=False)
    has_accessible_toilet = models.BooleanField(_("accessible toilet"), default=False)
    access_notes_fr = models.CharField(_("access notes in French"), max_length=240, blank=True)
    access_notes_nl = models.CharField(_("access notes in Dutch"), max_length=240, blank=True)
    access_notes_en = models.CharField(_("access notes in English"), max_length=240, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")

    def __str__(self) -> str:
        return self.name

    @property
    def municipality(self) -> str:
        return self.municipality_nl if current_language() == "nl" and self.municipality_nl else self.municipality_fr

    @property
    def access_notes(self) -> str:
        return getattr(self, f"access_notes_{current_language()}", "") or self.access_notes_fr

    @property
    def postal_address(self) -> str:
        return f"{self.street}, {self.postal_code} {self.municipality}"


class CheckIn(models.TextChoices):
    """Whether people confirm their presence themselves with a code in the room."""

    NONE = "", _("no")
    SCREEN = "screen", _("with a code on a screen, a new one every minute")
    WALL = "wall", _("with a code printed for the wall, valid around the hours of the meeting")


class Session(ClusterableModel):
    """One dated run, booked as one whatever the number of its meetings. One row whatever the language."""

    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind, default=SessionKind.OPEN_TRAINING)
    module = models.ForeignKey(Module, verbose_name=_("module"), null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Only for sessions without a module."))
    cycle = models.ForeignKey(Cycle, verbose_name=_("cycle"), null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    programme = models.CharField(
        _("programme"),
        max_length=20,
        choices=Programme,
        blank=True,
        help_text=_("For the yearly report. Empty: that of its cycle, else by its kind."),
    )
    project = models.CharField(_("project"), max_length=10, choices=Project, blank=True, help_text=_("Counted apart in the yearly report."))
    file_reference = models.CharField(
        _("reference of the file"), max_length=20, blank=True, help_text=_("Of a team supervision: the file in the follow-up.")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    delivery = models.CharField(_("delivery"), max_length=10, choices=Delivery, default=Delivery.ON_SITE)
    venue = models.ForeignKey(Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    online_url = models.URLField(
        _("link to the meeting online"), blank=True, help_text=_("Told by mail after enrolment, never on the site.")
    )
    capacity = models.PositiveSmallIntegerField(_("seats"), default=14)
    status = models.CharField(_("status"), max_length=10, choices=SessionStatus, default=SessionStatus.DRAFT)
    enrolment_closes_at = models.DateTimeField(
        _("enrolment closes"), null=True, blank=True, help_text=_("Empty: when the first meeting begins.")
    )
    freed_seats = models.CharField(_("a seat that becomes free is"), max_length=10, choices=FreedSeats, default=FreedSeats.AUTOMATIC)
    answer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 30)],
        help_text=_("Empty: three days, one day in the last week, four hours in the last two days. 24 or more: until a day ends."),
    )
    kept_seats = models.PositiveSmallIntegerField(_("seats kept for some sectors"), default=0)
    kept_sectors = models.ManyToManyField(Sector, verbose_name=_("kept for these sectors"), blank=True, related_name="+")
    kept_until = models.DateField(_("kept until this day"), null=True, blank=True, help_text=_("The day itself included."))
    most_per_organisation = models.PositiveSmallIntegerField(
        _("at most so many people of one organisation"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_per_sector = models.PositiveSmallIntegerField(
        _("at most so many people of one sector"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_per_zone = models.PositiveSmallIntegerField(
        _("at most so many people of one care zone"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_until = models.DateField(_("limited until this day"), null=True, blank=True, help_text=_("The day itself included."))
    price_cents = CentsField(_("price a person"), null=True, blank=True, help_text=_("In euros. Empty: the price of the module."))
    reduced_price_cents = CentsField(
        _("reduced price a person"),
        null=True,
        blank=True,
        help_text=_("In euros. Empty: none. The payment settings say for whom."),
    )
    certificate_percent = models.PositiveSmallIntegerField(
        _("share of the hours a certificate asks for"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In percent of the minutes planned. Empty: whoever attended at all gets one."),
    )
    check_in = models.CharField(
        _("people confirm their presence themselves"), max_length=6, choices=CheckIn, default=CheckIn.NONE, blank=True
    )
    is_accredited = models.BooleanField(
        _("accredited for doctors"),
        default=False,
        help_text=_("Doctors may then give their RIZIV/INAMI number, so that you can report their attendance."),
    )
    trainers = models.ManyToManyField(Trainer, verbose_name=_("trainers"), blank=True, related_name="sessions")
    internal_note = models.TextField(_("note for the team"), blank=True)
    note_before = models.TextField(
        _("practical notes for the trainers"), blank=True, help_text=_("Who has the key, what stands in the room, whom to call.")
    )
    note_after = models.TextField(_("what the trainers noted afterwards"), blank=True, help_text=_("Nothing about anybody’s health."))
    reference = TokenField(_("public reference"), max_length=8, default=session_reference)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = SessionQuerySet.as_manager()

    if TYPE_CHECKING:
        # Added by the QuerySet: with_dates(), with_seats(), with_seats_left().
        starts_at: datetime.datetime
        ends_at: datetime.datetime
        confirmed_count: int
        offered_count: int
        waiting_count: int
        free_seats: int
        seats_left: int
        # Added by trainings.querysets.places.
        places: PlacesLeft
        # Added by trainings.dates.
        entry: Entry

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        permissions: ClassVar = [
            ("mark_attendance", gettext_noop("Can mark who is present")),
            ("view_access_needs", gettext_noop("Can read the access needs of any session")),
            ("view_any_session", gettext_noop("Can see every session, not only one's own")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(module__isnull=False) | ~models.Q(title=""), name="trainings_session_has_module_or_title"
            ),
            models.CheckConstraint(
                condition=models.Q(reduced_price_cents__isnull=True)
                | models.Q(price_cents__isnull=True)
                | models.Q(reduced_price_cents__lte=models.F("price_cents")),
                name="trainings_session_reduced_price_is_lower",
            ),
            models.CheckConstraint(
                condition=models.Q(kept_seats=0) | models.Q(kept_until__isnull=False), name="trainings_session_keeps_seats_until_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(most_per_organisation__isnull=True, most_per_sector__isnull=True, most_per_zone__isnull=True)
                | models.Q(most_until__isnull=False),
                name="trainings_session_limits_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    @property
    def starts(self) -> datetime.datetime | None:
        """When the first meeting begins. Reads the meetings (prefetch them)."""
        return min((meeting.starts_at for meeting in self.meetings.all()), default=None)

    def phase(self, now: datetime.datetime) -> Phase:
        """Whether the first meeting is still to come, or the last one is over. Reads the meetings (prefetch them)."""
        meetings = list(self.meetings.all())
        if not meetings or min(each.starts_at for each in meetings) > now:
            return Phase.TO_COME
        return Phase.BEGUN if max(each.ends_at for each in meetings) > now else Phase.OVER

    @property
    def asks_care_zone(self) -> bool:
        """Whether the care zone decides about a seat, or the cycle wants to know it."""
        return self.most_per_zone is not None or (self.cycle is not None and self.cycle.asks_care_zone)

    @property
    def may_have_steps(self) -> bool:
        """Whether people meet in a room of which nobody says that it is step-free."""
        return self.delivery != Delivery.ONLINE and self.venue is not None and not self.venue.is_step_free

    @property
    def name(self) -> str:
        """The working title; public pages use the title of the module's page."""
        return self.module.name if self.module else self.title


class SessionTransition(Transition):
    """One change of a session's status."""

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=SessionStatus)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=SessionStatus)


class Meeting(models.Model):
    """One half-day or evening. Presence is kept per meeting."""

    # Parental: a session and its meetings are edited in one form.
    session = ParentalKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    host = models.ForeignKey(Organisation, verbose_name=_("hosted by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    roll_closed_at = models.DateTimeField(_("roll call closed"), null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["starts_at"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="trainings_meeting_ends_after_it_begins"),
            models.UniqueConstraint(fields=["session", "starts_at"], name="trainings_meeting_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        """The constraint says the same to the database; this says it to people."""
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A meeting ends after it begins.")})

    @property
    def duration(self) -> datetime.timedelta:
        return self.ends_at - self.starts_at

    @property
    def minutes(self) -> int:
        """How long it is planned to last."""
        return int(self.duration.total_seconds() // 60)

"""Rows of trainings for tests. Every default is the plain case; say in the test what is special."""

import datetime
import uuid
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from tests.core.factories import ThemeFactory
from tests.core.page_tree import create_pages
from trainings.enrolment.announce import announce
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionStatus
from trainings.models import (
    AccreditationNumber,
    AnnouncedMeeting,
    Attendance,
    AttendanceMark,
    CataloguePage,
    CatalogueYear,
    Certificate,
    Cycle,
    Enrolment,
    EnrolmentGroup,
    EnrolmentTransition,
    Interest,
    MarkOutcome,
    Meeting,
    Module,
    ModulePage,
    Participant,
    Session,
    Trainer,
    TrainerAbsence,
    Venue,
)

LANGUAGES = ("fr", "nl", "en")


class ModuleFactory(DjangoModelFactory[Module]):
    class Meta:
        model = Module
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: 100 + n)
    name = factory.Sequence(lambda n: f"Accueillir et écouter {n}")
    theme = factory.SubFactory(ThemeFactory)
    days = 1
    languages = factory.LazyFunction(lambda: ["fr", "nl"])


class VenueFactory(DjangoModelFactory[Venue]):
    class Meta:
        model = Venue

    name = factory.Sequence(lambda n: f"Atelier d’exemple {n}")
    street = "Rue de l’Exemple 12"
    postal_code = "1000"
    municipality_fr = "Bruxelles"
    municipality_nl = "Brussel"
    public_transport = "De Brouckère (M1, M5)"
    is_step_free = True


class TrainerFactory(DjangoModelFactory[Trainer]):
    class Meta:
        model = Trainer

    name = factory.Sequence(lambda n: f"Camille Exemple {n}")
    email = factory.Sequence(lambda n: f"trainer{n}@example.org")


class TrainerAbsenceFactory(DjangoModelFactory[TrainerAbsence]):
    """A week from tomorrow."""

    class Meta:
        model = TrainerAbsence

    trainer = factory.SubFactory(TrainerFactory)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=1))
    ends_on = factory.LazyAttribute(lambda absence: absence.starts_on + datetime.timedelta(days=6))


class CycleFactory(DjangoModelFactory[Cycle]):
    """Intersectoral intervisions that are on now."""

    class Meta:
        model = Cycle

    name_fr = factory.Sequence(lambda n: f"Intervisions d’exemple {n}")
    name_nl = factory.Sequence(lambda n: f"Intervisies als voorbeeld {n}")
    name_en = factory.Sequence(lambda n: f"Example intervisions {n}")
    first_day = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=30))
    last_day = factory.LazyAttribute(lambda cycle: cycle.first_day + datetime.timedelta(days=240))


class SessionFactory(DjangoModelFactory[Session]):
    """Published, 14 seats, one half-day in 30 days. `meetings=2`: two, a week apart; `first_meeting_at=`: another moment."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    module = factory.SubFactory(ModuleFactory)
    venue = factory.SubFactory(VenueFactory)
    capacity = 14
    status = SessionStatus.PUBLISHED

    @classmethod
    def _create(cls, model_class: type[Session], *args: Any, **kwargs: Any) -> Session:
        count, starts_at = kwargs.pop("meetings", 1), kwargs.pop("first_meeting_at", None)
        session: Session = super()._create(model_class, *args, **kwargs)
        begins = starts_at or timezone.now() + datetime.timedelta(days=30)
        for week in range(count):
            MeetingFactory(session=session, starts_at=begins + datetime.timedelta(weeks=week))
        return session


class MeetingFactory(DjangoModelFactory[Meeting]):
    """Three hours."""

    class Meta:
        model = Meeting

    session = factory.SubFactory(SessionFactory, meetings=0)
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + datetime.timedelta(hours=3))


class ParticipantFactory(DjangoModelFactory[Participant]):
    class Meta:
        model = Participant
        django_get_or_create = ("email",)

    email = factory.Sequence(lambda n: f"participant{n}@example.org")
    name = factory.Sequence(lambda n: f"Dominique Exemple {n}")


class EnrolmentGroupFactory(DjangoModelFactory[EnrolmentGroup]):
    """A contact and one place of a colleague; `place=False` for none, more with `EnrolmentFactory(group=…)`."""

    class Meta:
        model = EnrolmentGroup
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    contact_name = "Lou Exemple"
    contact_email = factory.Sequence(lambda n: f"contact{n}@example.org")
    language = "fr"
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def place(self: EnrolmentGroup, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if create and extracted is not False:
            EnrolmentFactory(session=self.session, group=self)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """Confirmed, with its first transition. `is_waiting=True` for the list, `announced=True` for one whose mail told the dates."""

    class Meta:
        model = Enrolment
        skip_postgeneration_save = True

    class Params:
        is_waiting = factory.Trait(status=EnrolmentStatus.WAITING, queued_at=factory.LazyAttribute(lambda enrolment: enrolment.created_at))
        is_cancelled = factory.Trait(status=EnrolmentStatus.CANCELLED)

    session = factory.SubFactory(SessionFactory)
    participant = factory.SubFactory(ParticipantFactory)
    status = EnrolmentStatus.CONFIRMED
    name = factory.LazyAttribute(lambda enrolment: enrolment.participant.name)
    language = "fr"
    created_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def history(self: Enrolment, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if create:
            EnrolmentTransition.objects.create(enrolment=self, to_status=self.status, at=self.created_at)

    @factory.post_generation
    def announced(self: Enrolment, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if create and extracted:
            announce(self, now=self.created_at)


class AnnouncedMeetingFactory(DjangoModelFactory[AnnouncedMeeting]):
    """As told in the mail that confirmed the seat."""

    class Meta:
        model = AnnouncedMeeting

    enrolment = factory.SubFactory(EnrolmentFactory)
    meeting_id = factory.LazyAttribute(lambda row: row.enrolment.session.meetings.first().pk)
    starts_at = factory.LazyAttribute(lambda row: row.enrolment.session.meetings.first().starts_at)
    ends_at = factory.LazyAttribute(lambda row: row.enrolment.session.meetings.first().ends_at)
    summary = "Accueillir et écouter"
    digest = "0" * 64
    stamped_at = factory.LazyFunction(timezone.now)
    is_in_calendar = True


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """Present for the whole meeting."""

    class Meta:
        model = Attendance

    enrolment = factory.SubFactory(EnrolmentFactory)
    meeting = factory.LazyAttribute(lambda attendance: attendance.enrolment.session.meetings.first())
    status = AttendanceStatus.PRESENT
    minutes = 180
    marked_at = factory.LazyFunction(timezone.now)


class AttendanceMarkFactory(DjangoModelFactory[AttendanceMark]):
    """Waits for a decision: somebody else noted otherwise."""

    class Meta:
        model = AttendanceMark

    client_id = factory.LazyFunction(uuid.uuid4)
    enrolment = factory.SubFactory(EnrolmentFactory)
    meeting = factory.LazyAttribute(lambda mark: mark.enrolment.session.meetings.first())
    status = AttendanceStatus.ABSENT
    marked_at = factory.LazyFunction(timezone.now)
    received_at = factory.LazyFunction(timezone.now)
    outcome = MarkOutcome.CONFLICT


class AccreditationNumberFactory(DjangoModelFactory[AccreditationNumber]):
    class Meta:
        model = AccreditationNumber

    enrolment = factory.SubFactory(EnrolmentFactory)
    number = "18334780004"
    given_at = factory.LazyFunction(timezone.now)


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    enrolment = factory.SubFactory(EnrolmentFactory)
    name = factory.LazyAttribute(lambda certificate: certificate.enrolment.name)
    title = "Accueillir et écouter"
    language = "fr"
    starts_on = datetime.date(2026, 2, 3)
    ends_on = datetime.date(2026, 2, 10)
    minutes = 360
    minutes_planned = 360
    issued_at = factory.LazyFunction(timezone.now)


class InterestFactory(DjangoModelFactory[Interest]):
    """Confirmed, not yet told."""

    class Meta:
        model = Interest

    module = factory.SubFactory(ModuleFactory)
    email = factory.Sequence(lambda n: f"interested{n}@example.org")
    language = "fr"
    created_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)


class CatalogueYearFactory(DjangoModelFactory[CatalogueYear]):
    """Frozen this moment, without an edition."""

    class Meta:
        model = CatalogueYear

    year = factory.Sequence(lambda n: 2000 + n % 100)
    frozen_at = factory.LazyFunction(timezone.now)


def make_catalogue() -> dict[str, CataloguePage]:
    """The home page and the catalogue in the three languages, below the site's root. Shape: {language: catalogue}. Made once a test."""
    home = CataloguePage.objects.filter(locale__language_code="fr").first()
    if home is not None:
        return {page.locale.language_code: page for page in CataloguePage.objects.select_related("locale")}
    root = Page.get_first_root_node()
    catalogues: dict[str, CataloguePage] = {}
    homes: dict[str, HomePage] = {}
    for language in LANGUAGES:
        locale, _created = Locale.objects.get_or_create(language_code=language)
        home_page = HomePage(title="Smes", slug=f"home-{language}", locale=locale, **_translation_of(homes))
        homes[language] = root.add_child(instance=home_page)
        catalogue = CataloguePage(
            title=f"Catalogue ({language})", slug=f"catalogue-{language}", locale=locale, **_translation_of(catalogues)
        )
        catalogues[language] = homes[language].add_child(instance=catalogue)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": homes["fr"]})
    Site.clear_site_root_paths_cache()
    return catalogues


def make_sheets(module: Module, **titles: str) -> dict[str, ModulePage]:
    """The sheets of a module, `make_sheets(module, fr="Écouter", nl="Luisteren")`; all three languages when no title is given."""
    catalogues = make_catalogue()
    sheets: dict[str, ModulePage] = {}
    for language, title in (titles or {each: f"{module.name} ({each})" for each in LANGUAGES}).items():
        page = ModulePage(
            title=title,
            slug=f"module-{module.number}-{language}",
            locale=catalogues[language].locale,
            module=module,
            intro=f"Intro {language}",
            **_translation_of(sheets),
        )
        # Read again: treebeard keeps the number of children in the parent's row.
        sheets[language] = CataloguePage.objects.get(pk=catalogues[language].pk).add_child(instance=page)
    return sheets


def _translation_of(pages: dict[str, Any]) -> dict[str, Any]:
    """Pages of one thing in several languages share a key."""
    return {"translation_key": pages["fr"].translation_key} if "fr" in pages else {}


def many_modules(number: int, first: int = 1000) -> None:
    """Modules with a French page, half of them with a session, in few statements."""
    theme = ThemeFactory()
    catalogue = CataloguePage.objects.get(locale__language_code="fr")
    modules = ModuleFactory.create_batch(number, theme=theme)
    text = "Travailler ensemble quand précarité, santé mentale et addiction se mêlent, en équipe et en réseau"
    pages = [
        ModulePage(
            title=f"Accompagner des situations complexes, volet {index}",
            slug=f"volet-{index}",
            locale=catalogue.locale,
            module=module,
            intro=f"{text}, partie {index}. " * 2,
        )
        for index, module in enumerate(modules, start=first)
    ]
    create_pages(catalogue, pages)
    for module in modules[1::2]:
        SessionFactory(module=module)

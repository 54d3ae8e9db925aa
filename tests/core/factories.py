"""Rows of core for tests. Every default is the plain case; say in the test what is special."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from core.models import (
    Backup,
    Duty,
    Figure,
    FigureValue,
    Incident,
    KeptApart,
    Merge,
    Organisation,
    OrganisationName,
    OutgoingMail,
    SearchSynonyms,
    Sector,
    SiteTexts,
    Theme,
    User,
)


class UserFactory(DjangoModelFactory[User]):
    """A member of staff without any right; password `secret-for-tests`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    email = factory.Sequence(lambda n: f"staff{n}@example.org")
    password = factory.django.Password("secret-for-tests")


class SectorFactory(DjangoModelFactory[Sector]):
    class Meta:
        model = Sector

    slug = factory.Sequence(lambda n: f"sector-{n}")
    name_fr = factory.Sequence(lambda n: f"Secteur {n}")
    name_nl = factory.Sequence(lambda n: f"Sector {n} (nl)")
    name_en = factory.Sequence(lambda n: f"Sector {n}")


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name_fr = factory.Sequence(lambda n: f"Thème {n}")
    name_nl = factory.Sequence(lambda n: f"Thema {n}")
    name_en = factory.Sequence(lambda n: f"Theme {n}")


class SearchSynonymsFactory(DjangoModelFactory[SearchSynonyms]):
    class Meta:
        model = SearchSynonyms

    language = "nl"
    words = "GGZ, geestelijke gezondheidszorg"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name_fr = factory.Sequence(lambda n: f"Maison d’exemple {n}")
    name_nl = factory.Sequence(lambda n: f"Voorbeeldhuis {n}")
    sector = factory.SubFactory(SectorFactory)
    municipality = "Bruxelles"


class OrganisationNameFactory(DjangoModelFactory[OrganisationName]):
    class Meta:
        model = OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Autre nom {n}")


class MergeFactory(DjangoModelFactory[Merge]):
    """Of two organisations; the removed one had a name and nothing hung on it."""

    class Meta:
        model = Merge

    kind = "core.organisation"
    kept_id = factory.LazyFunction(lambda: OrganisationFactory().pk)
    removed_id = factory.Sequence(lambda n: 900_000 + n)
    changes = factory.LazyAttribute(
        lambda merge: [
            {
                "did": "remove",
                "model": "core.Organisation",
                "key": merge.removed_id,
                "row": {"id": merge.removed_id, "name_fr": "Maison retirée", "name_nl": "", "roles": [], "is_listed": True},
            }
        ]
    )
    at = factory.LazyFunction(timezone.now)


class KeptApartFactory(DjangoModelFactory[KeptApart]):
    class Meta:
        model = KeptApart

    kind = "core.organisation"
    first_id = factory.Sequence(lambda n: n + 1)
    second_id = factory.LazyAttribute(lambda pair: pair.first_id + 1)
    at = factory.LazyFunction(timezone.now)


class OutgoingMailFactory(DjangoModelFactory[OutgoingMail]):
    """Queued, never tried; no task delivers it (tests/core/mailing.py writes one that a worker would take)."""

    class Meta:
        model = OutgoingMail

    kind = "home/mail/contact_message"
    to = "reader@example.org"
    language = "fr"
    subject = "Une question"
    text = "Bonjour"
    html = "<p>Bonjour</p>"
    created_at = factory.LazyFunction(timezone.now)


class SiteTextsFactory(DjangoModelFactory[SiteTexts]):
    """French, without menus. `language="nl"` for another one."""

    class Meta:
        model = SiteTexts

    class Params:
        language = "fr"

    locale = factory.LazyAttribute(lambda texts: Locale.objects.get_or_create(language_code=texts.language)[0])
    strapline = "Relier celles et ceux qui aident"
    address = "Rue de l’Exemple 1\n1000 Bruxelles"


class DutyFactory(DjangoModelFactory[Duty]):
    """One that is registered and had a good run a moment ago."""

    class Meta:
        model = Duty
        django_get_or_create = ("name",)

    name = "prune_mails"
    next_run_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(hours=5))
    last_run_at = factory.LazyFunction(timezone.now)
    last_success_at = factory.LazyFunction(timezone.now)
    last_outcome = factory.LazyFunction(lambda: {"mails": 3})


class IncidentFactory(DjangoModelFactory[Incident]):
    """One that began an hour ago and was told."""

    class Meta:
        model = Incident

    check_name = factory.Sequence(lambda n: f"check_{n}")
    reason = "waits"
    began_at = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(hours=1))
    told_at = factory.LazyFunction(timezone.now)


class FigureFactory(DjangoModelFactory[Figure]):
    """What is counted; without a value."""

    class Meta:
        model = Figure

    key = factory.Sequence(lambda n: f"figure_{n}")
    programme = "connect"
    section = "Uitwisselingstafels"
    unit = "persons"
    label_fr = factory.Sequence(lambda n: f"Personnes {n}")
    label_nl = factory.Sequence(lambda n: f"Personen {n}")
    label_en = factory.Sequence(lambda n: f"People {n}")


class FigureValueFactory(DjangoModelFactory[FigureValue]):
    class Meta:
        model = FigureValue

    figure = factory.SubFactory(FigureFactory)
    year = 2024
    value = 60
    source_fr = factory.LazyAttribute(lambda row: f"Rapport d’activités {row.year}")
    source_nl = factory.LazyAttribute(lambda row: f"Jaarverslag {row.year}")
    source_en = factory.LazyAttribute(lambda row: f"Annual report {row.year}")


class BackupFactory(DjangoModelFactory[Backup]):
    """Made just now."""

    class Meta:
        model = Backup

    name = factory.Sequence(lambda n: f"smes-20261201T{n:06}Z.tar.age")
    size = 1_000_000
    made_at = factory.LazyFunction(timezone.now)

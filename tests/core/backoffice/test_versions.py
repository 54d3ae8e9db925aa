"""What all apps share: the menus, the directory, and what counts as the same value."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from core.backoffice.versions.values import comparable, in_words
from core.models import Organisation, SiteTexts
from tests.core.factories import OrganisationFactory, UserFactory
from tests.versions import Tab


@pytest.fixture
def me(db: None) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(is_superuser=True))
    return client


# What the editor of two empty menus sends.
NO_MENUS = {"main_menu-count": 0, "footer_menu-count": 0}


def menu_of(text: str) -> dict[str, Any]:
    """One entry."""
    link = {"page": "", "url": "https://smes.be/", "text": text}
    own = {"deleted": "", "order": "0", "type": "entry", "id": "", "value-children-count": "0"}
    sent = {f"main_menu-0-{name}": value for name, value in own.items()}
    return NO_MENUS | {"main_menu-count": 1} | sent | {f"main_menu-0-value-link-{name}": value for name, value in link.items()}


class TestMenus:
    @pytest.fixture
    def texts(self, db: None) -> SiteTexts:
        locale = Locale.objects.get(language_code="fr")
        return SiteTexts.objects.filter(locale=locale).first() or SiteTexts.objects.create(locale=locale, strapline="Relier")

    def test_the_footer_and_the_line_are_both_kept(self, me: Client, texts: SiteTexts) -> None:
        url = reverse("wagtailsnippets_core_sitetexts:edit", args=[texts.pk])
        mine, theirs = Tab(me, url), Tab(me, url)
        theirs.save(strapline="Relier, soutenir", **NO_MENUS)
        html = mine.save(address="Rue de l’Exemple 1", **NO_MENUS)
        texts.refresh_from_db()
        assert (texts.strapline, texts.address) == ("Relier, soutenir", "Rue de l’Exemple 1")
        assert "you, in another window" in html

    def test_an_entry_of_the_menu_added_meanwhile_stays(self, me: Client, texts: SiteTexts) -> None:
        """A menu is one field: whoever did not touch it keeps what stands now."""
        url = reverse("wagtailsnippets_core_sitetexts:edit", args=[texts.pk])
        mine = Tab(me, url)
        link = {"page": None, "url": "https://smes.be/", "text": "Formations"}
        entry = {"type": "entry", "value": {"link": link, "children": []}}
        SiteTexts.objects.filter(pk=texts.pk).update(main_menu=json.dumps([entry]))
        mine.save(address="Rue de l’Exemple 1", **NO_MENUS)
        texts.refresh_from_db()
        assert (len(texts.main_menu), texts.address) == (1, "Rue de l’Exemple 1")

    def test_two_menus_are_asked_about(self, me: Client, texts: SiteTexts) -> None:
        url = reverse("wagtailsnippets_core_sitetexts:edit", args=[texts.pk])
        mine, theirs = Tab(me, url), Tab(me, url)
        theirs.save(**menu_of("Formations"))
        html = mine.save(**menu_of("Publications"))
        assert mine.questions == ["Main menu"]
        assert "Formations" in html
        assert "Publications" in html
        mine.save(**menu_of("Publications"), **mine.choose("main_menu", "theirs"))
        texts.refresh_from_db()
        assert [entry.value["link"]["text"] for entry in texts.main_menu] == ["Formations"]


def test_the_directory(me: Client) -> None:
    organisation = OrganisationFactory(name_fr="Un nom", name_nl="")
    url = reverse("core_organisations:edit", args=[organisation.pk])
    mine, theirs = Tab(me, url), Tab(me, url)
    theirs.save(name_nl="Een naam")
    mine.save(name_fr="Un autre nom")
    organisation = Organisation.objects.get(pk=organisation.pk)
    assert (organisation.name_fr, organisation.name_nl) == ("Un autre nom", "Een naam")


@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        (None, ""),
        (False, ""),
        (Decimal("120.00"), Decimal(120)),
        (5, "5"),
        ("une\nligne", "une\r\nligne "),
        (["nl", "fr"], ["fr", "nl"]),
        ([], ""),
        (datetime.datetime(2027, 1, 2, 9, 30, 12, tzinfo=datetime.UTC), datetime.datetime(2027, 1, 2, 9, 30, tzinfo=datetime.UTC)),
    ],
    ids=["nothing", "an empty box", "a price", "a number", "lines", "ticks in another order", "no tick", "seconds"],
)
def test_what_means_the_same_is_no_change(stored: object, sent: object) -> None:
    assert comparable(stored) == comparable(sent)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.BooleanField(), False, "no"),
        (forms.CharField(), "", "nothing"),
        (forms.ChoiceField(choices=[("fr", "French"), ("nl", "Dutch")]), "nl", "Dutch"),
        (forms.MultipleChoiceField(choices=[("fr", "French"), ("nl", "Dutch")]), ["nl", "fr"], "French, Dutch"),
        (forms.DateField(), datetime.date(2027, 2, 1), "1 February 2027"),
    ],
    ids=["a box", "empty", "a choice", "choices", "a day"],
)
def test_values_are_shown_in_words(field: forms.Field, value: object, words: str) -> None:
    with translation.override("en"):
        assert in_words(field, value) == words

"""The pages of the site as a reader finds them."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation
from wagtail.images.tests.utils import get_test_image_file

from core.blocks.streams import CONTENT
from core.models import CustomImage
from home.models import EventIndexPage, EventPage, NewsIndexPage, NewsPage, ProgrammePage, StandardPage
from tests.core.block_words import main_text, words_of
from tests.core.factories import OrganisationFactory
from tests.home.factories import add_page, add_pages, home_of
from tests.trainings.factories import ModuleFactory, SessionFactory, make_sheets

pytestmark = pytest.mark.django_db


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def event(title: str, days: int) -> EventPage:
    begins = timezone.now() + datetime.timedelta(days=days)
    return EventPage(title=title, starts_at=begins, ends_at=begins + datetime.timedelta(hours=3))


class TestHome:
    def test_it_says_what_smes_does_and_links_to_three_starting_points(self, client: Client) -> None:
        home = home_of()
        home.intro = "Relier celles et ceux qui aident"
        link = {"page": None, "url": "https://example.org/", "text": "Voir"}
        home.doors = [("door", {"title": f"Porte {number}", "text": "Par ici", "link": link}) for number in range(3)]
        home.save_revision().publish()
        html = html_of(client, home.url)
        assert re.search(r"<h1[^>]*>\s*Relier celles et ceux qui aident", html)
        assert [title in html for title in ("Porte 0", "Porte 1", "Porte 2")] == [True] * 3

    def test_it_shows_the_next_sessions_and_the_latest_news_of_its_language(self, client: Client) -> None:
        module = ModuleFactory(is_example=True, programme="housing_first")
        make_sheets(module, fr="Écouter", nl="Luisteren")
        SessionFactory(module=module)
        indexes = add_pages(NewsIndexPage, fr="Actualités", nl="Nieuws")
        for day in range(1, 6):
            add_page(NewsPage(title=f"Nouvelle {day}", date=datetime.date(2026, 3, day)), indexes["fr"])
        add_page(NewsPage(title="Nieuwtje", date=datetime.date(2026, 3, 9)), indexes["nl"])
        html = html_of(client, home_of().url)
        assert "Écouter" in html
        assert "Luisteren" not in html
        row = html.partition('id="next-sessions"')[2].partition("</ul>")[0]
        assert 'data-programme="housing_first"' in row
        assert 'class="mark-example"' in row
        assert re.findall(r"Nouvelle \d", html) == ["Nouvelle 5", "Nouvelle 4", "Nouvelle 3"]
        assert "Nieuwtje" not in html

    def test_without_sessions_and_news_it_leaves_no_empty_heading(self, client: Client) -> None:
        html = html_of(client, home_of().url)
        assert 'id="next-sessions"' not in html
        assert 'id="news"' not in html

    def test_the_bare_address_leads_to_the_language_of_the_browser(self, client: Client) -> None:
        home_of()
        for accepted, language in (("nl-BE,nl;q=0.9", "nl"), ("en-GB", "en"), ("de", "fr")):
            response = client.get("/", headers={"accept-language": accepted})
            assert (response.status_code, response["Location"]) == (302, f"/{language}/")
            assert "Accept-Language" in response["Vary"]


class TestNews:
    def test_the_latest_comes_first_twelve_a_page(self, client: Client) -> None:
        index = add_page(NewsIndexPage(title="Actualités"))
        for day in range(1, 15):
            add_page(NewsPage(title=f"Jour {day:02}", date=datetime.date(2026, 3, day)), index)
        assert re.findall(r"Jour (\d\d)", html_of(client, index.url))[:2] == ["14", "13"]
        assert re.findall(r"Jour (\d\d)", html_of(client, f"{index.url}?page=2")) == ["02", "01"]

    @pytest.mark.parametrize("page", ["0", "-1", "99", "x", "%00", "9" * 400])
    def test_a_strange_page_number_is_no_error(self, client: Client, page: str) -> None:
        index = add_page(NewsIndexPage(title="Actualités"))
        add_page(NewsPage(title="Une nouvelle", date=datetime.date(2026, 3, 1)), index)
        assert "Une nouvelle" in html_of(client, f"{index.url}?page={page}")

    def test_without_news_the_page_says_so(self, client: Client) -> None:
        assert 'class="empty-state"' in html_of(client, add_page(NewsIndexPage(title="Actualités")).url)

    def test_a_piece_of_news_shows_its_day_and_the_way_up(self, client: Client) -> None:
        index = add_page(NewsIndexPage(title="Actualités"))
        page = add_page(NewsPage(title="Cinq ans", date=datetime.date(2026, 3, 1), programme="support"), index)
        html = html_of(client, page.url)
        assert '<time datetime="2026-03-01">1er mars 2026' in html
        assert 'data-programme="support"' in html
        crumbs = html[html.index('class="breadcrumbs') :]
        assert f'href="{index.url}"' in crumbs[: crumbs.index("</nav>")]

    def test_who_read_it_to_the_end_may_want_the_next_by_mail(self, client: Client) -> None:
        index = add_page(NewsIndexPage(title="Actualités"))
        html = html_of(client, add_page(NewsPage(title="Cinq ans", date=datetime.date(2026, 3, 1)), index).url)
        form = html[html.index('class="newsletter-short"') :]
        assert 'action="/fr/newsletter/abonnement/"' in form


class TestEvents:
    def test_what_is_to_come_stands_first_and_the_past_last(self, client: Client) -> None:
        index = add_page(EventIndexPage(title="Agenda"))
        for title, days in (("Plus tard", 30), ("Bientôt", 3), ("Hier", -1), ("Autrefois", -300)):
            add_page(event(title, days), index)
        html = html_of(client, index.url)
        assert list(re.findall(r"Plus tard|Bientôt|Hier|Autrefois", html)) == ["Bientôt", "Plus tard", "Hier", "Autrefois"]

    def test_an_event_says_when_and_where(self, client: Client) -> None:
        page = event("Table d’échange", 3)
        page.place = "Rue de l’Exemple 1"
        add_page(page, add_page(EventIndexPage(title="Agenda")))
        html = html_of(client, page.url)
        assert "Rue de l’Exemple 1" in html
        assert "<time" in html

    def test_the_end_comes_after_the_beginning_in_the_form_and_in_the_database(self) -> None:
        page = event("À l’envers", 3)
        page.ends_at = page.starts_at
        with pytest.raises(ValidationError):
            page.full_clean()
        index = add_page(EventIndexPage(title="Agenda"))
        straight = add_page(event("À l’endroit", 3), index)
        with pytest.raises(IntegrityError), transaction.atomic():
            EventPage.objects.filter(pk=straight.pk).update(ends_at=straight.starts_at)


class TestProgrammes:
    def test_the_entrance_lists_its_pillars_in_their_order(self, client: Client) -> None:
        page = add_page(ProgrammePage(title="Support", programme="support", intro="Épauler les équipes"))
        for title in ("Équipe mobile", "PAT", "Formations"):
            add_page(StandardPage(title=title), page)
        draft = add_page(StandardPage(title="Brouillon", live=False), page)
        html = html_of(client, page.url)
        assert [html.index(title) for title in ("Équipe mobile", "PAT", "Formations")] == sorted(
            html.index(t) for t in ("Équipe mobile", "PAT", "Formations")
        )
        assert 'data-programme="support"' in html
        assert draft.title not in html

    def test_after_six_summaries_the_other_pages_are_only_named(self, client: Client) -> None:
        page = add_page(ProgrammePage(title="Connect", programme="connect"))
        for number in range(1, 9):
            add_page(StandardPage(title=f"Partie {number}", intro=f"Résumé {number}"), page)
        html = html_of(client, page.url)
        assert [number for number in range(1, 9) if f"Résumé {number}" in html] == [1, 2, 3, 4, 5, 6]
        assert [number for number in range(1, 9) if f">Partie {number}</a>" in html] == [1, 2, 3, 4, 5, 6, 7, 8]


BODIES: dict[str, Any] = {
    "heading": "Une partie",
    "subheading": "Un détail",
    "text": "<p>Des <b>mots</b> et <i>d’autres</i></p>",
    "callout": {"tone": "important", "title": "Attention", "text": "À savoir"},
    "steps": [{"title": "Un", "text": "D’abord"}, {"title": "Deux", "text": "Ensuite"}],
    "details": [{"title": "Une question ?", "text": "Une réponse."}],
    "terms": [{"term": "ETHOS", "meaning": "Une typologie européenne."}],
    "quote": {"text": "Un chez-soi d’abord", "source": "Une source"},
    "figure": {"image": None, "caption": "Ce que l’on voit"},
    "links": [{"page": None, "url": "https://example.org/", "text": "Ailleurs"}],
    "key_figures": {"figures": [{"value": "90.5", "unit": "%", "label": "gardent"}], "year": 2024, "source": "Rapport"},
    "chart": {
        "title": "Barres",
        "unit": "%",
        "rows": [{"label": "Logement", "value": "1.5"}, {"label": "Santé", "value": "0"}],
        "year": 2024,
        "source": "Une étude",
    },
    "organisations": {"title": "Membres", "role": "partner"},
}


class TestBlocks:
    """What an editor typed stands on the page."""

    def test_every_block_a_page_may_hold_is_told_below(self) -> None:
        assert set(BODIES) == {name for name, _block in CONTENT}

    @pytest.mark.parametrize("name", BODIES)
    def test_every_block_shows_on_a_page(self, client: Client, name: str) -> None:
        page = StandardPage(title="Une page", body=[(name, BODIES[name])])
        add_page(page)
        shown = main_text(html_of(client, page.url))
        [drawn] = StandardPage.objects.get(pk=page.pk).body
        with translation.override("fr"):
            words = words_of(drawn.block, drawn.value)
        assert words
        assert [each for each in words if each not in shown] == []

    def test_a_picture_shows_with_its_alternative_text(self, client: Client) -> None:
        image = CustomImage.objects.create(title="Une image", file=get_test_image_file())
        picture = {"image": {"image": image.pk, "alt_text": "Deux mains", "decorative": False}, "caption": "Ce que l’on voit"}
        page = StandardPage(title="Une page")
        page.body = [("figure", page.body.stream_block.child_blocks["figure"].to_python(picture))]
        add_page(page)
        html = html_of(client, page.url)
        assert re.search(r'<img[^>]+alt="Deux mains"', html)
        assert "Ce que l’on voit" in main_text(html)

    def test_words_explained_stand_in_alphabetical_order_whatever_that_of_the_source(self, client: Client) -> None:
        words = [{"term": term, "meaning": f"Ce que {term} veut dire."} for term in ("RIZIV", "Onthaaltehuis", "ACT", "OVM")]
        page = add_page(StandardPage(title="Glossaire", body=[("terms", words)]))
        html = html_of(client, page.url)
        assert re.findall(r"<dt>(\w+)</dt>", html) == ["ACT", "Onthaaltehuis", "OVM", "RIZIV"]
        assert 'id="riziv"' in html

    def test_organisations_with_the_role_are_named(self, client: Client) -> None:
        OrganisationFactory(name_fr="Maison d’en face", roles=["partner"])
        OrganisationFactory(name_fr="Maison d’à côté", roles=[])
        page = StandardPage(title="Une page", body=[("organisations", BODIES["organisations"])])
        add_page(page)
        shown = main_text(html_of(client, page.url))
        assert "Maison d’en face" in shown
        assert "Maison d’à côté" not in shown


class TestEveryPage:
    def test_a_shared_link_carries_title_summary_and_picture(self, client: Client) -> None:
        image = CustomImage.objects.create(title="Une image", file=get_test_image_file())
        page = add_page(StandardPage(title="À propos", intro="Qui nous sommes", listing_image=image, social_text="Venez voir"))
        html = html_of(client, page.url)
        assert '<meta property="og:title" content="À propos">' in html
        assert '<meta property="og:description" content="Venez voir">' in html
        assert re.search(r'<meta property="og:image" content="http://[^"]+\.jpg">', html)

    @pytest.mark.parametrize(("language", "locale"), [("fr", "fr_BE"), ("nl", "nl_BE"), ("en", "en_GB")], ids=["fr", "nl", "en"])
    def test_its_language_is_one_other_sites_know(self, client: Client, language: str, locale: str) -> None:
        """Nobody knows the English of Belgium."""
        page = add_page(StandardPage(title="Smes", intro="Smes, Brussels"), home_of(language))
        html = html_of(client, page.url)
        assert f'<meta property="og:locale" content="{locale}">' in html

    def test_a_private_page_asks_for_the_account_and_shows_nothing(self, client: Client) -> None:
        page = add_page(StandardPage(title="Interne", intro="Rien pour vous"))
        page.view_restrictions.create(restriction_type="login")
        response = client.get(page.url)
        assert response.status_code == 302
        assert "/account/login/" in client.get(response["Location"]).get("Location", response["Location"])

    def test_a_draft_is_not_found(self, client: Client) -> None:
        page = add_page(StandardPage(title="Brouillon", live=False))
        assert client.get(page.url).status_code == 404


@pytest.mark.parametrize(("language", "space"), [("fr", "\N{NO-BREAK SPACE}"), ("nl", " ")], ids=["fr", "nl"])
def test_no_colon_begins_a_line_of_a_french_title(language: str, space: str) -> None:
    page = add_page(StandardPage(title="Loger : et après ?"), home_of(language))
    assert page.title == f"Loger{space}: et après{space}?"
    assert page.slug == "loger-et-apres"

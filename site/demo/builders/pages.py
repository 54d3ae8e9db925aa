"""The tree of pages in French, then its two translations."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cartography.models import MapPage
from core.models import BasePage, SiteTexts
from demo.builders.bodies import Body, key_figures, link, raw
from demo.builders.translation import translate
from demo.builders.years import year_streams
from demo.reading import Text, sheet, sheets, texts_in
from home.models import ContactPage, EventIndexPage, EventPage, HomePage, NewsIndexPage, NewsPage, ProgrammePage, StandardPage, YearPage
from newsletter.models import NewsletterIndexPage
from publications.models import LibraryPage
from trainings.models import CataloguePage

MENU = [
    (
        "connect",
        ["connect/intervisions", "connect/exchange-tables", "connect/ehpad", "connect/advocacy", "publications", "connect/newsletter"],
    ),
    ("support", ["support/mobile-team", "support/pat", "support/trainings", "support/supervision", "support/map"]),
    ("housing-first", [f"housing-first/{page}" for page in ("who", "partners", "teams", "harm-reduction", "in-2024", "outlook")]),
    ("catalogue", []),
    ("publications", []),
    ("news", ["events"]),
    ("about", ["year-2024", "about/members", "about/funders", "about/values-history", "about/context", "contact"]),
]
# Words shorter than the title of the page, so that the menu stays on one line.
SHORT: dict[str, Text] = {"about": {"fr": "À propos", "nl": "Over ons", "en": "About"}}
# Pages below those of the menu, in the order their neighbours are listed.
BELOW = [
    *(f"connect/{name}" for name in ("publications", "objectives", "expertise", "outlook")),
    *(f"support/pat/{name}" for name in ("teams", "trainings", "advocacy", "intervisions", "network", "questions")),
]
# As in the menu; pages outside it come after.
ORDER = [*(key for entry, children in MENU for key in (entry, *children)), *BELOW]

TYPES: dict[str, type[BasePage]] = {
    "home": HomePage,
    "programme": ProgrammePage,
    "standard": StandardPage,
    "year": YearPage,
    "news_index": NewsIndexPage,
    "news": NewsPage,
    "event_index": EventIndexPage,
    "event": EventPage,
    "contact": ContactPage,
    "catalogue": CataloguePage,
    "newsletter": NewsletterIndexPage,
    "library": LibraryPage,
    "map": MapPage,
}


class PageBuilder:
    """Builds every sheet of content/pages once; `pages` maps keys to the French pages."""

    def __init__(self) -> None:
        self.pages: dict[str, BasePage] = {}
        self.sheets = {sheet["key"]: sheet for sheet in sheets("pages")}

    def build(self) -> dict[str, BasePage]:
        """First the bare tree, so that links find their page; then the words; then the translations, parents first."""
        keys = sorted(self.sheets, key=lambda key: (key != "home", key.count("/"), _rank(key)))
        for key in keys:
            self.pages[key] = self._plant(self.sheets[key])
        for key in keys:
            self._write(self.pages[key], self.sheets[key])
        return self.pages

    def _plant(self, sheet: dict[str, Any]) -> BasePage:
        page = TYPES[sheet["type"]](
            title=sheet["title"]["fr"],
            slug=sheet["slug"]["fr"],
            intro=sheet["intro"]["fr"],
            search_description=sheet["search_description"]["fr"],
            locale=Locale.objects.get(language_code="fr"),
        )
        for name, value in self._facts(sheet).items():
            setattr(page, name, value)
        self._parent(sheet["key"]).add_child(instance=page)
        if isinstance(page, HomePage):
            Site.objects.update_or_create(
                is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": page, "site_name": "Smes"}
            )
        return page

    def _parent(self, key: str) -> Page:
        if key == "home":
            root: Page = Page.get_first_root_node()
            return root
        above = key.rpartition("/")[0] or "home"
        return self.pages[above]

    def _facts(self, sheet: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if "programme" in sheet:
            found["programme"] = sheet["programme"]
        if sheet["type"] == "news":
            found["date"] = sheet["date"]
        if sheet["type"] == "year":
            found["year"] = sheet["year"]
        if sheet["type"] == "map":
            found["about"] = "".join(f"<p>{text['fr']}</p>" for text in sheet["about"])
        if sheet["type"] == "event":
            found |= {"starts_at": _moment(sheet["start"]), "ends_at": _moment(sheet["end"]), "place": sheet["place"]["fr"]}
        return found

    def _write(self, page: BasePage, sheet: dict[str, Any]) -> None:
        body = Body(lambda key: self.pages[key].pk)
        if isinstance(page, HomePage):
            doors = [
                ("door", {"title": door["title"]["fr"], "text": door["text"]["fr"], "link": link(self.pages[door["to"]].pk, "")})
                for door in sheet["doors"]
            ]
            setattr(page, "doors", raw(doors))  # noqa: B010
            setattr(page, "key_figures", raw([("key_figures", key_figures(sheet["key_figures"], body.text_of))]))  # noqa: B010
        elif isinstance(page, YearPage):
            for name, stream in year_streams(sheet, body).items():
                setattr(page, name, stream)
        elif hasattr(page, "body"):
            setattr(page, "body", raw(body.build(sheet.get("body") or [])))  # noqa: B010
        page.save_revision().publish()
        page.refresh_from_db()
        translate(page, [*texts_in(sheet), *body.texts], slug=sheet["slug"], same=[CONTACT_EMAIL])
        if isinstance(page, NewsPage):
            # As news of that day, not of the day the demo is made: the newsletter asks what was published since.
            day = timezone.make_aware(datetime.datetime.combine(page.date, datetime.time(9)))
            Page.objects.filter(translation_key=page.translation_key).update(first_published_at=day, last_published_at=day)


def _rank(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _moment(value: Any) -> datetime.datetime:
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime.fromisoformat(str(value))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


CONTACT_EMAIL = "contact@smes.example.org"
FOOTER = ["contact", "connect/newsletter", "about", "glossary", "legal", "privacy", "accessibility"]


def build_site_texts(pages: dict[str, BasePage]) -> None:
    """Menus and footer, one row a language."""
    texts, _created = SiteTexts.objects.get_or_create(locale=Locale.objects.get(language_code="fr"))
    words = sheet("site_texts")
    for name, text in words.items():
        setattr(texts, name, text["fr"])
    setattr(texts, "main_menu", raw([_entry(pages, key, children) for key, children in MENU]))  # noqa: B010
    setattr(texts, "footer_menu", raw([_entry(pages, key, []) for key in FOOTER]))  # noqa: B010
    texts.contact_email = CONTACT_EMAIL
    texts.privacy_page = pages["privacy"]
    texts.save()
    translate(texts, [*words.values(), *SHORT.values()])


def _entry(pages: dict[str, BasePage], key: str, children: list[str]) -> tuple[str, Any]:
    words = SHORT.get(key, {}).get("fr", "")
    return "entry", {"link": link(pages[key].pk, words), "children": [link(pages[child].pk, "") for child in children]}

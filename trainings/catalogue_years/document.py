"""What the catalogue of a year says: the sheets and dates of the web in one language, as data for templates/trainings/pdf/catalogue.typ."""

import datetime
from collections import defaultdict
from itertools import groupby
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from core.artwork.tiles import paper_band
from core.languages import language_name, language_names
from core.pages.own_words import in_own_words
from core.text.dates import DAY_OF_YEAR, written
from core.web.absolute_urls import absolute_url
from core.web.rich_text import pieces_of
from trainings.enums import Delivery, SessionStatus
from trainings.models import CataloguePage, ModulePage, Session
from trainings.models.money import euros
from trainings.templatetags.trainings import by_day, duration, price

Data = dict[str, Any]
# Rich text first, plain text after, as on the page of a sheet.
RICH = ("audience", "outcomes", "prerequisites", "contents")
PLAIN = ("method", "practical")


class NoCatalogue(Exception):
    """There is no sheet to print in a language."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


def catalogue_document(*, year: int, language: str, now: datetime.datetime) -> Data:
    """Every word in reading order. The same number of queries however many sheets and dates. Raises NoCatalogue."""
    with translation.override(language):
        page = CataloguePage.objects.live().filter(locale__language_code=language).first()
        sheets = _sheets(page) if page else []
        if page is None or not sheets:
            raise NoCatalogue(language)
        sessions = _sessions_of(year)
        day = timezone.localdate(now)
        title = f"{page.title} {year}"
        return {
            "language": language,
            "date": [day.year, day.month, day.day],
            "document_title": f"{title} – Smes",
            "title": title,
            "intro": page.intro,
            "band": paper_band("smes", 24, 3),
            "words": _interface(page, day),
            "page_url": page.full_url,
            "themes": _themes(sheets, sessions),
            "dates": _dates(sheets, sessions),
        }


def _interface(page: CataloguePage, day: datetime.date) -> Data:
    """The words the template adds. It alone knows how many pages there are."""
    return {
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "organisation": _("Smes, Brussels. Mental health and social exclusion."),
        "separator": "\N{NO-BREAK SPACE}: " if page.locale.language_code == "fr" else ": ",
        "contents": _("Contents"),
        "calendar": _("Dates of the year"),
        "day": _("Day"),
        "training": _("Training"),
        "language": _("Language"),
        "place": _("Place"),
        "dates": _("Dates"),
        "no_date": _("No date yet"),
        "example": _("Example"),
        "how": _("How to enrol"),
        "how_words": _("Enrol on our site, on the page of the training. Later dates, and seats left, are there too."),
        "as_of": _("This document says what the site said on %(day)s.") % {"day": written(day)},
        "contact": absolute_url("home:contact", language=page.locale.language_code),
    }


def _sheets(page: CataloguePage) -> list[ModulePage]:
    rows = ModulePage.objects.child_of(page).live().filter(in_own_words()).select_related("module__theme", "locale")
    return sorted(rows, key=lambda sheet: (sheet.module.theme.name, sheet.module.number))


def _sessions_of(year: int) -> dict[int, list[Session]]:
    """The open sessions whose first meeting falls in a year of Brussels, soonest first, by module."""
    first, last = (timezone.make_aware(datetime.datetime(each, 1, 1)) for each in (year, year + 1))
    rows = Session.objects.in_catalogue().filter(status__in=(SessionStatus.PUBLISHED, SessionStatus.CLOSED)).with_dates()
    rows = rows.filter(starts_at__gte=first, starts_at__lt=last).order_by("starts_at", "pk")
    found: dict[int, list[Session]] = defaultdict(list)
    for session in rows.select_related("venue", "module").prefetch_related("meetings"):
        found[session.module_id or 0].append(session)
    return found


def _themes(sheets: list[ModulePage], sessions: dict[int, list[Session]]) -> list[Data]:
    return [
        {"name": name, "sheets": [_sheet(each, sessions.get(each.module_id, [])) for each in of_theme]}
        for name, of_theme in groupby(sheets, key=lambda sheet: sheet.module.theme.name)
    ]


def _sheet(sheet: ModulePage, sessions: list[Session]) -> Data:
    module = sheet.module
    return {
        "title": sheet.title,
        "programme": module.programme,
        "is_example": module.is_example,
        "intro": sheet.intro,
        "facts": [{"label": label, "value": str(value)} for label, value in _facts(module)],
        "parts": [part for part in _parts(sheet) if part["pieces"]],
        "dates": [_date(each) for each in sessions],
        "url": sheet.full_url,
    }


def _facts(module: Any) -> list[tuple[str, Any]]:
    people = _("%(least)s to %(most)s people") % {"least": module.group_min, "most": module.group_max}
    facts = [
        (_("Duration"), duration(module.days)),
        (_("Price"), price(module)),
        (_("Group"), people),
        (_("Languages"), language_names(module.languages)),
        (_("Format"), f"{module.get_format_display()}, {module.get_delivery_display()}"),
        (_("Programme"), module.get_programme_display()),
    ]
    return [*facts, (_("Accreditation"), _("recognised as continuing training"))] if module.is_accredited else facts


def _parts(sheet: ModulePage) -> list[Data]:
    """The parts of a sheet under the headings of its page."""
    headings = {
        "audience": _("Who it is for"),
        "outcomes": _("What you learn"),
        "prerequisites": _("What you need"),
        "contents": _("Content"),
        "method": _("How we work"),
        "practical": _("In practice"),
    }
    rich = [{"heading": headings[name], "pieces": pieces_of(RichText(getattr(sheet, name)))} for name in RICH]
    return rich + [{"heading": headings[name], "pieces": _plain(getattr(sheet, name))} for name in PLAIN]


def _plain(text: str) -> list[Data]:
    return [{"kind": "paragraph", "runs": [{"text": line.strip()}]} for line in text.splitlines() if line.strip()]


def _date(session: Session) -> Data:
    """With its price where it has one of its own."""
    own, usual = session.price_cents, session.module.price * 100 if session.module else 0
    return {
        "price": "" if own is None or own == usual else euros(own),
        "days": [day.label for day in by_day(session.meetings.all())],
        "language": language_name(session.language),
        "place": _place(session),
    }


def _dates(sheets: list[ModulePage], sessions: dict[int, list[Session]]) -> list[Data]:
    """Every session of the year on one line, soonest first."""
    titles = {sheet.module_id: sheet.title for sheet in sheets}
    rows = [session for module, of_module in sessions.items() if module in titles for session in of_module]
    return [
        {
            "day": written(session.starts_at, DAY_OF_YEAR),
            "title": titles[session.module_id or 0],
            "language": language_name(session.language),
            "place": _place(session),
        }
        for session in sorted(rows, key=lambda session: (session.starts_at, session.pk))
    ]


def _place(session: Session) -> str:
    if session.delivery == Delivery.ONLINE or session.venue is None:
        return str(session.get_delivery_display())
    return f"{session.venue.name}, {session.venue.municipality}"

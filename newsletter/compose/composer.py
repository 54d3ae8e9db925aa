"""From the blocks of an edition to an IssueContent: pages looked up in its language, free seats counted, URLs absolute.

The number of queries does not depend on the number of items.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from core import clock
from core.languages import language_name
from core.models import BasePage
from core.pages.links import pages_in_language
from core.pages.own_words import in_own_words
from core.text.dates import MOMENT, written
from core.web.absolute_urls import base_url
from newsletter.compose.content import IssueContent, Item, Section
from newsletter.compose.richtext import absolute, clean_html
from newsletter.enums.issues import SectionKind, TrainingState
from trainings.enums import SessionStatus
from trainings.models import ModulePage, Session
from trainings.querysets.places import note_places

INSTEAD_OF_SEATS = {
    TrainingState.CLOSED: gettext_lazy("Enrolment is closed"),
    TrainingState.CANCELLED: gettext_lazy("This training is cancelled"),
}


def compose(page: BasePage, *, now: datetime.datetime | None = None) -> IssueContent:
    """The content of an edition (an IssuePage), saved or not. `now` decides which trainings are still open for enrolment."""
    language = page.locale.language_code
    with translation.override(language):
        return IssueContent(
            language=language,
            subject=" ".join((page.subject or page.title).split()),
            preheader=" ".join(page.preheader.split()),
            number=page.issue.number,
            month=page.issue.month_name,
            intro=page.intro.strip(),
            web_url=absolute(page.get_url() or "", base_url()) if page.pk else "",
            sections=tuple(_Sections(page, now or clock.now()).build()),
        )


class _Sections:
    """Looks everything up first, then builds."""

    def __init__(self, page: BasePage, now: datetime.datetime) -> None:
        self.language = page.locale.language_code
        self.blocks = list(page.body)
        self.now = now
        items = [item for block in self.blocks if block.block_type == "rubric" for item in block.value["items"]]
        chosen = [item.value["page"].pk for item in items if item.block_type == "item" and item.value["page"]]
        self.pages = self._specific(chosen)
        self.sessions = self._sessions(item.value["session"] for item in items if item.block_type == "training")

    def _specific(self, chosen: list[int]) -> dict[int, Page]:
        """The chosen pages in the language of the edition, as specific pages."""
        found = pages_in_language(chosen, self.language)
        specific = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found.values()]).specific()}
        return {key: specific[page.pk] for key, page in found.items() if page.pk in specific}

    def _sessions(self, chosen: Iterable[str]) -> dict[int, Any]:
        keys = [int(key) for key in chosen if key]
        if not keys:
            return {}
        rows = Session.objects.filter(pk__in=keys).with_dates().with_seats_left().select_related("venue", "module")
        note_places(rows, now=self.now)
        sessions = {session.pk: session for session in rows}
        modules = [session.module_id for session in sessions.values()]
        module_pages = ModulePage.objects.live().filter(in_own_words(), locale__language_code=self.language, module__in=modules)
        by_module = {page.module_id: page for page in module_pages}
        return {key: (session, by_module.get(session.module_id)) for key, session in sessions.items()}

    def build(self) -> Iterable[Section]:
        for block in self.blocks:
            if block.block_type == "text":
                html = clean_html(expand_db_html(block.value.source), base_url())
                if html:
                    yield Section(kind="text", html=html)
                continue
            items = tuple(item for child in block.value["items"] if (item := self._item(child)))
            if items:
                section_kind = SectionKind(block.value["rubric"])
                yield Section(kind=section_kind.value, title=str(section_kind.label), items=items)

    def _item(self, child: Any) -> Item | None:
        if child.block_type == "training":
            return self._training(child.value)
        value = child.value
        page = self.pages.get(value["page"].pk) if value["page"] else None
        if value["page"] and page is None and not value["title"]:
            return None
        title = value["title"] or (page.title if page else "")
        text = value["text"] or getattr(page, "summary", "")
        url = (page.get_url() or "") if page else value["url"]
        # Pages that have a day or a place say so in `listing_note`.
        note = value["note"] or getattr(page, "listing_note", "")
        return Item(title=title.strip(), text=text.strip(), url=absolute(url, base_url()), note=note.strip())

    def _training(self, value: Any) -> Item | None:
        found = self.sessions.get(int(value["session"] or 0))
        if found is None:
            return None
        session, module_page = found
        title = value["title"] or (module_page.title if module_page else session.name)
        url = (module_page.get_url() if module_page else "") or reverse("trainings:enrol", args=[session.reference])
        begins = timezone.localtime(session.starts_at) if session.starts_at else None
        where = session.venue.municipality if session.venue else str(session.get_delivery_display())
        when = written(begins, MOMENT)
        return Item(
            title=title.strip(),
            text=(value["text"] or getattr(module_page, "summary", "")).strip(),
            url=absolute(url, base_url()),
            note=" · ".join(part for part in (when, where, language_name(session.language)) if part),
            extra=self._seats(session),
            state=self._state(session).value,
        )

    def _seats(self, session: Session) -> str:
        state = self._state(session)
        if state is not TrainingState.OPEN:
            return str(INSTEAD_OF_SEATS.get(state, ""))
        if not session.places.anybody:
            return _("Full; a waiting list is open")
        return ngettext("%(count)s free seat", "%(count)s free seats", session.places.anybody) % {"count": session.places.anybody}

    def _state(self, session: Session) -> TrainingState:
        if session.status == SessionStatus.CANCELLED:
            return TrainingState.CANCELLED
        if session.starts_at and session.starts_at <= self.now:
            return TrainingState.OVER
        closes_at = session.enrolment_closes_at or session.starts_at
        is_open = session.status == SessionStatus.PUBLISHED and closes_at and closes_at > self.now
        return TrainingState.OPEN if is_open else TrainingState.CLOSED

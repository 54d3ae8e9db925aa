"""A small site of every kind of page, and the writes that change what its readers see."""

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone
from wagtail.models import Page

from cartography.models import Place
from core.models import Sector
from home.models import NewsIndexPage, NewsPage, StandardPage
from publications.enums import MoveKind
from publications.models import Edition, StockMove
from tests.cartography.factories import PlaceFactory, make_map
from tests.home.factories import add_page, add_pages
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition
from tests.publications.factories import EditionFactory, make_library, make_pages
from tests.trainings.factories import SessionFactory, make_catalogue, make_sheets
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.models import Enrolment

SEATS = 4


class Writes:
    """Names of kinds of writes, and what each does. Pages are read again each time: a move changes the rows of others."""

    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)
        self.paths = self._make_site()
        kinds: dict[str, Callable[[], Any]] = {
            name: getattr(self, name)
            for name in ("publish", "unpublish", "move", "translate", "enrol", "cancel", "stock", "place", "issue", "retitle_in_bulk")
        }
        self.kinds = kinds

    def write(self) -> str:
        """Does one of them; its name."""
        name = self.choose.choice(list(self.kinds))
        self.kinds[name]()
        return name

    def _make_site(self) -> list[str]:
        make_catalogue()
        make_library()
        maps = make_map()
        self.sessions = [SessionFactory(capacity=SEATS) for _each in range(2)]
        sheets = [make_sheets(session.module)["fr"] for session in self.sessions]
        self.edition = EditionFactory(copies=500)
        publication = make_pages(self.edition.work)["fr"]
        self.places = [PlaceFactory() for _each in range(2)]
        parents = [add_pages(StandardPage, fr=f"Parent {n}", nl=f"Ouder {n}") for n in range(2)]
        self.parents = [each["fr"].pk for each in parents]
        child = add_page(StandardPage(title="Enfant", slug="enfant"), Page.objects.get(pk=self.parents[0]))
        news = add_page(NewsIndexPage(title="Actualités", slug="actualites"))
        story = add_page(NewsPage(title="Une nouvelle", slug="une-nouvelle", date=timezone.localdate()), news)
        self.letter = edition(IssueFactory())
        self.child, self.story, self.pages = child.pk, story.pk, [*self.parents, child.pk, story.pk]
        moved = [f"/fr/{parents[n]['fr'].slug}/enfant/" for n in range(2)]
        of_parents = [parents[0]["fr"], parents[0]["nl"], parents[1]["fr"]]
        pages = [*sheets, publication, news, story, *of_parents, maps["fr"], self.letter]
        lists = [each.get_parent() for each in (sheets[0], publication, self.letter)]
        place = f"/fr/pair-aidance/lieux/{self.places[0].slug}/"
        return [*(each.url for each in (*pages, *lists) if each.url), *moved, "/fr/", "/nl/", place, "/fr/recherche/?q=Enfant"]

    def _page(self, pk: int) -> Page:
        return Page.objects.get(pk=pk).specific

    def publish(self) -> None:
        page = self._page(self.choose.choice(self.pages))
        page.title = f"Titre {uuid4().hex[:6]}"
        page.save_revision().publish()

    def unpublish(self) -> None:
        page = self._page(self.choose.choice([self.child, self.story]))
        if page.live:
            page.unpublish()
        else:
            page.save_revision().publish()

    def move(self) -> None:
        page = Page.objects.get(pk=self.child)
        target = next(pk for pk in self.parents if not page.is_child_of(Page.objects.get(pk=pk)))
        page.move(Page.objects.get(pk=target), pos="last-child")

    def translate(self) -> None:
        """The Dutch page of the first parent comes and goes: its switcher and hreflang with it."""
        page = self._page(self.parents[0]).get_translations().get(locale__language_code="nl").specific
        page.title = f"Vertaald {uuid4().hex[:6]}"
        if page.live and self.choose.random() < 0.5:
            page.unpublish()
        else:
            page.save_revision().publish()

    def retitle_in_bulk(self) -> None:
        """No signal tells of it."""
        Page.objects.filter(pk=self.choose.choice(self.pages)).update(title=f"En bloc {uuid4().hex[:6]}")

    def enrol(self) -> None:
        session = self.choose.choice(self.sessions)
        person = EnrolmentData(name="Dominique Exemple", email=f"{uuid4().hex}@example.org")
        enrol_participant(session_id=session.pk, person=person, now=timezone.now())

    def cancel(self) -> None:
        found = Enrolment.objects.active().order_by("?").first()
        if found is None:
            self.enrol()
        else:
            cancel_enrolment(enrolment=found, now=timezone.now())

    def stock(self) -> None:
        """All copies gone, or new ones printed."""
        left = sum(StockMove.objects.filter(edition=self.edition).values_list("quantity", flat=True))
        kind = MoveKind.HANDED_OUT if left else MoveKind.PRINTED
        StockMove.objects.create(edition=self.edition, kind=kind, quantity=-left or 500, at=timezone.now())
        Edition.objects.filter(pk=self.edition.pk).update(title=f"Guide {left}")

    def place(self) -> None:
        names = {"name_fr": f"Maison {uuid4().hex[:6]}"}
        Place.objects.filter(pk=self.choose.choice(self.places).pk).update(**names, sector=self.choose.choice(list(Sector.objects.all())))

    def issue(self) -> None:
        page: Any = self.letter.specific_class.objects.get(pk=self.letter.pk)
        page.subject = page.title = f"Sujet {uuid4().hex[:6]}"
        page.save_revision().publish()

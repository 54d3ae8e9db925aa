"""Two people at the desk have one form open: neither loses what the other saved (docs/decisions/0027)."""

import pytest
from django.test import Client
from django.urls import reverse

from core.backoffice.versions import views as versions
from publications.models import Edition, Work, WorkAuthor
from tests.core.people import browser_of, member
from tests.publications.factories import EditionFactory, WorkFactory
from tests.versions import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(db: None) -> Client:
    return browser_of(member("Publications"))


@pytest.fixture
def colleague(db: None) -> Client:
    return browser_of(member("Publications"))


@pytest.fixture
def work(db: None) -> Work:
    """By three authors."""
    made: Work = WorkFactory(name="Guide", publisher="Smes")
    made.authors.all().delete()
    for number, name in enumerate("ABC"):
        WorkAuthor.objects.create(work=made, name=name, sort_order=number)
    return made


def form_of(client: Client, row: Work | Edition) -> Tab:
    return Tab(client, reverse(f"publications_{row._meta.model_name}s:edit", args=[row.pk]))


def authors(work: Work) -> str:
    return "".join(WorkAuthor.objects.filter(work=work).order_by("sort_order").values_list("name", flat=True))


def test_facts_of_a_work_changed_in_two_tabs_are_both_kept(me: Client, colleague: Client, work: Work) -> None:
    mine, theirs = form_of(me, work), form_of(colleague, work)
    theirs.save(publisher="Smes asbl")
    mine.save(name="Guide du travail pair")
    work = Work.objects.get()
    assert (work.name, work.publisher) == ("Guide du travail pair", "Smes asbl")


@pytest.mark.control
def test_without_the_mechanism_the_first_is_lost(me: Client, colleague: Client, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions.VersionedFormMixin, "compare", lambda self, form: None)
    mine, theirs = form_of(me, work), form_of(colleague, work)
    theirs.save(publisher="Smes asbl")
    mine.save(name="Guide du travail pair")
    assert Work.objects.get().publisher == "Smes"


def test_an_author_renamed_there_and_another_here(me: Client, colleague: Client, work: Work) -> None:
    mine, theirs = form_of(me, work), form_of(colleague, work)
    theirs.save(**{"authors-0-name": "Z"})
    mine.save(**{"authors-2-name": "Y"})
    assert authors(work) == "ZBY"


def test_another_order_stays_if_only_others_changed_it(me: Client, colleague: Client, work: Work) -> None:
    mine, theirs = form_of(me, work), form_of(colleague, work)
    theirs.save(**{"authors-0-ORDER": 3, "authors-1-ORDER": 1, "authors-2-ORDER": 2})
    assert authors(work) == "BCA"
    mine.save(name="Guide du travail pair")
    assert (authors(work), Work.objects.get().name) == ("BCA", "Guide du travail pair")


def test_two_orders_need_another_look(me: Client, colleague: Client, work: Work) -> None:
    mine, theirs = form_of(me, work), form_of(colleague, work)
    theirs.save(**{"authors-0-ORDER": 3, "authors-1-ORDER": 1, "authors-2-ORDER": 2})
    html = mine.save(**{"authors-0-ORDER": 2, "authors-1-ORDER": 3, "authors-2-ORDER": 1})
    assert "changed the order meanwhile" in html
    assert authors(work) == "BCA"
    mine.save()
    assert authors(work) == "CAB"


def test_an_author_added_there_and_one_here(me: Client, colleague: Client, work: Work) -> None:
    mine, theirs = form_of(me, work), form_of(colleague, work)
    theirs.save(**{"authors-TOTAL_FORMS": 4, "authors-3-name": "D", "authors-3-ORDER": 4})
    mine.save(**{"authors-TOTAL_FORMS": 4, "authors-3-name": "E", "authors-3-ORDER": 4})
    assert set(authors(work)) == set("ABCDE")


def test_an_edition(me: Client, colleague: Client) -> None:
    edition = EditionFactory(title="Guide", languages=["fr"], low_stock=20)
    mine, theirs = form_of(me, edition), form_of(colleague, edition)
    theirs.save(low_stock=5, title="Leur titre")
    mine.save(languages=["fr", "nl"], title="Mon titre")
    assert mine.questions == ["Title as printed"]
    mine.save(**mine.choose("title", "theirs"))
    edition = Edition.objects.get()
    assert (edition.title, edition.languages, edition.low_stock) == ("Leur titre", ["fr", "nl"], 5)

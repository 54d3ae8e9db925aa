"""A day's counting on a phone."""

import datetime
import uuid

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import User
from core.personal_details.form import ANSWER
from followup.activities.count import CannotCount, count_activity
from followup.activities.kinds import load_kinds
from followup.models import Activity, ActivityKind
from tests.core.factories import UserFactory
from tests.core.people import browser_of
from tests.followup.activities.factories import ActivityCategoryFactory, ActivityKindFactory
from tests.versions import Tab

COUNTERS = "followup_activities:counters"


def worker(*codenames: str) -> User:
    user: User = UserFactory()
    user.user_permissions.add(*Permission.objects.filter(codename__in=("access_admin", *codenames)))
    return user


@pytest.fixture
def me(db: None) -> User:
    return worker("add_activity", "view_activity", "change_activity")


@pytest.fixture
def phone(me: User) -> Client:
    load_kinds()
    return browser_of(me)


def tap(client: Client, kind: str, **sent: object) -> int:
    data = {"tap": uuid.uuid4(), "date": clock.today().isoformat(), "category": "", **sent}
    return client.post(reverse("followup_activities:count", args=[kind]), data).status_code


class TestTaps:
    def test_one_tap_counts_one_today(self, phone: Client, me: User) -> None:
        assert tap(phone, "rep", category="alias") == 302
        row = Activity.objects.get()
        assert (row.kind.slug, row.category and row.category.code, row.date, row.number, row.by) == ("rep", "alias", clock.today(), 1, me)
        html = phone.get(reverse(COUNTERS)).content.decode()
        assert "1 this year" in html

    def test_a_page_sent_twice_counts_once(self, phone: Client) -> None:
        key = uuid.uuid4()
        tap(phone, "rep", category="alias", tap=key)
        tap(phone, "rep", category="alias", tap=key)
        assert Activity.objects.count() == 1

    def test_two_buttons_and_two_tabs_count_each(self, phone: Client) -> None:
        key = uuid.uuid4()
        tap(phone, "rep", category="alias", tap=key)
        tap(phone, "rep", category="brusshelp", tap=key)
        tap(phone, "rep", category="alias")
        assert Activity.objects.count() == 3

    def test_a_debate_asks_how_many_came(self, phone: Client) -> None:
        assert tap(phone, "debates") == 422
        assert tap(phone, "debates", number="150", partner=" Le  Forum ") == 302
        assert (Activity.objects.get().number, Activity.objects.get().partner) == (150, "Le Forum")

    @pytest.mark.parametrize(
        "sent",
        [{"number": "0"}, {"number": "many"}, {"date": "2999-01-01"}, {"category": "unknown"}],
        ids=["nought", "word", "future", "category"],
    )
    def test_what_does_not_fit_is_explained_and_stays_typed(self, phone: Client, sent: dict[str, str]) -> None:
        data = {"tap": uuid.uuid4(), "date": clock.today().isoformat(), "partner": "Alias", **sent}
        answer = phone.post(reverse("followup_activities:count", args=["rep"]), data)
        assert answer.status_code == 422
        assert 'value="Alias"' in answer.content.decode()
        assert not Activity.objects.exists()

    def test_a_category_of_another_kind_is_refused_by_the_service(self, phone: Client) -> None:
        kind = ActivityKind.objects.get(slug="rep")
        with pytest.raises(CannotCount):
            count_activity(kind=kind, date=clock.today(), by=None, category=ActivityCategoryFactory.create())


class TestNobodyIsNamed:
    """The note of a helped person is asked about before it is kept."""

    TOLD = "Jean Dupont, né le 12/03/1971"

    def test_a_counter_asks_once(self, phone: Client) -> None:
        assert tap(phone, "rep", note=self.TOLD) == 422
        assert not Activity.objects.exists()
        data = {"tap": uuid.uuid4(), "date": clock.today().isoformat(), "note": self.TOLD}
        html = phone.post(reverse("followup_activities:count", args=["rep"]), data).content.decode()
        box = BeautifulSoup(html, "lxml").select_one(f"input[type=checkbox][name={ANSWER}]")
        assert box is not None
        assert tap(phone, "rep", note=self.TOLD, **{ANSWER: box["value"]}) == 302

    def test_a_correction_asks_as_well(self, phone: Client) -> None:
        tap(phone, "rep")
        url = reverse("followup_activities_log:edit", args=[Activity.objects.get().pk])
        tab = Tab(phone, url)
        assert f'name="{ANSWER}"' not in tab.page
        html = tab.save(note=self.TOLD)
        assert Activity.objects.get().note == ""
        box = BeautifulSoup(html, "lxml").select_one(f"input[type=checkbox][name={ANSWER}]")
        assert box is not None
        tab.save(note=self.TOLD, **{ANSWER: box["value"]})
        assert Activity.objects.get().note == self.TOLD


class TestUndo:
    def test_what_i_tapped_is_taken_back(self, phone: Client) -> None:
        tap(phone, "rep")
        html = phone.get(reverse(COUNTERS)).content.decode()
        url = reverse("followup_activities:undo", args=[Activity.objects.get().tap])
        assert url in html
        phone.post(url)
        assert not Activity.objects.exists()

    def test_nobody_takes_back_what_a_colleague_counted(self, phone: Client) -> None:
        tap(phone, "rep")
        row = Activity.objects.get()
        browser_of(worker("add_activity")).post(reverse("followup_activities:undo", args=[row.tap]))
        assert Activity.objects.exists()


class TestCorrect:
    def test_two_tabs_lose_nothing(self, phone: Client) -> None:
        tap(phone, "rep", category="alias")
        url = reverse("followup_activities_log:edit", args=[Activity.objects.get().pk])
        mine, theirs = Tab(phone, url), Tab(phone, url)
        theirs.save(number="2")
        mine.save(partner="Alias")
        assert (Activity.objects.get().number, Activity.objects.get().partner) == (2, "Alias")

    def test_a_category_of_another_kind_is_refused(self, phone: Client) -> None:
        tap(phone, "rep")
        url = reverse("followup_activities_log:edit", args=[Activity.objects.get().pk])
        html = Tab(phone, url).save(category=str(ActivityCategoryFactory.create().pk))
        assert "another kind of activity" in html


class TestKinds:
    def test_loading_twice_is_as_once_and_keeps_what_was_changed(self, db: None) -> None:
        load_kinds()
        ActivityKind.objects.filter(slug="rep").update(name_fr="Réunion de réseau")
        assert load_kinds() == {"kinds": 0, "categories": 0}
        assert ActivityKind.objects.get(slug="rep").name_fr == "Réunion de réseau"

    def test_a_kind_an_administrator_added_is_among_the_counters(self, phone: Client) -> None:
        ActivityKindFactory.create(slug="visits", name_en="Study visits")
        ActivityKindFactory.create(slug="old", name_en="Letters", is_active=False)
        html = phone.get(reverse(COUNTERS)).content.decode()
        assert "Study visits" in html
        assert "Letters" not in html

    def test_the_screen_asks_few_questions_of_the_database(self, phone: Client, django_assert_max_num_queries: object) -> None:
        for day in range(1, 20):
            tap(phone, "rep", date=(clock.today() - datetime.timedelta(days=day)).isoformat())
        with django_assert_max_num_queries(25):  # type: ignore[operator]
            phone.get(reverse(COUNTERS))


@pytest.mark.parametrize("codename", ["view_activity", "view_countsheet"])
def test_counting_is_for_those_who_may(db: None, codename: str) -> None:
    load_kinds()
    client = browser_of(worker(codename))
    assert tap(client, "rep") in {302, 403}
    assert not Activity.objects.exists()

"""Role × URL × method over every back-office view of the follow-up and of the report: nobody but the team sees a note."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import NoReverseMatch, reverse

from core.models import User
from core.personal_details.form import ANSWER
from followup.models import File, Note, NoteReading
from followup.roles import DIRECTION, FOLLOW_UP
from followup.wagtail_hooks import FollowUpViewSetGroup
from tests.core.people import browser_of, member, verified_browser_of
from tests.crawl.endpoints import KEY, Endpoint, all_endpoints, factories, is_refused, refuses
from tests.followup.notes.factories import NoteFactory

pytestmark = pytest.mark.django_db
SECRET = "xq7-nobody-else-reads-this"
APPS = {"followup", "figures"}
ENDPOINTS = [endpoint for endpoint in all_endpoints() if endpoint.is_backoffice and endpoint.package in APPS]
OF_NOTES = {f"followup_backoffice:{name}" for name in ("notes", "read_notes", "erase_note")}
# What Wagtail and core show of every app.
SHARED = ("wagtailadmin_home", "wagtailadmin_reports:site_history", "core_mails:index", "core_duties:index")
# A form of Django takes PUT for POST; what a view does not know, it refuses.
OTHER_METHODS = ("options", "put", "patch", "delete")
ROLES = {
    "trainer": ("Trainer",),
    "editor": ("Editors", "Moderators"),
    "direction": (DIRECTION.name,),
    "colleague of another team": (FOLLOW_UP.name,),
}


def note_path(name: str, *more: int) -> str:
    return reverse(f"followup_backoffice:{name}", args=[KEY, *more])


def requests() -> Iterator[tuple[Endpoint, str, str]]:
    """Each view by each method; a listing also searched and exported."""
    for endpoint in ENDPOINTS:
        for method in ("get", *OTHER_METHODS, *(["head"] if endpoint.name in OF_NOTES else [])):
            yield endpoint, method, endpoint.path
        if endpoint.name.endswith(":index"):
            yield from ((endpoint, "get", f"{endpoint.path}?{query}") for query in ("export=csv", "export=xlsx", f"q={SECRET}"))
        else:
            yield endpoint, "post", endpoint.path


@pytest.fixture
def file() -> File:
    """A file with a note of which every view with a key speaks."""
    for factory in factories():
        model = factory._meta.model
        if model._meta.app_label in APPS and not issubclass(model, Note) and not model._default_manager.filter(pk=KEY).exists():
            factory(pk=KEY)
    found: File = File.objects.get(pk=KEY)
    NoteFactory(pk=KEY, file=found, text=SECRET)
    return found


@pytest.fixture(params=[*ROLES, "administrator"])
def outsider(request: pytest.FixtureRequest, file: File) -> User:
    """The administrator has put himself into the team."""
    is_boss = request.param == "administrator"
    user = member(*ROLES.get(request.param, (FOLLOW_UP.name,)), is_superuser=is_boss)
    if is_boss:
        file.team.add(user)
    return user


def test_nobody_else_sees_a_note_by_any_view_and_method(outsider: User) -> None:
    client = verified_browser_of(outsider)
    # Who works here or directs is asked by the views of files alone: the administrator has gone through all of them.
    sees_everything = outsider.is_superuser or not outsider.has_perm("followup.view_file")
    # Who has no right in these apps is refused by every view, not by those of notes alone.
    does_other_work = not any(outsider.has_module_perms(app) for app in APPS)
    assert does_other_work != outsider.has_perm("followup.view_file")
    wrong = []
    for endpoint, method, path in requests():
        if not (sees_everything or "file" in endpoint.name or endpoint.name in OF_NOTES):
            continue
        response = getattr(client, method)(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        is_open = (does_other_work or endpoint.name in OF_NOTES) and not refuses(response, path)
        is_told = SECRET in path  # a search says what was looked for
        if is_open or (SECRET.encode() in body and not is_told):
            wrong.append((str(endpoint), method, path, response.status_code))
    if outsider.is_superuser:
        wrong += [name for name in SHARED if SECRET.encode() in client.get(reverse(name), follow=True).content]
    assert wrong == []
    assert not NoteReading.objects.filter(by=outsider).exists()
    assert Note.objects.get(pk=KEY).sealed, "it stands as it was"


def test_every_view_of_notes_is_in_the_matrix_and_there_is_no_side_door() -> None:
    assert {endpoint.name for endpoint in ENDPOINTS if "note" in endpoint.name.split(":")[-1]} - OF_NOTES <= {
        "followup_backoffice:note_request"
    }
    assert Note not in {viewset.model for viewset in FollowUpViewSetGroup.items}, "no listing, export, history, chooser or bulk action"
    bulk = reverse("wagtail_bulk_action", args=["followup", "note", "delete"])
    assert is_refused(verified_browser_of(member(is_superuser=True)), f"{bulk}?id={KEY}")
    with pytest.raises(NoReverseMatch):
        reverse("followup_notes:index")


class TestTheTeam:
    @pytest.fixture
    def nora(self, file: File) -> User:
        user = member(FOLLOW_UP.name)
        file.team.add(user)
        return user

    def test_reads_by_post_alone_and_the_answer_is_kept_nowhere(self, nora: User) -> None:
        """The control of the matrix: the words are there to be seen."""
        client = verified_browser_of(nora)
        listed = client.get(note_path("notes"))
        assert SECRET not in listed.content.decode()
        assert client.get(note_path("read_notes")).status_code == 405
        assert not NoteReading.objects.filter(by=nora).exists()
        read = client.post(note_path("read_notes"), {"note": KEY})
        assert SECRET in read.content.decode()
        assert NoteReading.objects.get(by=nora).note_id == KEY
        for response in (listed, read):
            assert "no-store" in response["Cache-Control"]
            assert response["Referrer-Policy"] == "same-origin"
            title = response.content.decode().partition("<title>")[2].partition("</title>")[0]
            assert File.objects.get(pk=KEY).request.organisation_name not in title
        assert "read once" in client.get(note_path("notes")).content.decode()

    def test_without_a_second_factor_nobody_reads(self, nora: User) -> None:
        client = browser_of(nora)
        for path in (note_path("notes"), note_path("read_notes"), note_path("erase_note", KEY)):
            assert client.post(path).status_code == 302
            assert client.get(path)["Location"] == reverse("mfa_index")
        verified_browser_of(nora)  # set up by now, but not used in the first browser
        assert client.post(note_path("read_notes"))["Location"].startswith(reverse("mfa_reauthenticate"))

    @pytest.mark.control
    def test_not_even_where_the_middleware_is_gone(self, nora: User, settings) -> None:  # type: ignore[no-untyped-def]
        settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.endswith("SecondFactorMiddleware")]
        assert is_refused(browser_of(nora), note_path("read_notes"), "post")

    def test_who_left_the_team_finds_nothing(self, nora: User, file: File) -> None:
        client = verified_browser_of(nora)
        assert client.get(note_path("notes")).status_code == 200
        file.team.remove(nora)
        assert is_refused(client, note_path("notes"))
        assert is_refused(client, note_path("read_notes"), "post")

    def test_the_page_of_the_file_leads_to_the_notes_for_the_team_alone(self, nora: User) -> None:
        page = reverse("followup_files:inspect", args=[KEY])
        assert note_path("notes") in verified_browser_of(nora).get(page).content.decode()
        assert note_path("notes") not in verified_browser_of(member(DIRECTION.name)).get(page).content.decode()

    def test_writes_is_asked_about_a_name_and_erases(self, nora: User) -> None:
        client = verified_browser_of(nora)
        asked = client.post(note_path("notes"), {"text": "Vu Karim Benali hier."})
        assert asked.status_code == 422
        assert "Vu Karim Benali hier." in asked.content.decode()
        assert not Note.objects.filter(written_by=nora).exists()
        saved = client.post(note_path("notes"), {"text": "Vu la direction hier.", "amends": KEY})
        assert saved["Location"] == note_path("notes")
        assert Note.objects.get(written_by=nora).amends_id == KEY
        assert "Nobody can read its text any more" in client.get(note_path("erase_note", KEY)).content.decode()
        assert client.post(note_path("erase_note", KEY)).status_code == 302
        assert not Note.objects.get(pk=KEY).sealed
        assert SECRET not in client.post(note_path("read_notes"), {"note": KEY}, follow=True).content.decode()

    @pytest.mark.parametrize("key", ["x", "²", "9" * 30])
    def test_a_key_that_is_none_is_refused(self, nora: User, key: str) -> None:
        assert verified_browser_of(nora).post(note_path("read_notes"), {"note": key}).status_code == 400


def test_a_stranger_is_asked_to_log_in(file: File) -> None:
    assert is_refused(Client(), note_path("notes"))


def test_a_form_that_knows_its_version_asks_about_a_name_too(file: File) -> None:
    """The next step of a file: asked once, saved with the answer, and not as a change of somebody else."""
    nora = member(FOLLOW_UP.name)
    file.team.add(nora)
    client = verified_browser_of(nora)
    path = reverse("followup_backoffice:next_step", args=[KEY])
    form = BeautifulSoup(client.get(path).content, "lxml").select_one("form:has([name=next_step])")
    assert form
    sent = {"next_step": "Rappeler Karim Benali", "version": str(form.select("[name=version]")[0]["value"])}
    asked = BeautifulSoup(client.post(path, sent).content, "lxml")
    box = asked.select_one(f"[name={ANSWER}]")
    assert box
    version = str(asked.select("[name=version]")[0]["value"])
    assert client.post(path, sent | {"version": version, ANSWER: str(box["value"])}).status_code == 302
    file.refresh_from_db()
    assert file.next_step == "Rappeler Karim Benali"

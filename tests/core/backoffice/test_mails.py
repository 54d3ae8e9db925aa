"""Mails in the back-office: who sees them, what is shown, how a failed one leaves again."""

import secrets

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from wagtail.models import ModelLogEntry

from core.mail.requeue import CannotRequeue, requeue_mail
from core.models import OutgoingMail, User
from tests.core.mailing import work_off, write_mail
from tests.core.sink import Sink

pytestmark = pytest.mark.django_db
LIST = "/admin/mails/"


def member(*permissions: str) -> User:
    name = secrets.token_hex(4)
    user = User.objects.create_user(name, email=f"{name}@example.org", password=None)
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    return user


def browser_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def reader() -> Client:
    """Sees mails, changes nothing. The mails of these tests are those of the contact form, an app she has a right in."""
    return browser_of(member("view_outgoingmail", "view_contactpage"))


@pytest.fixture
def sender() -> Client:
    """May send again too."""
    return browser_of(member("view_outgoingmail", "change_outgoingmail", "view_contactpage"))


def failed_mail(**options: str) -> OutgoingMail:
    mail = write_mail(**options)
    OutgoingMail.objects.filter(pk=mail.pk).update(status="failed", attempts=6, latest_error="550 no such mailbox")
    return mail


def one(mail: OutgoingMail) -> str:
    return reverse("core_mails:inspect", args=[mail.pk])


def again(mail: OutgoingMail) -> str:
    return reverse("core_mails:requeue", args=[mail.pk])


def test_the_list_shows_where_each_mail_stands(reader: Client) -> None:
    failed_mail()
    write_mail(to="second@example.org")
    page = reader.get(LIST).content.decode()
    assert "second@example.org" in page
    assert "queued" in page
    assert "failed" in page


def test_the_list_is_filtered_by_status_and_searched_by_address(reader: Client) -> None:
    failed_mail()
    write_mail(to="second@example.org")
    only_failed = reader.get(LIST, {"status": "failed"}).content.decode()
    assert "reader@example.org" in only_failed
    assert "second@example.org" not in only_failed
    found = reader.get(LIST, {"q": "second@"}).content.decode()
    assert "second@example.org" in found
    assert "reader@example.org" not in found


def test_a_long_list_costs_no_more_queries(reader: Client) -> None:
    write_mail()
    reader.get(LIST)
    with CaptureQueriesContext(connection) as few:
        reader.get(LIST)
    for _each in range(15):
        write_mail()
    with CaptureQueriesContext(connection) as many:
        reader.get(LIST)
    assert len(many) == len(few)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_there_is_no_export(reader: Client, kind: str) -> None:
    write_mail()
    response = reader.get(LIST, {"export": kind})
    assert response["Content-Type"].startswith("text/html"), "no file comes out, whatever the address asks"
    assert "export=" not in reader.get(LIST).content.decode(), "and nothing offers one"


def test_one_mail_shows_its_words_and_not_the_key_in_its_link(reader: Client) -> None:
    token = secrets.token_urlsafe(32)
    mail = write_mail(context={"message": f"Votre lien : https://example.org/fr/inscription/{token}/changer/ <b>"})
    page = reader.get(one(mail)).content.decode()
    assert "https://example.org/fr/inscription/…/changer/ &lt;b&gt;" in page
    assert token not in page


def test_a_failed_mail_says_why_and_is_sent_again(sender: Client, sink: Sink) -> None:
    mail = failed_mail()
    page = sender.get(one(mail)).content.decode()
    assert "550 no such mailbox" in page
    assert again(mail) in page

    assert sender.post(again(mail)).url == one(mail)  # type: ignore[attr-defined]

    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("queued", 0)
    work_off()
    mail.refresh_from_db()
    assert mail.status == "sent"
    assert len(sink.received) == 1


def test_the_history_says_who_sent_it_again_and_not_to_whom(sender: Client) -> None:
    mail = failed_mail()
    sender.post(again(mail))
    entry = ModelLogEntry.objects.get(action="core.requeue_mail")
    assert entry.user is not None
    assert (entry.object_id, entry.label) == (str(mail.pk), mail.kind)
    assert "reader@example.org" not in f"{entry.label} {entry.data}"


def test_looking_sends_nothing_and_says_to_whom_it_would(sender: Client) -> None:
    mail = failed_mail()
    assert "reader@example.org" in sender.get(again(mail)).content.decode()
    sender.get(one(mail))
    mail.refresh_from_db()
    assert mail.status == "failed"


@pytest.mark.parametrize("status", ["queued", "sent"])
def test_only_a_failed_mail_is_sent_again(sender: Client, status: str) -> None:
    mail = failed_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status)
    assert again(mail) not in sender.get(one(mail)).content.decode()
    answer = sender.post(again(mail))
    assert answer.status_code == 422
    assert "Only a failed mail can be sent again" in answer.content.decode()
    with pytest.raises(CannotRequeue):
        requeue_mail(mail_id=mail.pk)


def test_who_only_reads_cannot_send(reader: Client) -> None:
    mail = failed_mail()
    assert again(mail) not in reader.get(one(mail)).content.decode()
    assert reader.post(again(mail)).status_code in {302, 403}
    mail.refresh_from_db()
    assert mail.status == "failed"


@pytest.mark.parametrize("permissions", [(), ("delete_outgoingmail",), ("change_outgoingmail",), ("add_outgoingmail",)])
def test_who_may_not_see_mails_sees_none(permissions: tuple[str, ...]) -> None:
    mail = write_mail()
    client = browser_of(member(*permissions))
    for address in (LIST, f"{LIST}results/", one(mail)):
        response = client.get(address)
        assert response.status_code in {302, 403}, address
        assert b"reader@example.org" not in response.content


@pytest.mark.parametrize(("group", "own"), [("Coordinator", "trainings"), ("Map", "cartography"), ("Publications", "publications")])
def test_each_group_sees_the_mails_of_its_own_work_only(group: str, own: str) -> None:
    """A mail of another app names people this group has no business with: who enrolled where, who ordered what."""
    mails = {}
    for app in ("trainings", "cartography", "publications", "newsletter", "home"):
        mails[app] = failed_mail(to=f"{app}@example.org")
        OutgoingMail.objects.filter(pk=mails[app].pk).update(kind=f"{app}/mail/x")
    user = member()
    user.groups.add(Group.objects.get(name=group))
    client = browser_of(user)
    listed = client.get(LIST).content.decode()
    for app, mail in mails.items():
        is_own = app == own
        assert (mail.to in listed) is is_own, app
        assert client.get(one(mail), follow=True).status_code == (200 if is_own else 404), app
        client.post(again(mail))
        mail.refresh_from_db()
        assert mail.status == ("queued" if is_own else "failed"), app


@pytest.mark.parametrize("endpoint", ["add", "edit", "delete", "history", "usage", "copy"])
def test_mails_are_not_written_changed_or_deleted_by_hand(endpoint: str) -> None:
    for arguments in ([], [1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"core_mails:{endpoint}", args=arguments)


@pytest.mark.parametrize("endpoint", ["new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/", "usage/{pk}/", "copy/{pk}/"])
def test_the_addresses_such_views_would_have_lead_nowhere(sender: Client, endpoint: str) -> None:
    mail = write_mail()
    address = LIST + endpoint.format(pk=mail.pk)
    assert sender.get(address, follow=True).status_code == 404
    assert sender.post(address, follow=True).status_code == 404
    mail.refresh_from_db()
    assert mail.status == "queued"

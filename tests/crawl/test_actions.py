"""Every action on a row, whichever app it is of: what it would do is told first, and what was done stands in the log."""

import pytest
from django.test import Client
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from core.backoffice.actions import ObjectActionView
from core.models import OutgoingMail
from tests.core.factories import UserFactory
from tests.core.mailing import write_mail
from tests.crawl.endpoints import Endpoint, all_endpoints

pytestmark = pytest.mark.django_db


def view_class(endpoint: Endpoint) -> type:
    found: type = getattr(endpoint.view, "view_class", object)
    return found


ACTIONS = {str(endpoint): view_class(endpoint) for endpoint in all_endpoints() if issubclass(view_class(endpoint), ObjectActionView)}


def test_the_crawl_finds_the_actions_of_every_app() -> None:
    assert {view.__module__.partition(".")[0] for view in ACTIONS.values()} >= {
        "core",
        "trainings",
        "publications",
        "newsletter",
        "cartography",
    }
    assert len(ACTIONS) > 40


@pytest.mark.parametrize("view", ACTIONS.values(), ids=ACTIONS.keys())
def test_each_has_words_in_the_history(view: type[ObjectActionView]) -> None:
    """An entry under a name nobody registered is not written: the action would fail after it was done."""
    assert registry.action_exists(view.log_action)


@pytest.fixture
def failed_mail() -> OutgoingMail:
    mail = write_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(status="failed")
    return mail


@pytest.fixture
def administrator() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_what_was_done_is_logged_with_who_did_it_and_a_refusal_is_not(failed_mail: OutgoingMail, administrator: Client) -> None:
    path = f"/admin/mails/requeue/{failed_mail.pk}/"
    assert administrator.post(path).status_code == 302
    refused = administrator.post(path)
    assert refused.status_code == 422
    assert "Only a failed mail can be sent again" in refused.content.decode()
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user_id) == ("core.requeue_mail", int(administrator.session["_auth_user_id"]))


def test_an_exception_nobody_foresaw_is_no_refusal(
    failed_mail: OutgoingMail, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without its sentence the same refusal is an error."""
    monkeypatch.setattr(ACTIONS["core_mails:requeue"], "refusals", {})
    OutgoingMail.objects.update(status="sent")
    administrator.raise_request_exception = False
    assert administrator.post(f"/admin/mails/requeue/{failed_mail.pk}/").status_code == 500

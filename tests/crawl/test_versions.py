"""Every form of facts in the back-office knows which version it read: a form yet to come as well (docs/decisions/0027)."""

import re

import pytest
from django.forms import BaseForm
from django.test import Client
from django.views.generic.edit import FormMixin, UpdateView
from wagtail.admin.views import generic

from core.backoffice.versions import views as versions
from tests.core.factories import UserFactory
from tests.crawl.endpoints import Endpoint, all_endpoints, create_rows

pytestmark = pytest.mark.django_db

HOLDS_VERSION = re.compile(r'name="version" value="[^"]+"')

# Forms that show something of a row and yet overwrite nothing. The reason for each.
EXCEPTIONS = {
    "newsletter_issue:test": "proposes the email of who asks; writes no fact",
    "newsletter_issue:send": "proposes a moment; the checks refuse words that changed since",
    "payments_backoffice:note_payment": "proposes what is due; adds a row",
    "payments_backoffice:allocate_transfer": "proposes a request; the service refuses a transfer that was allocated since",
    "trainings_backoffice:request_payment": "proposes who pays; the service refuses what was asked for since",
    "trainings_backoffice:bill_request": "proposes who pays; the service refuses what was asked for since",
    "trainings_backoffice:ask_for_needs": "proposes a questionnaire; a step is taken once",
    "trainings_backoffice:plan_request": "proposes what the frozen proposal says; a step is taken once",
    "publications_backoffice:print_copies": "proposes today; adds a row",
    "publications_backoffice:deposit_copies": "proposes today; offered until the day is noted",
}


def ours() -> list[Endpoint]:
    """Screens about one row, whose view or model is ours. Pages, users, groups, images and documents are Wagtail's."""
    return [each for each in all_endpoints() if each.is_backoffice and each.has_key and each.package != "wagtail"]


def test_every_edit_view_keeps_what_others_changed() -> None:
    views = {str(each): getattr(each.view, "view_class", object) for each in ours()}
    edits = {name: view for name, view in views.items() if issubclass(view, generic.EditView | UpdateView)}
    assert {"trainings_sessions:edit", "cartography_places:edit", "wagtailsnippets_core_sitetexts:edit", "core_themes:edit"} <= set(edits)
    assert {name for name, view in edits.items() if not issubclass(view, versions.VersionedFormMixin)} - set(EXCEPTIONS) == set()


def filled_forms() -> dict[str, bool]:
    """Every form that is shown filled in from a row, and whether it holds its version. Shape: {endpoint: yes or no}."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(is_superuser=True))
    found = {}
    for endpoint in ours():
        if not issubclass(getattr(endpoint.view, "view_class", object), FormMixin):
            continue
        response = client.get(endpoint.path)
        form = (response.context or {}).get("form") if response.status_code == 200 else None
        if isinstance(form, BaseForm) and any(form.initial.values()):
            found[str(endpoint)] = bool(HOLDS_VERSION.search(response.content.decode()))
    return found


def test_every_form_filled_from_a_row_holds_its_version() -> None:
    """Whatever its view is called: what is shown filled in and sent back could put old values back."""
    create_rows()
    forms = filled_forms()
    assert {"trainings_sessions:edit", "trainings_backoffice:change_enrolment"} <= set(forms)
    assert {name for name, holds in forms.items() if not holds} - set(EXCEPTIONS) == set()


@pytest.mark.control
def test_a_form_that_lost_its_version_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the hidden field stays empty."""
    monkeypatch.setattr(versions, "signed", lambda snapshot, row: "")
    create_rows()
    assert {"trainings_sessions:edit", "wagtailsnippets_core_sitetexts:edit"} <= {
        name for name, holds in filled_forms().items() if not holds
    }


def test_no_exception_outlives_its_form() -> None:
    assert set(EXCEPTIONS) <= {str(each) for each in ours()}

"""Two coordinators, in French, with one session open in two browsers: nothing of either is lost, and who clashes chooses in the form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import TWO_LOOKS, faults
from tests.trainings.factories import SessionFactory
from trainings.models import Session

pytestmark = pytest.mark.browser

SAVE = "#w-editor-form footer button[type=submit], .footer button[type=submit]"


def form_of(page: Page, session: Session) -> Page:
    page.goto(f"/admin/trainings/sessions/edit/{session.pk}/")
    return page


def save(page: Page) -> None:
    page.locator(SAVE).first.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_two_coordinators_on_one_session(enter: Callable[..., Page], javascript: bool) -> None:
    session = SessionFactory(internal_note="", title="")
    ana = form_of(enter("Coordinator", "fr", email="ana@example.org", first_name="Ana", last_name="Exemple"), session)
    noor = form_of(enter("Coordinator", "fr", email="noor@example.org", javascript=javascript), session)

    ana.locator("[name=internal_note]").fill("Clé chez le concierge")
    ana.locator("[name=title]").fill("Titre d’Ana")
    save(ana)
    expect(ana.locator(".messages")).to_be_visible()

    noor.locator("[name=internal_note]").fill("Porte droite")
    noor.locator("[name=capacity]").fill("9")
    save(noor)
    section = noor.locator(".smes-versions")
    expect(section).to_be_visible()
    expect(section).to_contain_text("Ana Exemple")
    question = section.get_by_role("group")
    expect(question).to_have_count(1)
    expect(question).to_contain_text("Clé chez le concierge")
    expect(question).to_contain_text("Porte droite")
    expect(noor.locator("[name=title]")).to_have_value("Titre d’Ana")
    expect(noor.locator("[name=capacity]")).to_have_value("9")
    if javascript:
        assert faults(noor, {"include": [".smes-versions"]}, TWO_LOOKS) == {}

    question.get_by_label("Porte droite").check()
    save(noor)
    expect(noor.locator(".messages")).to_be_visible()
    session.refresh_from_db()
    assert (session.internal_note, session.title, session.capacity) == ("Porte droite", "Titre d’Ana", 9)

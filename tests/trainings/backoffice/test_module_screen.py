"""One module in one place: its words, facts, sessions, figures, and the step that is due."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.html import text, texts
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, InterestFactory, ModuleFactory, SessionFactory, make_catalogue
from tests.trainings.sheets.words import translate
from trainings.models import Module, ModulePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> Module:
    """A coordinator may write below the catalogues: they are published."""
    made: Module = ModuleFactory(name="Accueillir et écouter")
    for catalogue in make_catalogue().values():
        catalogue.save_revision().publish()
    return made


def screen(client: Client, module: Module) -> str:
    return client.get(reverse("trainings_modules:inspect", args=[module.pk])).content.decode()


def step(client: Client, module: Module) -> str:
    """What stands out on the screen."""
    return next(iter(texts(screen(client, module), ".smes-next > a.button")), "")


def press(client: Client, name: str, *args: Any) -> str:
    return client.post(reverse(f"trainings_backoffice:{name}", args=args), follow=True).content.decode()


def page_in(module: Module, language: str) -> ModulePage:
    page: ModulePage = module.pages.get(locale__language_code=language)
    return page


def test_from_a_new_module_to_three_languages(coordinator: Client, module: Module, django_capture_on_commit_callbacks: Any) -> None:
    assert step(coordinator, module) == "Begin the sheet in French"
    form = press(coordinator, "begin_sheet", module.pk)
    assert "Write the words here" in form
    assert step(coordinator, module) == "Write the French sheet and publish it"
    page_in(module, "fr").save_revision().publish()
    assert step(coordinator, module) == "Send the French words to be translated"
    assert "Readers do not find this module in: Dutch, English." in screen(coordinator, module)
    press(coordinator, "translate_sheet", module.pk)
    assert step(coordinator, module) == "Translate into Dutch"
    assert "1 piece of text to translate Accueillir et écouter" in " ".join(texts(screen(coordinator, module), "main tbody tr"))
    assert "Words are missing" in press(coordinator, "publish_sheet", module.pk, "nl")
    translate(page_in(module, "nl"), title="Onthalen")
    assert step(coordinator, module) == "Publish in Dutch"
    translate(page_in(module, "en"), title="Welcoming")
    with django_capture_on_commit_callbacks(execute=True):  # what is published goes public then
        assert "Published in Dutch." in press(coordinator, "publish_sheet", module.pk, "nl")
        press(coordinator, "publish_sheet", module.pk, "en")
    assert step(coordinator, module) == ""
    assert [page_in(module, language).live for language in ("fr", "nl", "en")] == [True] * 3
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"trainings.begin_sheet", "trainings.translate_sheet", "trainings.publish_sheet"} <= actions


def test_who_publishes_the_french_words_comes_back_to_the_module(coordinator: Client, module: Module) -> None:
    press(coordinator, "begin_sheet", module.pk)
    page = page_in(module, "fr")
    data = {"title": page.title, "slug": "accueillir", "module": module.pk, "intro": "Accueillir.", "method": "", "practical": ""}
    rich = dict.fromkeys(("audience", "outcomes", "prerequisites", "contents"), "null")
    rest = {"seo_title": "", "search_description": "", "listing_summary": "", "listing_image": "", "social_image": "", "social_text": ""}
    comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    sent = {**data, **rich, **rest, **comments, "action-publish": "1"}
    response = coordinator.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert response.status_code == 302
    assert response["Location"] == reverse("trainings_modules:inspect", args=[module.pk])


def test_facts_sessions_and_figures_stand_together(coordinator: Client, module: Module) -> None:
    session = SessionFactory(module=module, capacity=10)
    AttendanceFactory(enrolment=EnrolmentFactory(session=session))
    InterestFactory(module=module)
    page = screen(coordinator, module)
    assert f"Theme {module.theme}" in texts(page, ".smes-facts > div")
    assert "Waiting for a date 1" in texts(page, ".smes-facts > div")
    assert "1/10 · published" in text(page, "main .smes-lines li")
    year = texts(page, "main table")[-1]
    assert "1/10 (10 %) 0 1 3 h" in year


def test_the_facts_and_a_session_begin_there(coordinator: Client, module: Module) -> None:
    page = screen(coordinator, module)
    plan = f"{reverse('trainings_sessions:add')}?module={module.pk}"
    assert plan in page
    assert text(coordinator.get(plan).content.decode(), "select[name=module] option[selected]") == str(module)
    assert reverse("trainings_modules:edit", args=[module.pk]) in page
    created = coordinator.get(reverse("trainings_modules:add"))
    assert created.status_code == 200


def test_a_trainer_begins_nothing(as_trainer: Client, module: Module) -> None:
    for name in ("begin_sheet", "translate_sheet"):
        assert as_trainer.post(reverse(f"trainings_backoffice:{name}", args=[module.pk])).status_code != 200
    assert not module.pages.exists()


def test_the_screen_costs_the_same_for_many_sessions(coordinator: Client, module: Module, django_assert_max_num_queries: Any) -> None:
    for _number in range(12):
        EnrolmentFactory(session=SessionFactory(module=module))
    with django_assert_max_num_queries(45):
        screen(coordinator, module)

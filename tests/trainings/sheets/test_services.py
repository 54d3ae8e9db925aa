"""A new module reaches three languages without a developer."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from core.models import User
from tests.core.factories import UserFactory
from tests.trainings.factories import ModuleFactory, make_catalogue, make_sheets
from tests.trainings.sheets.words import translate
from trainings.models import Module, ModulePage
from trainings.sheets import services
from trainings.sheets.services import CannotWork, SheetRefusal, begin_sheet, begin_translations, publish_translation
from trainings.sheets.standing import Sheet, SheetState, sheets_of

pytestmark = pytest.mark.django_db

INTRO = "Accueillir sans juger."
Publish = Callable[[ModulePage], None]


@pytest.fixture
def by() -> User:
    user: User = UserFactory(is_superuser=True)
    return user


@pytest.fixture
def module() -> Module:
    made: Module = ModuleFactory(name="Accueillir et écouter")
    make_catalogue()
    return made


def in_language(module: Module, language: str) -> Sheet:
    return next(sheet for sheet in sheets_of(module) if sheet.language == language)


def page_in(module: Module, language: str) -> ModulePage:
    page: ModulePage = module.pages.get(locale__language_code=language)
    return page


def publish_french(module: Module, **words: str) -> None:
    page = page_in(module, "fr")
    for name, text in words.items():
        setattr(page, name, text)
    page.save_revision().publish()


@pytest.fixture
def in_french(module: Module, by: User) -> Module:
    """Its French sheet is public."""
    begin_sheet(module=module, by=by)
    publish_french(module, intro=INTRO)
    return module


@pytest.fixture
def publish(by: User, django_capture_on_commit_callbacks: Any) -> Publish:
    """Publishes a translation, and commits: it goes public then."""

    def publish_it(page: ModulePage) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            publish_translation(page=page, by=by)

    return publish_it


def reason(refused: pytest.ExceptionInfo[CannotWork]) -> SheetRefusal:
    return refused.value.reason


def test_it_begins_as_a_french_draft_below_the_catalogue(module: Module, by: User) -> None:
    assert [sheet.state for sheet in sheets_of(module)] == [SheetState.TO_WRITE] * 3
    page = begin_sheet(module=module, by=by)
    assert (page.title, page.slug, page.live, page.module) == ("Accueillir et écouter", "accueillir-et-ecouter", False, module)
    assert page.get_parent().specific == make_catalogue()["fr"]
    french = in_language(module, "fr")
    assert french.state == SheetState.DRAFT
    assert french.missing[0] == "Introduction"
    with pytest.raises(CannotWork) as refused:
        begin_sheet(module=module, by=by)
    assert reason(refused) == SheetRefusal.EXISTS


def test_without_a_catalogue_it_does_not_begin(by: User) -> None:
    with pytest.raises(CannotWork) as refused:
        begin_sheet(module=ModuleFactory(), by=by)
    assert reason(refused) == SheetRefusal.NO_CATALOGUE


def test_words_that_may_still_change_are_not_translated(module: Module, by: User) -> None:
    begin_sheet(module=module, by=by)
    with pytest.raises(CannotWork) as refused:
        begin_translations(module=module, by=by)
    assert reason(refused) == SheetRefusal.NOT_PUBLISHED


def test_each_language_is_published_once_its_words_are_there(in_french: Module, by: User, publish: Publish) -> None:
    begin_translations(module=in_french, by=by)
    dutch = page_in(in_french, "nl")
    assert (dutch.live, dutch.module, dutch.get_parent().specific) == (False, in_french, make_catalogue()["nl"])
    assert in_language(in_french, "nl").missing == ["Accueillir et écouter", INTRO]
    translate(dutch, without=INTRO, title="Onthalen en luisteren")
    assert in_language(in_french, "nl").missing == [INTRO]
    with pytest.raises(CannotWork) as refused:
        publish_translation(page=dutch, by=by)
    assert reason(refused) == SheetRefusal.WORDS_MISSING

    translate(dutch, title="Onthalen en luisteren")
    assert in_language(in_french, "nl").can_be_published
    publish(dutch)
    dutch.refresh_from_db()
    assert (dutch.live, dutch.slug, dutch.intro) == (True, "onthalen-en-luisteren", f"{INTRO} (nl)")
    assert [sheet.state for sheet in sheets_of(in_french)] == [SheetState.PUBLISHED, SheetState.PUBLISHED, SheetState.TO_TRANSLATE]


@pytest.mark.control
def test_unasked_it_would_go_public_in_french(in_french: Module, by: User, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_translations(module=in_french, by=by)
    monkeypatch.setattr(services, "missing_segments", lambda translation: [])
    publish(page_in(in_french, "nl"))
    assert (page_in(in_french, "nl").live, page_in(in_french, "nl").intro) == (True, INTRO)


def test_what_changes_in_french_is_sent_and_waits_for_its_words(in_french: Module, by: User, publish: Publish) -> None:
    begin_translations(module=in_french, by=by)
    for language in ("nl", "en"):
        translate(page_in(in_french, language))
        publish(page_in(in_french, language))
    publish_french(in_french, audience="<p>Pour qui accueille.</p>")
    assert in_language(in_french, "nl").state == SheetState.OUTDATED
    begin_translations(module=in_french, by=by)
    dutch = in_language(in_french, "nl")
    assert (dutch.state, dutch.missing) == (SheetState.TO_TRANSLATE, ["Pour qui accueille."])
    assert (page_in(in_french, "nl").live, page_in(in_french, "nl").audience) == (True, "")
    translate(page_in(in_french, "nl"))
    publish(page_in(in_french, "nl"))
    assert "Pour qui accueille. (nl)" in page_in(in_french, "nl").audience
    with pytest.raises(CannotWork) as refused:
        begin_translations(module=in_french, by=by)
    assert reason(refused) == SheetRefusal.NOTHING_TO_DO


def test_a_sheet_written_by_hand_stays_as_it_is(by: User) -> None:
    module = ModuleFactory()
    make_sheets(module, fr="Écouter", nl="Luisteren")
    begin_translations(module=module, by=by)
    assert {sheet.language: sheet.state for sheet in sheets_of(module)} == {
        "fr": SheetState.PUBLISHED,
        "nl": SheetState.PUBLISHED,
        "en": SheetState.TO_TRANSLATE,
    }
    assert page_in(module, "nl").title == "Luisteren"
    assert Page.objects.filter(title="Écouter").count() == 2

"""Languages have the names readers know them by."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from core.languages import IN_THE_READERS_LANGUAGE
from newsletter.models import Subscriber
from tests.house.code import code_files
from trainings.models import Enrolment, Session


@pytest.mark.parametrize(("language", "names"), [("fr", "français néerlandais anglais"), ("nl", "Frans Nederlands Engels")])
def test_the_back_office_names_languages_in_the_language_of_who_reads(language: str, names: str) -> None:
    with translation.override(language):
        assert " ".join(str(name) for _code, name in IN_THE_READERS_LANGUAGE) == names
        assert {model(language="nl").get_language_display() for model in (Enrolment, Session, Subscriber)} == {names.split()[1]}


def test_no_filter_or_form_of_the_back_office_shows_the_names_languages_have_for_themselves() -> None:
    own = re.compile(r"(Filter|Field)\([^)]*choices=Language\b")
    assert own.search("forms.ChoiceField(choices=Language.choices)"), "the control"
    files = [path for path in code_files(Path(settings.BASE_DIR)) if "backoffice" in path.parts]
    assert [str(path) for path in files if own.search(path.read_text())] == []

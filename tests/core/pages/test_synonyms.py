"""Synonyms in a query."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from core.models import SearchSynonyms
from core.pages.synonyms import with_synonyms
from tests.core.factories import SearchSynonymsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_these() -> None:
    SearchSynonyms.objects.all().delete()
    cache.clear()
    SearchSynonymsFactory(language="nl", words="GGZ, geestelijke gezondheidszorg")
    SearchSynonymsFactory(language="fr", words="SSM, service de santé mentale")


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        (["ggz"], [["ggz", "geestelijke gezondheidszorg"]]),
        (["Geestelijke", "gezondheidszorg", "Brussel"], [["Geestelijke gezondheidszorg", "ggz"], ["Brussel"]]),
        (["geestelijke", "hulp"], [["geestelijke"], ["hulp"]]),
        (["opleiding"], [["opleiding"]]),
        ([], []),
    ],
)
def test_each_known_phrase_is_looked_for_by_all_its_names(typed: list[str], sought: list[list[str]]) -> None:
    assert with_synonyms(typed, "nl") == sought


def test_accents_do_not_matter_and_other_languages_keep_out() -> None:
    assert with_synonyms(["sante", "mentale"], "fr") == [["sante"], ["mentale"]]
    assert with_synonyms(["service", "de", "sante", "mentale"], "fr") == [["service de sante mentale", "ssm"]]
    assert with_synonyms(["ggz"], "fr") == [["ggz"]]


@pytest.mark.parametrize("words", ["GGZ", "GGZ,", ", ,", "GGZ, ggz"])
def test_one_word_alone_is_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        SearchSynonyms(language="nl", words=words).full_clean()

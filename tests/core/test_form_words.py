"""A form says what is wrong in the reader's words, at the field and above the form."""

import pytest
from bs4 import BeautifulSoup
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.functional import lazystr

from core.forms import EmailField, PublicForm

pytestmark = pytest.mark.django_db


class Question(PublicForm):
    """One field of each kind of error."""

    scope = "test"
    name = forms.CharField(label=lazystr("Your name, 100 % yours"), max_length=5)
    email = EmailField(label="Your address")
    language = forms.ChoiceField(label="Your language", choices=[("fr", "French")])
    own = forms.CharField(label="Why", max_length=5, error_messages={"required": "Tell us why."})


def sent(**answers: str) -> Question:
    return Question(answers, request=RequestFactory().post("/"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Please fill in “Your name, 100 % yours”."),
        ("fr", "Veuillez compléter «\N{NO-BREAK SPACE}Your name, 100 % yours\N{NO-BREAK SPACE}»."),
        ("nl", "Vul “Your name, 100 % yours” in."),
    ],
)
def test_a_missing_answer_names_its_question(language: str, words: str) -> None:
    with translation.override(language):
        assert sent().errors["name"] == [words]


def test_too_much_a_wrong_choice_and_half_an_address_say_what_to_do() -> None:
    with translation.override("en"):
        errors = sent(name="abcdef", email="alix@", language="xx").errors
    assert errors["name"] == ["“Your name, 100 % yours” takes at most 5 characters."]
    assert errors["email"] == ["This address is not complete. It looks like name@example.org."]
    assert errors["language"] == ["Please choose one of the answers to “Your language”."]


def test_a_field_keeps_its_own_words() -> None:
    assert sent().errors["own"] == ["Tell us why."]


def test_the_summary_names_each_question_once() -> None:
    with translation.override("en"):
        html = render_to_string("components/error_summary.html", {"form": sent(email="alix@")})
    assert html.count("Your name, 100 % yours") == 1, "labels are translated late, like those of every form of the site"
    assert "Your address: This address is not complete." in html


@pytest.mark.parametrize("broken", ["Zo" + chr(0xD83C), "Zo\ufffd"])
def test_half_a_character_is_refused_with_words_in_every_text(broken: str) -> None:
    with translation.override("en"):
        errors = sent(name=broken, own=broken).errors
        assert "held a character that cannot be shown" in errors["name"][0]
        assert "held a character that cannot be shown" in errors["own"][0]


class Choice(PublicForm):
    """A group of choices."""

    scope = "choice"
    purpose = forms.ChoiceField(label="Why", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_the_error_of_a_group_is_tied_to_each_of_its_choices() -> None:
    form = Choice({}, request=RequestFactory().post("/"))
    page = BeautifulSoup(render_crispy_form(form), "lxml")
    error = page.select_one(".field__error")
    assert error
    radios = page.select("input[type=radio]")
    assert [radio["aria-describedby"] for radio in radios] == [error["id"]] * 2

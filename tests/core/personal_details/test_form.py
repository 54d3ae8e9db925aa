"""A form asks once about what looks like a person, keeps every word, and believes the answer for those words alone."""

from typing import Any, ClassVar

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from core.forms import PublicForm
from core.models import Organisation
from core.personal_details.form import ANSWER, HINT, PersonalDetailsMixin
from tests.core.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
NAMED = "Le dossier de Karim Benali, 0475 12 34 56."


class AskForm(PersonalDetailsMixin, PublicForm):
    """Two texts, one of which is looked through."""

    scope = "test-details"
    is_timed = False
    checked_texts = ("situation",)

    situation = forms.CharField(label="Situation", max_length=500, widget=forms.Textarea)
    other = forms.CharField(label="Other", max_length=500, required=False)


class OrganisationForm(PersonalDetailsMixin, forms.ModelForm[Organisation]):
    """A form of a row."""

    checked_texts = ("name_fr",)

    class Meta:
        model = Organisation
        fields: ClassVar = ["name_fr", "municipality"]


def sent(**answers: Any) -> AskForm:
    request = RequestFactory().post("/")
    stamp = AskForm(request=request).initial["started"]
    values = {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
    return AskForm(MultiValueDict({"started": [stamp]} | values), request=request)


def key_of(form: forms.BaseForm) -> str:
    field: Any = form.fields[ANSWER]
    return str(field.choices[0][0])


def test_a_text_that_names_nobody_is_sent_as_ever() -> None:
    form = sent(situation="L’équipe demande une supervision.")
    assert form.is_valid(), form.errors
    assert ANSWER not in form.cleaned_data


def test_the_hint_stands_at_the_text_before_anything_is_typed() -> None:
    form = AskForm(request=RequestFactory().get("/"))
    assert form.fields["situation"].help_text == HINT
    assert not form.fields["other"].help_text
    assert form[ANSWER].is_hidden


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_form_comes_back_once_with_what_was_found_and_all_that_was_typed(language: str) -> None:
    with translation.override(language):
        form = sent(situation=NAMED, other="kept")
        assert not form.is_valid()
        [error] = form.errors["situation"]
        html = render_crispy_form(form)
    assert "Karim Benali" in error
    assert "0475 12 34 56" in error
    assert NAMED in html
    assert 'value="kept"' in html
    assert f'type="checkbox" name="{ANSWER}" value="{key_of(form)}"' in html
    assert "checked" not in html


def test_saved_all_the_same_when_the_person_says_so() -> None:
    asked = sent(situation=NAMED)
    assert not asked.is_valid()
    form = sent(situation=NAMED, **{ANSWER: [key_of(asked)]})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["situation"] == NAMED


def test_another_text_is_looked_through_again() -> None:
    asked = sent(situation=NAMED)
    asked.is_valid()
    again = sent(situation=f"{NAMED} Mme Exemple aussi.", **{ANSWER: [key_of(asked)]})
    assert not again.is_valid()
    assert key_of(again) != key_of(asked)
    assert "checked" not in render_crispy_form(again)


def test_line_ends_of_a_browser_change_nothing() -> None:
    asked = sent(situation=f"{NAMED}\nFin")
    asked.is_valid()
    assert sent(situation=f"{NAMED}\r\nFin", **{ANSWER: [key_of(asked)]}).is_valid()


def test_the_answer_stays_ticked_when_something_else_is_wrong() -> None:
    asked = sent(situation=NAMED)
    asked.is_valid()
    form = sent(situation=NAMED, other="x" * 501, **{ANSWER: [key_of(asked)]})
    assert not form.is_valid()
    assert "situation" not in form.errors
    assert "checked" in render_crispy_form(form)


def test_a_name_of_the_directory_is_no_person() -> None:
    text = "Visite chez Karim Benali hier."
    assert not sent(situation=text).is_valid()
    OrganisationFactory(name_fr="Karim Benali")
    assert sent(situation=text).is_valid()


def test_a_text_that_stood_there_before_is_not_asked_about_again() -> None:
    row = OrganisationFactory(name_fr="Chez Karim Benali")
    assert OrganisationForm({"name_fr": row.name_fr, "municipality": "Evere"}, instance=row).is_valid()
    form = OrganisationForm({"name_fr": "Chez Karim Exemple", "municipality": "Evere"}, instance=row)
    assert not form.is_valid()


@pytest.mark.control
def test_a_form_without_the_mixin_keeps_what_it_is_given() -> None:
    """The control: nothing else in the house notices it."""

    class Plain(forms.ModelForm[Organisation]):
        class Meta:
            model = Organisation
            fields: ClassVar = ["name_fr"]

    assert Plain({"name_fr": NAMED}).is_valid()

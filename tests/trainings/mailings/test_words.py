"""What a coordinator writes: placeholders are checked before they are stored and filled in when the mail leaves."""

import pytest
from django.utils import translation

from trainings.mailings.words import Paragraph, faults_of, filled, paragraphs, placeholders_for
from trainings.models.mailings import Audience, MailKind

REMINDER = placeholders_for(MailKind.REMINDER, Audience.SEATED)
FACTS = {"name": "Zoé", "title": "Écouter", "hours": ""}


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bonjour {nom},", "{nom} is no placeholder of this mail. These are: {name}, "),
        ("Bonjour {},", "{} is no placeholder"),
        ("Bonjour { name },", "{ name } is no placeholder"),
        ("Bonjour {name,", "A brace stands without its other half"),
        ("Bonjour name},", "A brace stands without its other half"),
        ("Bonjour {{name}},", "A brace stands without its other half"),
        ("Voici {dates} et la suite", "{dates} needs a line of its own"),
        ("{dates}\nla suite", "{dates} needs a line of its own"),
        ("{certificate}", "{certificate} is no placeholder"),
    ],
)
def test_a_mistake_is_named(text: str, said: str) -> None:
    [fault] = faults_of(text, REMINDER)
    assert said in fault


@pytest.mark.parametrize(
    "text", ["", "Bonjour {name},\n\n{dates}\n\nÀ bientôt\n{manage}", "{name}{title}", "{dates}\r\n\r\n{practical}\r\n"]
)
def test_what_is_right_is_right(text: str) -> None:
    assert faults_of(text, REMINDER) == []


def test_a_subject_holds_words_only() -> None:
    [fault] = faults_of("{dates}", REMINDER, is_subject=True)
    assert "cannot stand in a subject" in fault


def test_team_leads_get_no_key_of_the_participant() -> None:
    known = placeholders_for(MailKind.EVALUATION, Audience.TEAM_LEADS)
    assert {"manage", "certificate", "reference", "practical", "hours"} & set(known) == set()
    assert {"evaluation", "participant"} <= set(known)


def test_a_paragraph_without_anything_to_say_is_left_out() -> None:
    body = "Bonjour {name},\n\nVous avez suivi {hours}.\n\nVotre attestation :\n{certificate}\n\nVotre avis :\n{evaluation}\r\n\r\nMerci"
    assert paragraphs(body, FACTS, {"evaluation"}) == [
        Paragraph(text="Bonjour Zoé,"),
        Paragraph(text="Votre avis :", block="evaluation"),
        Paragraph(text="Merci"),
    ]


def test_what_a_person_typed_is_no_placeholder() -> None:
    assert filled("Bonjour {name},", {"name": "{title}", "title": "x"}) == "Bonjour {title},"

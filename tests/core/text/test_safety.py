"""What strangers type: stored as it was, harmless where it leaves in a mail, refused only where it is plainly a web address."""

import re

import pytest
from django import forms
from django.test import RequestFactory
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.forms import PublicForm
from core.text.safety import harmless, has_letters, holds_web_address, unprintable, without_unprintable, writable
from tests.core.any_text import ANY_TEXT, MANY

# What mail programs turn into a link by themselves.
LINKED = re.compile(r"(?i)https?:/|www\.\w|\w\.[a-z]{2,}|\w@\w")
LINKS = [
    "https://evil.example.org/x",
    "HTTP:evil.example.org",
    "www.evil.example",
    "evil.com",
    "EVIL.COM/path?x=1",
    "evil.Com",
    "evil.cOm",
    "evil.com.Be",
    "ev\u200bil.com",
    "evil\u200b.com",
    "evil.\u00adcom",
    "evil\x00.com",
    "someone@evil.com",
    "evil.ک\u200cک",
    "evil\u200c.com",
    "<a href=//evil.com>x</a>",
]


@pytest.mark.parametrize("text", LINKS)
def test_nothing_a_mail_program_would_link_leaves_in_a_mail(text: str) -> None:
    left = harmless(f"Zoé {text} Exemple")
    assert not LINKED.search(left), left
    assert left.startswith("Zoé ")
    assert left.endswith(" Exemple")


@pytest.mark.control
def test_as_typed_a_mail_program_would_link_it() -> None:
    assert LINKED.search("Zoé evil.com Exemple")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("J.P. Exemple", "J.P. Exemple"),
        ("J.DUPONT", "J. DUPONT"),
        ("Rue St.jean 4", "Rue St. jean 4"),
        ("Av.des Arts 10", "Av. des Arts 10"),
        ("rue Haute 12 bte:3", "rue Haute 12 bte:3"),
        ("Infor-Drogues.be", "Infor-Drogues. be"),
        ("Élodie D’Hondt-Ñuñez", "Élodie D’Hondt-Ñuñez"),
        ("A.S.B.L. L’Exemple", "A.S.B.L. L’Exemple"),
        ("two\nlines", "two lines"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩🏽\u200d⚕️ Anna", "👩🏽\u200d⚕️ Anna"),
        ("A\u00adn\u200dna", "Anna"),
    ],
)
def test_a_mail_tells_it_readably(typed: str, told: str) -> None:
    assert harmless(typed) == told


ADDRESSES_AND_NAMES = (
    *("Rue St.jean 4", "Av.des Arts 10", "Dr.van den Berghe", "vivalis.brussels", "J.DUPONT", "bd.du Midi 12", "rue e.bockstael 3"),
    *("rue Haute 12 bte:3", "1060 st.gilles", "Infor-Drogues.be", "ass.social", "m.dupont", "نام\u200cها", "👩\u200d⚕️ Zoé"),
    *("A.S.B.L. L’Exemple", "O'Brien", "c/o Exemple", "rue A.Max/12", "bd E.Jacqmain 3/bte 4", "av.Max/12"),
)


@pytest.mark.parametrize("typed", ADDRESSES_AND_NAMES)
def test_what_looks_like_a_domain_is_a_name(typed: str) -> None:
    assert not holds_web_address(typed)
    assert not any(unprintable(char) for char in typed)


@pytest.mark.parametrize(
    "typed",
    [
        "https://x.example",
        "evil.com/2024/x",
        "www.evil.example",
        "Zoé evil.com/path",
        "//evil.com",
        "javascript:alert(1)",
        "h\x00ttp://x.be",
    ],
)
def test_what_plainly_is_a_web_address_is_one(typed: str) -> None:
    assert holds_web_address(typed)


class Answers(PublicForm):
    scope = "test"
    limit_per_ip = 10**9

    line = forms.CharField(max_length=500)
    text = forms.CharField(max_length=5000, widget=forms.Textarea)


def answered(line: str, text: str) -> Answers:
    request = RequestFactory().post("/")
    return Answers({"line": line, "text": text, "started": Answers(request=request)["started"].value()}, request=request)


@pytest.mark.django_db
@settings(max_examples=300, deadline=None)
@given(line=st.text(st.characters(codec=None), min_size=1, max_size=60), text=st.text(st.characters(codec=None), min_size=1, max_size=200))
@example(line="Titre\x0bcollé", text="a\r\nb")
@example(line="Rue St.jean 4", text="نام\u200cها")
@example(line="\ud800", text="\ufffe")
def test_any_text_comes_back_as_it_was_typed_or_is_refused_with_words(line: str, text: str) -> None:
    form = answered(line, text)
    form.is_valid()
    for name, typed in (("line", line), ("text", text)):
        if name in form.errors:
            assert str(form.errors[name][0])
        else:
            assert form.cleaned_data[name] == typed.replace("\r\n", "\n").strip()


@pytest.mark.django_db
def test_a_character_of_a_pdf_is_taken_out_with_a_word_about_it_and_the_next_press_sends() -> None:
    form = answered("Titre\x0bcollé", "ligne\x02")
    assert not form.is_valid()
    assert "cannot be shown" in str(form.errors["line"][0]) or "impossible à afficher" in str(form.errors["line"][0])
    assert (form["line"].value(), form["text"].value()) == ("Titrecollé", "ligne")


@pytest.mark.parametrize("name", ["王小明", "Ñ", "علی‌رضا", "Zoé 🌻"])
def test_a_name_has_letters_of_any_script(name: str) -> None:
    assert has_letters(name)


@pytest.mark.parametrize("name", ["🌻", "123", "—", " ", "👩‍👩‍👧", ""])
def test_an_emoji_a_number_or_a_dash_alone_is_no_name(name: str) -> None:
    assert not has_letters(name)


@pytest.mark.parametrize("char", [chr(0xD83C), chr(0xDC00), "\ufffd"])
def test_half_a_character_is_noticed(char: str) -> None:
    assert unprintable(char)
    assert not any(map(unprintable, "Zoé 🌻"))


@given(text=ANY_TEXT)
@MANY
def test_what_may_come_in_may_leave(text: str) -> None:
    clean = without_unprintable(text)
    assert writable(clean) == clean
    assert without_unprintable(clean) == clean
    before, after = (each.encode("utf-16", "surrogatepass") for each in (text, without_unprintable(text, keeps_length=True)))
    assert len(before) == len(after)


def test_words_that_a_break_of_another_program_parted_stay_apart() -> None:
    assert without_unprintable("Titre\x0bcollé\x02") == writable("Titre\x0bcollé\x02") == "Titre collé"
    assert writable("Un \x0b\x1ftitre") == "Un titre"

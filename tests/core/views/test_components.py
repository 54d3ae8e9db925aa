"""Components say what they mean to every reader, and the form pack follows one pattern."""

from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation
from django.utils.html import escape
from html5lib import parse as parse_html

from core.blocks.streams import CONTENT
from core.templatetags.components import first_control, page_range
from core.views.samples import read
from core.views.showcase import TEMPLATES, shown_templates

pytestmark = pytest.mark.django_db


class Contact(forms.Form):
    """One field of each behaviour."""

    email = forms.EmailField(help_text="We answer there.")
    phone = forms.CharField(required=False)
    language = forms.ChoiceField(choices=[("fr", "French"), ("nl", "Dutch")], widget=forms.RadioSelect)
    agreed = forms.BooleanField()
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))


def field(form: forms.Form, name: str) -> str:
    return render_to_string("smes/field.html", {"field": form[name], "form": form})


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def test_an_optional_field_says_so_and_a_required_one_has_no_sign() -> None:
    assert "(optional)" in field(Contact(), "phone")
    assert "(optional)" not in field(Contact(), "email")
    assert "*" not in field(Contact(), "email")


def test_an_error_is_tied_to_its_control_with_the_hint() -> None:
    html = field(Contact({}), "email")
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_stand_in_a_fieldset_with_their_question_as_legend() -> None:
    html = field(Contact({}), "language")
    assert "<fieldset" in html
    assert "<legend" in html
    assert 'aria-describedby="id_language_error"' in html


def test_the_honeypot_is_out_of_sight_for_everyone() -> None:
    html = field(Contact(), "website")
    assert 'class="field-trap"' in html
    assert 'aria-hidden="true"' in html


def test_the_summary_leads_to_every_field_that_needs_attention() -> None:
    form = Contact({"phone": "1"})
    html = render_to_string("components/error_summary.html", {"form": form})
    whole = "".join(field(form, name) for name in form.fields)
    for name in ("email", "language", "agreed"):
        target = first_control(form[name])
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in whole
    assert "phone" not in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert render_to_string("components/error_summary.html", {"form": Contact()}).strip() == ""


def test_a_chart_is_a_table_everyone_can_read() -> None:
    bars = [{"label": "Housing", "value": Decimal("30.50"), "share": "100.00"}]
    table = parse_html(
        render_to_string("components/chart.html", {"title": "Sectors", "unit": "%", "bars": bars}), namespaceHTMLElements=False
    ).find(".//table")
    assert table is not None
    assert "".join(table.find("caption").itertext()) == "Sectors (%)"
    assert table.find(".//th").get("scope") == "row"
    assert table.find(".//td").text == "30.5"
    assert table.find(".//{*}svg").get("aria-hidden") == "true"


def test_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/", {"theme": "logement", "page": "4"})
    html = render_to_string("components/pagination.html", {"page_of": Paginator(range(180), 20).page(4)}, request=request)
    assert "theme=logement&amp;page=5" in html
    assert 'aria-current="page"' in html
    assert list(page_range(Paginator(range(180), 20), 4)) == [1, 2, 3, 4, 5, Paginator.ELLIPSIS, 9]


def test_one_page_needs_no_pagination() -> None:
    request = RequestFactory().get("/")
    html = render_to_string("components/pagination.html", {"page_of": Paginator(range(3), 20).page(1)}, request=request)
    assert html.strip() == ""


def test_the_showcase_is_closed_to_the_public_of_a_real_server(client: Client) -> None:
    assert client.get("/design/").status_code == 403


@override_settings(DEMO=True)
def test_the_showcase_is_open_on_a_demo_server(client: Client) -> None:
    response = client.get("/design/")
    assert response.status_code == 200
    assert "style=" not in response.content.decode()
    assert not response.cookies


@override_settings(DEMO=True)
@pytest.mark.parametrize("asked_for", ["nl", "en"])
def test_the_showcase_speaks_one_language_and_says_which(client: Client, asked_for: str) -> None:
    response = client.get("/design/", headers={"accept-language": asked_for})
    html = response.content.decode()
    assert '<html lang="fr"' in html
    assert response["Content-Language"] == "fr"
    assert "Il y a un problème" in html, "the words of the components, beside samples in French"
    assert "This field is required" not in html


@override_settings(DEMO=True)
def test_the_showcase_says_what_each_block_is_for(client: Client) -> None:
    html = client.get("/design/").content.decode()
    assert len(CONTENT) > 8
    for _name, block in CONTENT:
        assert block.meta.description
        with translation.override("fr"):
            assert f"</span> {escape(block.meta.description)}</p>" in html


# Blocks the showcase leaves out, each with its reason.
LEFT_OUT = {"blocks/door.html": "a block of the home page, and the core knows no app; the picker shows it (tests/crawl/test_blocks.py)"}


@override_settings(DEMO=True)
def test_the_showcase_shows_every_block(client: Client, root: Path) -> None:
    written = {f"blocks/{path.name}" for path in (root / "templates/blocks").glob("*.html")}
    assert len(written) > 10
    shown = {template.name for template in client.get("/design/").templates}
    assert sorted(written - shown) == sorted(LEFT_OUT)


@override_settings(DEMO=True)
@pytest.mark.parametrize("group", shown_templates())
def test_the_showcase_says_the_options_of_each_template(client: Client, group: str) -> None:
    html = client.get(f"/design/{group}/" if group else "/design/").content.decode()
    assert "Options: " in html
    for path in shown_templates()[group]:
        assert f'<h2 class="exhibit__name">{path.relative_to(TEMPLATES).with_suffix(".html")}</h2>' in html


def test_each_page_of_the_showcase_is_closed_to_the_public_of_a_real_server(client: Client) -> None:
    assert {client.get(f"/design/{group}/").status_code for group in shown_templates() if group} == {403}


def test_a_sample_answers_as_an_object_does(tmp_path: Path) -> None:
    file = tmp_path / "card.yaml"
    file.write_text("samples: [{context: {entry: {price: 1.5, shown: {seats: 3}}, page: !page {title: A page, url: /there/}}}]")
    context = read(file).samples[0].context
    assert context.entry.price == Decimal("1.5")
    assert context.entry.shown.seats == 3
    assert context.page.get_url() == "/there/"
    with pytest.raises(AttributeError):
        _ = context.entry.missing

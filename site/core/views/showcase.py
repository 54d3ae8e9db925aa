"""The component page: the very templates the pages include, each with its options and samples. Samples are invented and in French.

`/design/` shows what belongs to no app, `/design/<app>/` the parts of an app, `/design/back-office/` those of the admin. What is shown
is found, not listed: every template with a sample beside it (core/views/samples.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.icons import get_icons
from wagtail.blocks import Block

from core.blocks.links import MenuBlock
from core.blocks.streams import CONTENT
from core.models import Programme
from core.views import samples

LANGUAGE = "fr"
TEMPLATES = settings.BASE_DIR / "templates"
COLOURS = ("paper", "paper-deep", "ink", "ink-soft", "rule", "rule-strong", "success", "error", "focus")
BACK_OFFICE = "back-office"
COMMENT = re.compile(r"\{# (.*?) #\}")
INCLUDED = re.compile(r"""\{% include ["']([\w/-]+\.html)["']""")


class SampleForm(forms.Form):
    """One field of each kind, sent empty so that its errors show."""

    name = forms.CharField(label="Nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="Adresse e-mail", help_text="Nous y envoyons la confirmation.")
    function = forms.CharField(label="Fonction", max_length=80, required=False)
    day = forms.DateField(label="Jour souhaité", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sector = forms.ChoiceField(label="Secteur", choices=[("", "—"), ("1", "Santé mentale"), ("2", "Logement")], required=False)
    language = forms.ChoiceField(
        label="Langue des courriels", choices=[("fr", "français"), ("nl", "néerlandais")], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label="Ce qui vous aiderait",
        choices=[("1", "une boucle magnétique"), ("2", "une place près de la porte")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    message = forms.CharField(label="Message", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    newsletter = forms.BooleanField(label="Je veux recevoir la lettre d’information", required=False, help_text="Une fois par mois.")
    website = forms.CharField(label="Ne pas remplir", max_length=20, required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))

    @property
    def helper(self) -> FormHelper:
        """The page writes the form element itself."""
        helper = FormHelper()
        helper.form_tag = False
        return helper


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A stream block as the page shows it; label and description are those of the picker."""

    name: str
    label: str
    description: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """A template by its name, and what its first comments say of it."""

    name: str
    about: list[str]

    @property
    def anchor(self) -> str:
        return self.name.removesuffix(".html").replace("/", "-")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A template with its samples, and the parts that are drawn inside of it."""

    part: Part
    inside: list[Part]
    programme: str
    drawings: list[tuple[str, SafeString]]


def part(name: str) -> Part:
    text = (TEMPLATES / name).read_text("utf-8")
    return Part(name, COMMENT.findall(text.split("<", 1)[0]))


def included(name: str) -> Iterator[str]:
    """What a template includes, and what that includes."""
    for each in INCLUDED.findall((TEMPLATES / name).read_text("utf-8")):
        yield each
        yield from included(each)


def group_of(name: str) -> str:
    """The page a template is shown on: nothing for what belongs to no app."""
    folders = name.split("/")[:-1]
    if "backoffice" in folders:
        return BACK_OFFICE
    return "" if folders[0] == "components" else folders[0]


@cache
def shown_templates() -> dict[str, list[Path]]:
    """The files of samples, by the page they are shown on."""
    found: dict[str, list[Path]] = {}
    for path in sorted(TEMPLATES.rglob("*.yaml")):
        found.setdefault(group_of(str(path.relative_to(TEMPLATES))), []).append(path)
    return found


def framed(html: SafeString, sample: samples.Example) -> SafeString:
    """What stands in a list or a table is shown in one."""
    if "list" in sample:
        return format_html('<ul class="{}" role="list">{}</ul>', sample["list"], html)
    if "table" in sample:
        return format_html('<table class="{}"><tbody><tr>{}</tr></tbody></table>', sample["table"], html)
    return html


def exhibit(path: Path, request: HttpRequest) -> Exhibit:
    name = str(path.relative_to(TEMPLATES).with_suffix(".html"))
    file = samples.read(path)
    template = get_template(name)
    drawings = []
    for sample in file["samples"]:
        # A sample sends nothing, so it needs no token and sets no cookie.
        context = {"csrf_token": ""} | dict(sample.get("context") or {})
        context = {key: value.form(request) if isinstance(value, samples.FormName) else value for key, value in context.items()}
        drawings.append((sample.get("title", ""), framed(mark_safe(template.render(context, request)), file)))  # noqa: S308 (a template)
    inside = [part(each) for each in dict.fromkeys(included(name))]
    return Exhibit(part(name), inside, file.get("programme", ""), drawings)


def drawn_blocks() -> list[DrawnBlock]:
    """Every stream block of the core with its preview."""
    blocks: dict[str, Block] = dict([*CONTENT, ("menu", MenuBlock())])
    return [
        DrawnBlock(name, str(block.label), str(block.meta.description), block.render(block.normalize(block.get_preview_value())))
        for name, block in blocks.items()
    ]


def foundations() -> dict[str, Any]:
    """What only the first page shows: colours, marks, a form with its errors, the blocks."""
    return {
        "form": SampleForm({"function": "Travailleuse sociale"}),
        "programmes": Programme.choices,
        "colours": COLOURS,
        "blocks": drawn_blocks(),
    }


def showcase(request: HttpRequest, group: str = "") -> HttpResponse:
    """Open to everyone on a developer's machine and on a demo server, to staff elsewhere.

    All of it in one language, whatever the browser asks for: a page that mixes two is read wrongly aloud.
    """
    if not (settings.DEBUG or getattr(settings, "DEMO", False) or request.user.is_staff):
        raise PermissionDenied
    files = shown_templates()
    if group not in files:
        raise Http404
    with translation.override(LANGUAGE):
        context = {
            "group": group,
            "groups": sorted(files),
            "exhibits": [exhibit(path, request) for path in files[group]],
            **({} if group else foundations()),
            **({"symbols": get_icons()} if group == BACK_OFFICE else {}),
        }
        template = "core/showcase/backoffice.html" if group == BACK_OFFICE else "core/showcase/page.html"
        page = render(request, template, context)
    page["Content-Language"] = LANGUAGE
    return page

"""The showcase: every component and block with its options, on one page. Its samples are invented and in French."""

import datetime
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.blocks import Block

from core.blocks.links import MenuBlock
from core.blocks.streams import CONTENT
from core.models import Programme

LANGUAGE = "fr"
COLOURS = ("paper", "paper-deep", "ink", "ink-soft", "rule", "rule-strong", "success", "error", "focus")
SESSIONS = (
    {"state": "open", "left": 9, "href": "#form", "action": "S’inscrire"},
    {"state": "few", "left": 3, "href": "#form", "action": "S’inscrire"},
    {"state": "few", "left": 1, "href": "#form", "action": "S’inscrire"},
    {"state": "full", "left": 0, "href": "#form", "action": "Liste d’attente"},
    {"state": "closed", "left": 0},
    {"state": "cancelled", "left": 0},
)
CARDS = (
    {
        "programme": Programme.SUPPORT,
        "kicker": "Santé mentale",
        "title": "Accueillir et écouter une personne en souffrance psychique",
        "summary": "Une journée pour reconnaître ce qui se joue dans un premier accueil, et pour tenir sans trop promettre.",
        "facts": ("2 demi-jours", "sur place", "français", "80 €"),
        "next": "12 mars 2027",
        "state": "few",
        "left": 3,
    },
    {
        "programme": Programme.HOUSING_FIRST,
        "kicker": "Logement",
        "title": "Housing First\N{NO-BREAK SPACE}: un logement d’abord, et après\N{NO-BREAK SPACE}?",
        "summary": "Les huit principes à l’épreuve du quotidien.",
        "facts": ("1 jour", "en ligne", "néerlandais", "gratuit"),
        "next": "4 avril 2027",
        "state": "full",
        "left": 0,
        "example": True,
    },
    {
        "programme": Programme.CONNECT,
        "kicker": "Pair-aidance",
        "title": "Travailler avec des pair-aidants",
        "summary": "Pas encore de date : demandez à être prévenu.",
        "facts": ("3 jours", "sur place"),
    },
)
LISTING = {
    "total": 31,
    "state": {"cleared": {"query": "?"}},
    "chips": ({"label": "français", "url": "?theme=logement"}, {"label": "Logement", "url": "?language=fr"}),
    "sorts": ({"label": "date", "is_current": True, "url": "?"}, {"label": "titre", "is_current": False, "url": "?sort=title"}),
    "facets": (
        {
            "name": "format",
            "legend": "Formule",
            "options": (
                {"value": "open", "label": "ouverte à toutes et tous", "count": 42, "is_chosen": True},
                {"value": "in_house", "label": "chez vous", "count": 8, "is_chosen": False},
                {"value": "none", "label": "à distance", "count": 0, "is_chosen": False},
            ),
        },
    ),
}
PRACTICAL = (
    {"label": "Quand", "text": "jeudi 12 mars 2027, 9 h 30 – 16 h 30", "icon": "clock"},
    {"label": "Où", "text": "Maison Exemple, rue Inventée 1, 1000 Bruxelles", "icon": "pin"},
    {"label": "Accès", "text": "De plain-pied, toilettes accessibles", "icon": "step-free"},
)
RELATED_CARDS = (
    {
        "programme": Programme.CONNECT,
        "series": "Connect 5",
        "title": "Animaux, locataires et aide au logement",
        "url": "#lists",
        "summary": "Un chien peut aider à tenir\N{NO-BREAK SPACE}; il peut aussi fermer une porte.",
        "is_example": True,
    },
)
QUESTIONS = (
    {"title": "Faut-il un compte ?", "text": "Non. Un lien reçu par courriel suffit pour changer ou annuler."},
    {"title": "Puis-je inscrire une collègue ?", "text": "Oui, après votre propre inscription."},
)
FIGURES = (
    {"value": 1234, "unit": "", "label": "personnes formées (exemple)"},
    {"value": 90, "unit": "%", "label": "gardent leur logement après deux ans (exemple)"},
    {"value": 50, "unit": "", "label": "modules au catalogue"},
)
BARS = (
    {"label": "Santé mentale et assuétudes", "value": 42, "share": "100"},
    {"label": "Aide aux personnes sans abri", "value": 30.5, "share": "72.6"},
    {"label": "Logement", "value": 12, "share": "28.5"},
)


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
    """A stream block as the showcase shows it; label and description are those of the picker."""

    name: str
    label: str
    description: str
    drawing: SafeString


def drawn_blocks() -> list[DrawnBlock]:
    """Every stream block of the core with its preview."""
    blocks: dict[str, Block] = dict([*CONTENT, ("menu", MenuBlock())])
    return [
        DrawnBlock(name, str(block.label), str(block.meta.description), block.render(block.normalize(block.get_preview_value())))
        for name, block in blocks.items()
    ]


def sample_context() -> dict[str, Any]:
    """Everything the showcase draws."""
    return {
        "form": SampleForm({"function": "Travailleuse sociale"}),
        "programmes": Programme.choices,
        "colours": COLOURS,
        "states": SESSIONS,
        "cards": CARDS,
        "listing": LISTING,
        "practical": PRACTICAL,
        "questions": QUESTIONS,
        "related_cards": RELATED_CARDS,
        "figures": FIGURES,
        "bars": BARS,
        "facts": ("2 demi-jours", "français", "Maison Exemple, Bruxelles"),
        "starts_at": datetime.datetime(2027, 3, 12, 9, 30, tzinfo=datetime.UTC),
        "page_of": Paginator(range(180), 20).page(4),
        "headings": [
            {"text": text, "id": anchor} for text, anchor in (("Couleurs", "colours"), ("Listes", "lists"), ("Formulaire", "form"))
        ],
        "blocks": drawn_blocks(),
    }


def showcase(request: HttpRequest) -> HttpResponse:
    """Open to everyone on a developer's machine and on a demo server, to staff elsewhere.

    All of it in one language, whatever the browser asks for: a page that mixes two is read wrongly aloud.
    """
    if not (settings.DEBUG or getattr(settings, "DEMO", False) or request.user.is_staff):
        raise PermissionDenied
    with translation.override(LANGUAGE):
        page = render(request, "core/showcase.html", sample_context())
    page["Content-Language"] = LANGUAGE
    return page

"""How far each public page of the source language is in the others: what a list of work for translators needs."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.languages import Language

# Of each page one row in each of these.
TARGETS = tuple(language for language in Language if language != settings.LANGUAGE_CODE)


class Standing(models.TextChoices):
    """A page in one language."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    AS_IT_IS = "as_it_is", _("published untranslated")
    OUTDATED = "outdated", _("outdated")
    LIVE = "live", _("up to date")


def with_standings(pages: PageQuerySet) -> Any:
    """The public pages of the source language among `pages`, with `standing_nl` and `version_nl` (its id), and so for each language.

    Outdated: the source was published after the translation was. One query, however many pages there are.
    """
    found: Any = pages.live().filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1)
    for language in TARGETS:
        versions = Page.objects.filter(translation_key=OuterRef("translation_key"), locale__language_code=language, alias_of=None)
        live = versions.filter(live=True)
        standing = Case(
            When(~Exists(versions), then=Value(Standing.MISSING)),
            When(~Exists(live), then=Value(Standing.DRAFT)),
            When(Exists(live.filter(untranslated__isnull=False)), then=Value(Standing.AS_IT_IS)),
            When(Exists(live.filter(last_published_at__lt=OuterRef("last_published_at"))), then=Value(Standing.OUTDATED)),
            default=Value(Standing.LIVE),
        )
        found = found.annotate(
            **{f"standing_{language}": standing, f"version_{language}": Subquery(versions.values("pk")[:1])},
        )
    return found


def counts_of(pages: Any) -> list[tuple[Language, list[tuple[Standing, int]]]]:
    """How many of `pages` (of `with_standings`) stand how, by language. One query."""
    each = [(language, standing) for language in TARGETS for standing in Standing]
    totals = {f"{language}_{standing}": Count("pk", filter=Q(**{f"standing_{language}": standing})) for language, standing in each}
    counted = pages.order_by().aggregate(**totals)
    return [(language, [(standing, counted[f"{language}_{standing}"]) for standing in Standing]) for language in TARGETS]

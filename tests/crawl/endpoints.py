"""Every endpoint the resolver knows, whoever registered it, as a path that leads to rows which exist."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import get_converters
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize
from factory.django import DjangoModelFactory
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupApprovalTask, Locale, Page, Revision, Site, Workflow

from core.fields import TokenField
from core.models import CustomDocument, CustomImage
from home.models import StandardPage
from publications.models import Edition
from tests.publications.factories import make_library, make_pages
from tests.trainings.factories import make_catalogue, make_sheets
from trainings.models import Module

# Every row of the crawl has this key and this secret, so any URL with a key leads to something.
KEY = 31_987
TOKEN = "t" * 43
REFERENCE = "TTTTTTTT"
WORDS = {
    "app_label": "core",
    "app_name": "core",
    "model_name": "organisation",
    "content_type_app_name": "home",
    "content_type_model_name": "standardpage",
    "action": "delete",
    "action_name": "approve",
    "template_name": "x",
    "locale_code": "nl",
    "language_code": "nl",
}
BY_CONVERTER = {
    "int": str(KEY),
    "str": str(KEY),
    "slug": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True)
class Endpoint:
    """One URL pattern: its name (empty for none), a concrete path, the view behind it, and the package that wrote that view."""

    name: str
    path: str
    view: Callable[..., Any]
    has_key: bool

    @property
    def package(self) -> str:
        """The app whose rows or code stand behind it. Users, images and documents have our models, but Wagtail's own rules."""
        if self.name.startswith("wagtail") and not self.name.startswith("wagtailsnippets_"):
            return "wagtail"
        if self.model:
            return str(self.model._meta.app_label)
        return str(getattr(self.view, "view_class", self.view).__module__).partition(".")[0]

    @property
    def model(self) -> type[models.Model] | None:
        """The model of a generic view."""
        named = getattr(self.view, "view_initkwargs", {}).get("model") or getattr(getattr(self.view, "view_class", None), "model", None)
        return named if isinstance(named, type) and issubclass(named, models.Model) else None

    @property
    def is_backoffice(self) -> bool:
        return self.path.startswith(reverse("wagtailadmin_home"))

    def __str__(self) -> str:
        return self.name or self.path


def is_refused(client: Client, path: str, method: str = "get") -> bool:
    """Refused, not found, or sent elsewhere: to the log-in, or back to the dashboard with a word.

    Any other redirect counts as let in: that is how a form answers once it has done what it was asked.
    """
    return refuses(getattr(client, method)(path), path)


def refuses(response: Any, path: str) -> bool:
    """The same of an answer."""
    if response.status_code in {301, 302}:
        to = response["Location"]
        # A URL nobody serves is tried once more below a language, by Django; there it is not found either.
        return to == reverse("wagtailadmin_home") or to.startswith(("/account/login/", "/admin/login/", f"/en{path.rstrip('/')}"))
    return response.status_code in {401, 403, 404, 405}


def all_endpoints() -> list[Endpoint]:
    """In the resolver's order, each path once."""
    found: dict[str, Endpoint] = {}
    for endpoint in _patterns(get_resolver(), "/", ""):
        found.setdefault(endpoint.path, endpoint)
    return list(found.values())


def _patterns(resolver: URLResolver, prefix: str, names: str) -> Iterator[Endpoint]:
    for each in resolver.url_patterns:
        path = prefix + _concrete(each)
        if isinstance(each, URLResolver):
            yield from _patterns(each, path, f"{names}{each.namespace}:" if each.namespace else names)
        else:
            yield Endpoint(f"{names}{each.name}" if each.name else "", path, each.callback, _takes_key(each))


def _takes_key(pattern: URLPattern) -> bool:
    return bool(pattern.pattern.converters) or (isinstance(pattern.pattern, RegexPattern) and pattern.pattern.regex.groups > 0)


def _concrete(each: URLPattern | URLResolver) -> str:
    """The part of a URL with something in place of each key."""
    written = str(each.pattern)
    if isinstance(each.pattern, RegexPattern):
        shape, keys = normalize(written)[0]
        return re.sub(r"%\(\w+\)s", "1", shape) if keys else shape.replace(".", "x")
    return re.sub(r"<(?:(\w+):)?(\w+)>", lambda match: WORDS.get(match[2]) or _filled(match[1] or "str"), written)


def _filled(converter: str) -> str:
    """Something a converter takes. Our own take a secret, a reference or a signature: as many characters as their pattern asks for."""
    if converter in BY_CONVERTER:
        return BY_CONVERTER[converter]
    length = re.search(r"\{(\d+)", str(get_converters()[converter].regex))
    return TOKEN[: int(length[1])] if length else "x"


def factories() -> list[type[DjangoModelFactory[Any]]]:
    """The factories of every app, tests/<app>/factories.py, and of its subjects, those of the app first."""
    found = []
    tests = Path(__file__).parents[1]
    for path in sorted(tests.glob("*/**/factories.py"), key=lambda path: (len(path.parts), path)):
        module = importlib.import_module(".".join(("tests", *path.relative_to(tests).with_suffix("").parts)))
        for _name, each in inspect.getmembers(module, inspect.isclass):
            if issubclass(each, DjangoModelFactory) and each._meta.model and each.__module__ == module.__name__:
                found.append(each)
    return found


def create_rows() -> None:
    """One row of every model that has a factory, all under the same key and secret; and what Wagtail's own endpoints lead to."""
    home = make_catalogue()["fr"].get_parent()
    page = home.add_child(instance=StandardPage(pk=KEY, title="Une page", slug="une-page", locale=home.locale))
    Revision.objects.filter(pk=page.save_revision().pk).update(id=KEY)
    Page.objects.filter(pk=KEY).update(latest_revision=KEY)
    Collection.get_first_root_node().add_child(instance=Collection(pk=KEY, name="Une collection"))
    CustomImage.objects.create(pk=KEY, title="Une image", file=get_test_image_file())
    CustomDocument.objects.create(pk=KEY, title="Un document", file=ContentFile(b"words", "words.txt"))
    Redirect.objects.create(pk=KEY, old_path="/ancien", redirect_link="/fr/")
    Group.objects.create(pk=KEY, name="Un groupe")
    Locale.objects.create(pk=KEY, language_code="de")
    Site.objects.create(pk=KEY, hostname="other.example.org", root_page=home)
    Workflow.objects.create(pk=KEY, name="Un circuit")
    GroupApprovalTask.objects.create(pk=KEY, name="Une relecture")
    for number, factory in enumerate(factories(), start=1):
        # Two apps may have a factory of the same model. All before the first is used: one may make rows of another.
        factory.reset_sequence(number * 300, force=True)
    for factory in factories():
        model = factory._meta.model
        key = model._meta.pk
        takes_key = isinstance(key, models.AutoField | models.UUIDField)
        if (takes_key or isinstance(key, models.OneToOneField)) and not model._default_manager.filter(pk=KEY).exists():
            factory(**({"pk": KEY} if takes_key else {}))
        names = {field.name for field in model._meta.fields}
        secrets: dict[str, Any] = {field.name: TOKEN[: field.max_length] for field in model._meta.fields if isinstance(field, TokenField)}
        secrets |= {"reference": REFERENCE} if "reference" in names else {}
        secrets |= {"number": KEY} if "number" in names else {}
        secrets |= {"slug": BY_CONVERTER["slug"]} if "slug" in names and hasattr(model, "get_absolute_url") else {}
        if secrets:
            model._default_manager.filter(pk=KEY).update(**secrets)
    make_sheets(Module.objects.get(pk=KEY))
    make_library()
    make_pages(Edition.objects.get(pk=KEY).work)

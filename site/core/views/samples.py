"""Samples: what a template is shown with on the component page. They stand in a YAML file beside the template, all invented.

    list: card-list           # or `table: …`: what the template stands in, with its class
    programme: support        # the hue it takes
    samples:
      - title: Three places left
        context: {…}

A mapping answers as an object does (`entry.price`), a number with a point is a decimal, and a few tags make what YAML cannot say:
`!page` a page of the tree, `!pages` a page of a long list, `!form` a form by its dotted name, `!method` what a method answers, `!html`
words that are markup.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Locale, Page


class Example(dict[str, Any]):
    """A mapping that also answers to attributes, as templates and their filters ask."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error

    def __str__(self) -> str:
        """The control of a form is written as its `html`."""
        return self["html"] if "html" in self else super().__str__()


@dataclass(frozen=True, slots=True)
class FormName:
    """A form that is made when it is shown: it may want the request."""

    path: str

    def form(self, request: Any) -> Any:
        return import_string(self.path)(request=request, auto_id="example_%s")


class Loader(yaml.SafeLoader):
    """YAML with our tags."""


def _values(loader: Loader, node: Any) -> dict[str, Any]:
    return {str(key): value for key, value in loader.construct_mapping(node, deep=True).items()}


def _mapping(loader: Loader, node: Any) -> Example:
    return Example(_values(loader, node))


def _page(loader: Loader, node: Any) -> Page:
    values = _values(loader, node)
    page = Page(title=values.pop("title"), locale=Locale(language_code=values.pop("language", "fr")))
    url = values.pop("url", "#")
    page.get_url = lambda request=None, current_site=None: url
    for name, value in values.items():
        setattr(page, name, value)
    return page


def _page_of_list(loader: Loader, node: Any) -> PageOfList:
    values = _values(loader, node)
    return Paginator(range(values["of"] * 10), 10).page(values["number"])


def _decimal(loader: Loader, node: Any) -> Decimal:
    return Decimal(loader.construct_scalar(node))


def _form(loader: Loader, node: Any) -> FormName:
    return FormName(loader.construct_scalar(node))


def _method(loader: Loader, node: Any) -> Callable[..., str]:
    value = str(loader.construct_scalar(node))
    return lambda *_arguments: value


def _markup(loader: Loader, node: Any) -> SafeString:
    return mark_safe(loader.construct_scalar(node))  # noqa: S308 (our own files)


Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
Loader.add_constructor("!page", _page)
Loader.add_constructor("!pages", _page_of_list)
Loader.add_constructor("!form", _form)
Loader.add_constructor("!method", _method)
Loader.add_constructor("!html", _markup)


def read(path: Path) -> Example:
    """The samples of one template."""
    return Example(yaml.load(path.read_text("utf-8"), Loader))  # noqa: S506 (SafeLoader with the tags above)

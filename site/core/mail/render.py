"""Renders MJML and text in a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context, loader
from django.utils import translation
from mjml import mjml2html

from core.mail.foot import Foot
from core.text.safety import writable
from core.web.absolute_urls import absolute_url, base_url


@dataclass(frozen=True)
class Parts:
    """What a mail says, thrice."""

    subject: str
    text: str
    html: str


def render(template: str, language: str, context: Mapping[str, Any], *, foot: Foot = Foot()) -> Parts:  # noqa: B008 (frozen)
    """Renders `<template>.subject.txt`, `.txt` and `.mjml`. Raises TemplateDoesNotExist, or ValueError for broken MJML."""
    values = {
        "base_url": base_url(),
        "contact_url": absolute_url("home:contact", language=language),
        "foot": foot,
        "language": language,
    } | dict(context)
    with translation.override(language):
        subject = " ".join(printable(plain(f"{template}.subject.txt", values)).split())[:250]
        text = plain(f"{template}.txt", values)
        mjml = source(template, values | {"mail_subject": subject})
    # `fonts={}`: mrml would otherwise link Google's for its default font.
    html = with_language(mjml2html(mjml, fonts={}), language)
    return Parts(subject=subject, text=tidy(printable(text)), html=html)


def source(template: str, values: Mapping[str, Any]) -> str:
    """The MJML of a mail, under the language that is active."""
    return printable(loader.get_template(f"{template}.mjml").render(dict(values)))


def plain(name: str, values: Mapping[str, Any]) -> str:
    """A text template: nothing is escaped, it is not HTML."""
    template: Any = loader.get_template(name)
    return str(template.template.render(Context(values, autoescape=False)))


def tidy(text: str) -> str:
    """At most one empty line in a row, none at the ends."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip() + "\n"


def with_language(html: str, language: str) -> str:
    """Names the language on the hidden line before the mail too, which mrml leaves out: webmail drops `<html lang>`."""
    return html.replace('<div style="display:none;', f'<div lang="{language}" dir="auto" style="display:none;', 1)


def printable(text: str) -> str:
    """Without the characters that XML and mail refuse; lines end in one way."""
    return writable(text).replace("\r", "")

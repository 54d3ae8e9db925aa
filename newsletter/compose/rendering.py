"""An IssueContent as HTML and as text. The MJML is checked against our own list first: mrml drops unknown tags silently."""

import re
from dataclasses import dataclass
from typing import Any

from django.template import loader
from django.utils import translation
from mjml import mjml2html

from core.mail.allowed_mjml import check_mjml
from core.mail.foot import Foot
from core.mail.render import plain, printable, tidy
from core.web.absolute_urls import absolute_url
from newsletter.compose.content import IssueContent
from newsletter.compose.richtext import as_text

BODY_CHILD = re.compile(r"<body([^>]*)>(.*)</body>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the items: the foot of all our mails, and the links that hold the token."""

    base_url: str
    foot: Foot
    unsubscribe_url: str
    preferences_url: str


@dataclass(frozen=True, slots=True)
class Mail:
    """The two parts of a mail, and the placeholder of the token in them."""

    subject: str
    html: str
    text: str
    token_placeholder: str


def render_content(content: IssueContent, frame: Frame, token_placeholder: str) -> Mail:
    """Renders both parts under the content's language. Raises InvalidMjml (ValueError) when the template is at fault."""
    contact = absolute_url("home:contact", language=content.language)
    with translation.override(content.language):
        values = {"content": content, "frame": frame, "language": content.language, "base_url": frame.base_url, "contact_url": contact}
        source = printable(loader.get_template("newsletter/mail/issue.mjml").render(values))
        text = plain("newsletter/mail/issue.txt", values | {"sections": [_as_lines(section) for section in content.sections]})
    check_mjml(source)
    html = with_language(mjml2html(source, fonts={}), content.language)
    return Mail(
        subject=" ".join(printable(content.subject).split()), html=html, text=tidy(printable(text)), token_placeholder=token_placeholder
    )


def _as_lines(section: Any) -> dict[str, Any]:
    return {"title": section.title, "items": section.items, "text": as_text(section.html) if section.html else ""}


def with_language(html: str, language: str) -> str:
    """`lang` and `dir` on every direct child of the body: webmail drops <html lang> and <body> (EMC report 2026)."""
    found = BODY_CHILD.search(html)
    if not found:
        raise ValueError("mrml gave no body.")
    inner = found.group(2)
    return f"{html[: found.start(2)]}{_marked(inner, language)}{html[found.end(2) :]}"


def _marked(inner: str, language: str) -> str:
    pieces, depth, position = [], 0, 0
    for tag in re.finditer(r"<!--.*?-->|<(/?)div\b([^>]*)>", inner, re.DOTALL):
        if tag.group(0).startswith("<!--"):
            continue
        if tag.group(1):
            depth -= 1
            continue
        if depth == 0:
            attributes = re.sub(r'\s(lang|dir)="[^"]*"', "", tag.group(2))
            pieces.append(inner[position : tag.start()] + f'<div lang="{language}" dir="ltr"{attributes}>')
            position = tag.end()
        depth += 1
    return "".join(pieces) + inner[position:]

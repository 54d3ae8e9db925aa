"""JSON-LD for search engines, escaped for a script element."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# JSON inside a script element: no character may end the element or begin a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(data: Mapping[str, Any]) -> SafeString:
    """`data` in the context of schema.org, for a `<script type="application/ld+json">`."""
    text = json.dumps({"@context": "https://schema.org"} | dict(data), ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 (escaped in this very line)

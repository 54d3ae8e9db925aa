"""The MJML tags and attributes we allow. mrml, the renderer, drops unknown tags and attributes silently."""

import xml.etree.ElementTree as ElementTree  # noqa: S405, N817, RUF100 (our own templates, rendered and escaped)

_BOX = frozenset({"padding", "padding-top", "padding-bottom", "padding-left", "padding-right", "css-class", "mj-class"})
_TYPE = frozenset({"font-family", "font-size", "font-weight", "line-height", "letter-spacing", "color", "align", "text-transform"})
_FIELD = frozenset({"background-color", "border", "border-top", "border-bottom", "border-left", "border-radius"})
_NOTHING: frozenset[str] = frozenset()

BODY: dict[str, frozenset[str]] = {
    "mj-body": frozenset({"background-color", "width", "css-class"}),
    "mj-wrapper": _BOX | _FIELD | {"full-width", "text-align"},
    "mj-section": _BOX | _FIELD | {"full-width", "text-align", "direction"},
    "mj-group": frozenset({"width", "vertical-align", "background-color", "css-class", "direction"}),
    "mj-column": _BOX | _FIELD | {"width", "vertical-align", "inner-background-color"},
    "mj-text": _BOX | _TYPE | {"container-background-color", "height"},
    "mj-button": _BOX | _TYPE | _FIELD | {"href", "inner-padding", "width", "title", "text-align", "container-background-color"},
    "mj-image": _BOX | {"src", "alt", "width", "height", "href", "title", "align", "fluid-on-mobile", "border-radius"},
    "mj-divider": _BOX | {"border-color", "border-width", "border-style", "width", "align"},
    "mj-spacer": frozenset({"height", "css-class"}),
}
HEAD: dict[str, frozenset[str]] = {
    "mjml": frozenset({"lang", "dir"}),
    "mj-head": _NOTHING,
    "mj-title": _NOTHING,
    "mj-preview": _NOTHING,
    "mj-attributes": _NOTHING,
    "mj-breakpoint": frozenset({"width"}),
    "mj-style": _NOTHING,
}
# What each may directly hold; whatever stands in the last two is HTML.
CHILDREN = {
    "mjml": {"mj-head", "mj-body"},
    "mj-head": {"mj-title", "mj-preview", "mj-attributes", "mj-breakpoint", "mj-style"},
    "mj-body": {"mj-section", "mj-wrapper"},
    "mj-wrapper": {"mj-section"},
    "mj-section": {"mj-column", "mj-group"},
    "mj-group": {"mj-column"},
    "mj-column": {"mj-text", "mj-button", "mj-image", "mj-divider", "mj-spacer"},
}
HTML: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "style", "class", "lang"}),
    **{
        tag: frozenset({"style", "class", "lang"})
        for tag in ("h1", "h2", "h3", "p", "span", "ul", "ol", "li", "b", "strong", "i", "em", "br")
    },
}
LANGUAGES = {"fr", "nl", "en"}


class InvalidMjml(ValueError):
    """The first thing that is not on the list."""


def check_mjml(source: str) -> None:
    """Raises InvalidMjml for a tag, an attribute or a place that is not on the list, a picture without `alt`, or broken XML."""
    try:
        root = ElementTree.fromstring(source.replace("&nbsp;", "\u00a0"))  # noqa: S314 (no entity but this one)
    except ElementTree.ParseError as error:
        raise InvalidMjml(f"Not well-formed: {error}") from error
    if root.tag != "mjml" or root.get("lang") not in LANGUAGES:
        raise InvalidMjml("The root is <mjml lang=…>.")
    _check(root)


def _check(element: ElementTree.Element) -> None:
    known = BODY | HEAD
    if element.tag not in known:
        raise InvalidMjml(f"Unknown tag <{element.tag}>.")
    _check_attributes(element, known[element.tag])
    if element.tag == "mj-image" and "alt" not in element.attrib:
        raise InvalidMjml("A picture without alt.")
    if element.tag == "mj-attributes":
        return _check_defaults(element)
    for child in element:
        if element.tag in CHILDREN:
            if child.tag not in CHILDREN[element.tag]:
                raise InvalidMjml(f"<{child.tag}> in <{element.tag}>.")
            _check(child)
        else:
            _check_html(child)
    return None


def _check_attributes(element: ElementTree.Element, allowed: frozenset[str]) -> None:
    unknown = sorted(set(element.attrib) - allowed)
    if unknown:
        raise InvalidMjml(f"Unknown attribute {unknown[0]!r} of <{element.tag}>.")


def _check_defaults(attributes: ElementTree.Element) -> None:
    every = frozenset().union(*BODY.values())
    for child in attributes:
        allowed = every if child.tag == "mj-all" else every | {"name"} if child.tag == "mj-class" else BODY.get(child.tag)
        if allowed is None:
            raise InvalidMjml(f"<{child.tag}> in <mj-attributes>.")
        _check_attributes(child, allowed)


def _check_html(element: ElementTree.Element) -> None:
    for each in element.iter():
        if each.tag not in HTML:
            raise InvalidMjml(f"<{each.tag}> in the words of a mail.")
        _check_attributes(each, HTML[each.tag])

"""What is held of a person as one ZIP: JSON for machines, a CSV for each kind, a letter that says why and until when; in her language."""

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.files.tables import csv_lines
from core.privacy.headings import heading
from core.privacy.person import export_person
from core.privacy.registry import Holding, kind_label, registered

type Exported = dict[str, dict[str, Any]]


def export_archive(email: str, language: str) -> bytes:
    """No secret link in it: it can be sent as it is, once somebody has read it through."""
    with translation.override(language):
        exported = export_person(email)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{_('read-me')}.txt", _letter(email))
            archive.writestr("person.json", as_json(exported))
            for name, headings, rows in sheets(exported):
                archive.writestr(f"{name}.csv", b"".join(csv_lines(headings, rows)))
            archive.writestr(f"{slugify(_('what is held and why'))}.csv", b"".join(csv_lines(*register_sheet())))
        return content.getvalue()


def as_json(exported: Exported) -> str:
    """With what is held, why and until when."""
    return json.dumps(exported | {"held_and_why": purposes()}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def purposes() -> dict[str, list[dict[str, str]]]:
    """What is held, why and how long, by app."""
    return {
        data.app: [
            {
                "what": str(each.what),
                "purpose": str(each.purpose),
                "basis": str(each.basis.label),
                "kept": str(each.kept),
                "stays_when_erased": str(each.stays),
            }
            for each in data.holdings
        ]
        for data in registered()
    }


def sheets(exported: Exported) -> list[tuple[str, list[str], list[list[Any]]]]:
    """A table for each kind that holds something: its name, headings and rows."""
    made = []
    for app, kinds in exported.items():
        for kind, found in kinds.items():
            if rows := as_rows(found):
                columns = list(dict.fromkeys(key for row in rows for key in row))
                cells = [[in_a_cell(row.get(column)) for column in columns] for row in rows]
                made.append((slugify(f"{app} {kind_label(app, kind)}"), [heading(column) for column in columns], cells))
    return made


def register_sheet() -> tuple[list[str], list[list[str]]]:
    """The register of processing, as a person who asks is told."""
    rows = [_line(each) for data in registered() for each in data.holdings]
    return [_("What"), _("What for"), _("On what basis"), _("How long"), _("What stays when it is erased")], rows


def _line(each: Holding) -> list[str]:
    return [str(each.what), str(each.purpose), str(each.basis.label), str(each.kept), str(each.stays)]


def as_rows(found: Any) -> list[dict[str, Any]]:
    """A kind is a list of rows, one row, or a list of moments."""
    rows = found if isinstance(found, list) else [found] if found else []
    return [row if isinstance(row, dict) else {"at": row} for row in rows]


def in_a_cell(value: Any) -> Any:
    """Rows below a row become words: `what: words, …; …`."""
    if isinstance(value, dict):
        return ", ".join(f"{heading(key)}: {in_a_cell(each)}" for key, each in value.items() if each not in (None, ""))
    if isinstance(value, list | tuple):
        return "; ".join(str(in_a_cell(each)) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


def _letter(email: str) -> str:
    """What the files are, for somebody who never opened a ZIP."""
    return "\n".join(
        (
            _("This is what Smes holds under the e-mail address %(email)s.") % {"email": email},
            "",
            _("Each table (CSV) opens in a spreadsheet. The file person.json holds the same for a machine."),
            _("The table “what is held and why” says for what, on what basis and until when."),
            _("You can ask us to correct or to erase it."),
            "",
        )
    )

"""What the PDF of a report says, as data for templates/figures/pdf/report.typ. For the public: small numbers are hidden."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.artwork.tiles import paper_band
from core.blocks.charts import Reading, bars
from core.files.pdf import render_pdf
from core.text.dates import written
from core.text.numbers import written_number
from figures.models import Snapshot
from figures.report.figure import Number, ReportFigure, ReportPart
from figures.report.public import public
from figures.report.reading import Report

type Data = dict[str, Any]
NARROW = "\N{NO-BREAK SPACE}"


def report_pdf(report: Report, before: Report, *, language: str, day: datetime.date, snapshot: Snapshot | None = None) -> bytes:
    """Tagged (PDF/UA-1). `snapshot`: what was approved; without it the document says that it is a draft of `day`."""
    return render_pdf("figures/pdf/report", document(report, before, language=language, day=day, snapshot=snapshot))


def document(report: Report, before: Report, *, language: str, day: datetime.date, snapshot: Snapshot | None = None) -> Data:
    """Every word in reading order."""
    with translation.override(language):
        shown, earlier = public(report), public(before)
        title = _("Figures of %(year)s") % {"year": report.year}
        return {
            "language": language,
            "date": [day.year, day.month, day.day],
            "document_title": f"{title} – Smes",
            "title": title,
            "band": paper_band("smes", 24, 3),
            "standing": _standing(snapshot, day),
            "programmes": ", ".join(str(programme.label) for programme in report.programmes),
            "hidden": _("Numbers from 1 to 4 are not shown, and others beside them where they would give them away."),
            "words": _interface(report, before),
            "sections": [
                {
                    "title": section.label,
                    "programme": section.figures[0].programme or "smes",
                    "figures": [_figure(figure, earlier.by_key.get(figure.key)) for figure in section.figures],
                }
                for section in shown.sections()
            ],
        }


def _standing(snapshot: Snapshot | None, day: datetime.date) -> str:
    if snapshot is None:
        return _("Draft: as it was counted on %(day)s, and not approved.") % {"day": written(day)}
    return _("Version %(version)s, approved on %(day)s.") % {"version": snapshot.version, "day": written(day)}


def _interface(report: Report, before: Report) -> Data:
    return {
        "year": str(report.year),
        "before": str(before.year),
        "share": _("Share"),
        "figure": _("Figure"),
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "organisation": _("Smes, Brussels. Mental health and social exclusion."),
    }


def _figure(figure: ReportFigure, before: ReportFigure | None) -> Data:
    drawn = bars([Reading(part.label, part.share) for part in figure.parts])
    return {
        "label": figure.label,
        "counts": figure.what_it_counts,
        "value": _number(figure.value, figure),
        "before": _number(before.value, before) if before else "–",
        "is_breakdown": figure.is_breakdown,
        "together": _("Together"),
        "parts": [
            {"label": part.label, "value": written_number(part.value), "share": _share(part), "before": _before(part, before)}
            | {"length": float(bar.share)}
            for part, bar in zip(figure.parts, drawn, strict=True)
        ],
        "known": "" if figure.is_hidden else _known(figure),
    }


def _known(figure: ReportFigure) -> str:
    numbers = {"known": written_number(figure.known), "unknown": written_number(figure.unknown)}
    return _("Known: %(known)s; not known: %(unknown)s.") % numbers


def _number(value: Number | None, figure: ReportFigure) -> str:
    if figure.is_hidden:
        return _("not shown")
    return "–" if value is None else f"{written_number(value)}{NARROW}{figure.sign}".strip()


def _share(part: ReportPart) -> str:
    return f"{written_number(part.share)}{NARROW}%"


def _before(part: ReportPart, before: ReportFigure | None) -> str:
    earlier = before.part(part.code) if before else None
    return written_number(earlier.value) if earlier else "–"

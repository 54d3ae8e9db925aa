"""The proposal as PDF. Texts here, layout in templates/trainings/pdf. What was sent is printed from the words it was sent with."""

import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.artwork.tiles import paper_band
from core.files.pdf import render_pdf
from core.text.dates import DAY_OF_WEEK, hours, written
from core.web.absolute_urls import absolute_url
from trainings.models import Proposal, ProposalPart
from trainings.requests.selectors import parts_of
from trainings.sessions.titles import page_for_module
from trainings.templatetags.trainings import duration

type Document = dict[str, Any]


def proposal_pdf(proposal: Proposal, *, today: datetime.date) -> bytes:
    """As it was sent; of a draft, as it would be sent today."""
    return render_pdf("trainings/pdf/proposal", proposal.document or proposal_document(proposal, on=today))


def proposal_document(proposal: Proposal, *, on: datetime.date) -> Document:
    """All words of one version, in the language of the request."""
    request = proposal.request
    with translation.override(request.language):
        trainers = [trainer.name for trainer in proposal.trainers.all()]
        heading = _("Proposal for a training")
        return {
            "language": request.language,
            "date": [on.year, on.month, on.day],
            "document_title": f"{heading}: {request.organisation_name}",
            "band": paper_band("smes", 24, 4),
            "heading": heading,
            "for": _("For %(organisation)s") % {"organisation": request.organisation_name},
            "attention": request.name,
            "reference": _("Reference %(reference)s, version %(version)s, %(day)s")
            % {"reference": request.reference, "version": proposal.version, "day": written(on)},
            "introduction": [each.strip() for each in proposal.introduction.splitlines() if each.strip()],
            "parts": [_part(part, request.language) for part in parts_of(proposal)],
            "facts": [
                *([{"label": _("Trainers"), "value": ", ".join(trainers)}] if trainers else []),
                *([{"label": _("Group"), "value": _people(request.people)}] if request.people else []),
                {"label": _("Price"), "value": proposal.price},
                {"label": _("Valid until"), "value": written(proposal.valid_until)},
            ],
            "next_heading": _("What happens next"),
            "next": _("Read, accept or ask for changes on the page of your request:"),
            "link": absolute_url("trainings:follow_request", request.token, language=request.language),
            "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "organisation": _("Smes, Brussels. Mental health and social exclusion."),
        }


def _part(part: ProposalPart, language: str) -> Document:
    module = part.module
    sheet = page_for_module(module, language)
    meetings = [(timezone.localtime(each.starts_at), timezone.localtime(each.ends_at)) for each in part.meetings.all()]
    return {
        "title": str(sheet.title) if sheet else part.name,
        "summary": sheet.summary if sheet else "",
        "duration": duration(module.days) if module else "",
        "dates_label": _("Dates we propose"),
        "dates": [f"{written(start, DAY_OF_WEEK)}, {hours(start, end)}" for start, end in meetings],
        "no_dates": _("We choose the dates together."),
    }


def _people(count: int) -> str:
    return ngettext("about %(count)s person", "about %(count)s people", count) % {"count": count}

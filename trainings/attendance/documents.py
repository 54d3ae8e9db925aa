"""The certificate and the sign-in sheet, as PDF. Texts here, layout in templates/trainings/pdf."""

import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.artwork.tiles import paper_band
from core.files.pdf import render_pdf
from core.text.dates import DAY_OF_WEEK, hours, written
from core.web.absolute_urls import absolute_url
from trainings.attendance.certificate_codes import shown_code
from trainings.models import Certificate, Meeting
from trainings.sessions.titles import session_title

EMPTY_LINES = 4


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate in the language it was issued in."""
    issued_on = timezone.localtime(certificate.issued_at).date()
    verify = absolute_url("trainings:verify_certificate", language=certificate.language)
    with translation.override(certificate.language):
        data = {
            "language": certificate.language,
            "date": _date_parts(issued_on),
            "document_title": _("Certificate of attendance: %(title)s") % {"title": certificate.title},
            "band": paper_band("smes", 24, 4),
            "heading": _("Certificate of attendance"),
            # Translators: on the certificate, before the name of the participant.
            "attests": _("Smes attests that"),
            "name": certificate.name,
            # Translators: on the certificate, between the name of the participant and the title of the training.
            "attended": _("attended the training"),
            "title": certificate.title,
            "dates": _dates(certificate),
            "hours": _hours_attended(certificate),
            "issued": _("Issued in Brussels on %(date)s.") % {"date": written(issued_on)},
            "code_label": _("Code"),
            "code": shown_code(certificate.code),
            "verify_text": _("Anyone who holds this code can check this certificate at"),
            "verify_url": verify,
            "verify_link": f"{verify}?code={certificate.code}",
            "organisation": _("Smes, Brussels. Mental health and social exclusion."),
        }
    return render_pdf("trainings/pdf/certificate", data)


def sign_in_sheet_pdf(meeting: Meeting) -> bytes:
    """The sheet people sign at the door of one meeting, in the language of the session."""
    session = meeting.session
    with translation.override(session.language):
        starts_at, ends_at = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        enrolments = session.enrolments.confirmed().select_related("organisation").order_by("name", "pk")
        rows = [{"number": number, "name": each.name, "organisation": each.organisation_label} for number, each in enumerate(enrolments, 1)]
        trainers = [trainer.name for trainer in session.trainers.all()]
        heading = _("Sign-in sheet")
        title = session_title(session, session.language)
        data = {
            "language": session.language,
            "date": _date_parts(starts_at.date()),
            "document_title": f"{heading}: {title}",
            "organisation": _("Smes, Brussels. Mental health and social exclusion."),
            "heading": heading,
            "title": title,
            "when": f"{written(starts_at, DAY_OF_WEEK)}, {hours(starts_at, ends_at)}",
            "where": f"{session.venue.name}, {session.venue.postal_address}" if session.venue else "",
            "trainers": _("Trainers: %(names)s") % {"names": ", ".join(trainers)} if trainers else "",
            "reference_label": _("Reference"),
            "reference": session.reference,
            # Translators: columns of the sign-in sheet. The second last: written only for somebody who was not there all the time.
            "columns": [_("No."), _("Name"), _("Organisation"), _("Minutes, if not all"), _("Signature")],
            "rows": rows,
            "empty_lines": EMPTY_LINES,
            # Translators: on the sign-in sheet, lines for people who are not on the list.
            "not_listed": _("Not on the list? Write your name here."),
            "count": ngettext("%(count)s person enrolled", "%(count)s people enrolled", len(rows)) % {"count": len(rows)},
        }
    return render_pdf("trainings/pdf/sign_in_sheet", data)


def _date_parts(day: datetime.date) -> list[int]:
    """Year, month, day: the date of the document itself, so that the same document has the same bytes."""
    return [day.year, day.month, day.day]


def _dates(certificate: Certificate) -> str:
    start, end = written(certificate.starts_on), written(certificate.ends_on)
    if certificate.starts_on == certificate.ends_on:
        return _("on %(date)s") % {"date": start}
    return _("from %(start)s to %(end)s") % {"start": start, "end": end}


def _hours_attended(certificate: Certificate) -> str:
    hours, planned = hours_shown(certificate.minutes), hours_shown(certificate.minutes_planned)
    if certificate.minutes >= certificate.minutes_planned:
        return _("Hours attended: %(hours)s, the whole training.") % {"hours": hours}
    return _("Hours attended: %(hours)s of %(planned)s.") % {"hours": hours, "planned": planned}


def hours_shown(minutes: int) -> str:
    """`6 h`, `5 h 40`: understood in the three languages."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"

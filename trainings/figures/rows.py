"""How the rows behind a figure are shown: one table for each kind of thing that is counted."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Column, Rows
from core.text.dates import DAY_OF_WEEK, written
from trainings.models import Attendance, Enrolment, Meeting, Participant, Session

# Whoever opens rows sees the names of people in any session.
PERMISSION = "trainings.view_any_session"
SECTOR = Column(_("Sector"), lambda row: row.sector.name if row.sector else "")
ORGANISATION = Column(_("Organisation"), lambda row: row.organisation_label)


def meeting_rows(meetings: QuerySet[Meeting]) -> Rows:
    """Half-days."""
    return Rows(
        queryset=meetings.select_related("session__module", "session__cycle"),
        columns=(
            Column(_("Day"), lambda row: written(localtime(row.starts_at), DAY_OF_WEEK)),
            Column(_("Session"), lambda row: row.session.name),
            Column(_("Cycle"), lambda row: row.session.cycle or ""),
        ),
        permission=PERMISSION,
        link=lambda row: reverse("trainings_sessions:inspect", args=[row.session_id]),
    )


def session_rows(sessions: QuerySet[Session]) -> Rows:
    """Sessions, or groups."""
    return Rows(
        queryset=sessions.select_related("module", "cycle"),
        columns=(
            Column(_("Session"), lambda row: row.name),
            Column(_("Kind"), lambda row: row.get_kind_display()),
            Column(_("Cycle"), lambda row: row.cycle or ""),
        ),
        permission=PERMISSION,
        link=lambda row: reverse("trainings_sessions:inspect", args=[row.pk]),
    )


def enrolment_rows(enrolments: QuerySet[Enrolment]) -> Rows:
    """Enrolments: a person as often as she enrolled."""
    return Rows(
        queryset=enrolments.select_related("session__module", "organisation", "sector"),
        columns=(Column(_("Name"), lambda row: row.name), Column(_("Session"), lambda row: row.session.name), ORGANISATION, SECTOR),
        permission=PERMISSION,
        link=lambda row: reverse("trainings_enrolments:inspect", args=[row.pk]) if row.erased_at is None else "",
    )


def attendance_rows(attendances: QuerySet[Attendance]) -> Rows:
    """Presences at half-days."""
    return Rows(
        queryset=attendances.select_related("enrolment", "meeting__session__module"),
        columns=(
            Column(_("Day"), lambda row: written(localtime(row.meeting.starts_at), DAY_OF_WEEK)),
            Column(_("Session"), lambda row: row.meeting.session.name),
            Column(_("Name"), lambda row: row.enrolment.name),
        ),
        permission=PERMISSION,
        link=lambda row: reverse("trainings_backoffice:roll_call", args=[row.meeting_id]),
    )


def people_rows(people: QuerySet[Participant]) -> Rows:
    """People, each once."""
    return Rows(
        queryset=people,
        columns=(Column(_("Name"), lambda row: row.name), Column(_("E-mail address"), lambda row: row.email)),
        permission=PERMISSION,
        link=lambda row: reverse("trainings_participants:inspect", args=[row.pk]),
    )


def named_rows(rows: QuerySet[Any], url_name: str) -> Rows:
    """Things that have a name and a form: organisations, sectors, modules, trainers."""
    return Rows(
        queryset=rows,
        columns=(Column(_("Name"), lambda row: row.name),),
        permission=PERMISSION,
        link=lambda row: reverse(url_name, args=[row.pk]),
    )

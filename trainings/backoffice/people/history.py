"""Participants, and the history of one: what she followed and wished for, where she worked, as whom else she was known."""

from typing import Any

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.listing import DayColumn, FigureColumn, IndexView, InspectView
from core.backoffice.merging.base import MERGE
from core.backoffice.next_step import Gap
from core.merging.selectors import likely_pairs, merges_into
from core.text.dates import written
from trainings.attendance.documents import hours_shown
from trainings.backoffice.permissions import CHANGE_ENROLMENTS
from trainings.models import Enrolment, Participant
from trainings.people.merge import PEOPLE
from trainings.people.wishes import wishes_of


class ParticipantIndexView(IndexView):
    """Everybody who ever enrolled."""

    search_fields = ("name", "email")
    default_ordering = "name"
    list_display = (
        "name",
        "email",
        FigureColumn("enrolment_count", label=gettext_lazy("Enrolments"), sort_key="enrolment_count"),
        DayColumn("latest_at", label=gettext_lazy("Latest enrolment"), sort_key="latest_at"),
    )

    def rows_for(self, user: Any) -> QuerySet[Participant]:
        return Participant.objects.annotate(enrolment_count=Count("enrolments"), latest_at=Max("enrolments__created_at"))

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if self.request.user.has_perm(MERGE):
            url = reverse("trainings_participants:known_twice")
            buttons.append(HeaderButton(_("Known twice"), url=url, icon_name="group", priority=20))
        if self.request.user.has_perm(CHANGE_ENROLMENTS):
            url = reverse("trainings_backoffice:typed_names")
            buttons.append(HeaderButton(_("Organisations as they were typed"), url=url, icon_name="site", priority=30))
        return buttons


class ParticipantInspectView(InspectView):
    """One person's history."""

    template_name = "trainings/backoffice/participant_inspect.html"
    page_title = gettext_lazy("Participant")

    def gaps(self) -> list[Gap]:
        if not self.request.user.has_perm(MERGE) or not likely_pairs(PEOPLE, about=self.object.pk):
            return []
        url = reverse("trainings_participants:partners", args=[self.object.pk])
        return [Gap(text=_("May be known under another address too."), url=url)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Enrolment.objects.filter(participant=self.object).select_related("session__module", "certificate", "organisation")
        enrolments = list(rows.order_by("-created_at").prefetch_related("attendances", "session__meetings"))
        total = 0
        for enrolment in enrolments:
            minutes = sum(mark.minutes for mark in enrolment.attendances.all())
            total += minutes
            setattr(enrolment, "hours", hours_shown(minutes) if minutes else "–")  # noqa: B010 (for the template)
        return super().get_context_data(**kwargs) | {
            "enrolments": enrolments,
            "facts": self._facts(enrolments, total),
            "wishes": [(wish.module, written(wish.created_at), wish.notified_at) for wish in wishes_of(self.object)],
            "merges": merges_into(PEOPLE, self.object.pk, now=clock.now()) if self.request.user.has_perm(MERGE) else [],
        }

    def _facts(self, enrolments: list[Enrolment], minutes: int) -> list[tuple[str, str]]:
        organisations = dict.fromkeys(each.organisation_label for each in enrolments if each.organisation_label)
        functions = dict.fromkeys(each.function for each in enrolments if each.function)
        found = [
            (_("E-mail address"), self.object.email),
            (_("Organisations, the latest first"), ", ".join(organisations)),
            (_("Function"), ", ".join(functions)),
            (_("Hours attended in all"), hours_shown(minutes) if minutes else ""),
            (_("First known"), written(self.object.created_at)),
        ]
        return [(label, value) for label, value in found if value]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not self.request.user.has_perm(MERGE):
            return []
        url = reverse("trainings_participants:partners", args=[self.object.pk])
        return [HeaderButton(_("Merge with another"), url=url, icon_name="group", priority=10)]

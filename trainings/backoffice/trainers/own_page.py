"""A trainer's own page: her sessions, what is to do, what people need, notes before and after, her calendar."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import IndexView
from core.backoffice.permissions import RequiresPermission
from core.languages import current_language
from core.web.absolute_urls import absolute_url
from trainings.backoffice.permissions import MARK_ATTENDANCE, sessions_for
from trainings.enums import SessionStatus
from trainings.models import Enrolment, Meeting, Session, Trainer
from trainings.trainers.feed import sessions_of
from trainings.trainers.load import Load, load_of
from trainings.trainers.notes import note_afterwards


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One session as its trainer looks at it."""

    session: Session
    confirmed: int
    rolls: list[Meeting]
    needs: list[Enrolment]
    is_over: bool


class OwnSessionsView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """Nothing but her own, whatever else she may see."""

    permission = MARK_ATTENDANCE
    template_name = "trainings/backoffice/own_sessions.html"
    page_title = gettext_lazy("My sessions")
    header_icon = "glasses"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trainer = Trainer.objects.filter(user=self.request.user).first()
        feed = absolute_url("trainings:trainer_calendar", trainer.feed_token, language=current_language()) if trainer else ""
        sessions = self._sessions(trainer) if trainer else []
        return super().get_context_data(**kwargs) | {"trainer": trainer, "sessions": sessions, "feed": feed}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def _sessions(self, trainer: Trainer) -> list[OwnSession]:
        now, sessions = clock.now(), sessions_of(trainer, now=clock.now())
        people: dict[int, list[Enrolment]] = {}
        for enrolment in Enrolment.objects.confirmed().known().filter(session__in=sessions).order_by("name"):
            people.setdefault(enrolment.session_id, []).append(enrolment)
        own = [
            OwnSession(
                session=session,
                confirmed=len(people.get(session.pk, [])),
                rolls=[
                    each
                    for each in session.meetings.all()
                    if each.roll_closed_at is None and each.starts_at < clock.midnight() and session.status != SessionStatus.DRAFT
                ],
                needs=[each for each in people.get(session.pk, []) if each.access_needs],
                is_over=session.ends_at < now,
            )
            for session in sessions
        ]
        # A roll to do first, then what comes, soonest first, then what is over, latest first.
        return sorted(own, key=lambda each: (not each.rolls, each.is_over, abs(each.session.starts_at - now)))


class TrainerIndexView(IndexView):
    """The pool, with the way to the load of the year."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        load = HeaderButton(_("Load of the trainers"), url=reverse("trainings_backoffice:trainers_load"), icon_name="table")
        return [*super().header_more_buttons, load]


class NoteForm(forms.Form):
    """What stays to be known."""

    text = forms.CharField(
        label=gettext_lazy("Notes after the session"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("For the coordination and your colleagues. Nothing about anybody’s health."),
    )


class NoteAfterView(ObjectActionView[Session]):
    """A trainer notes what the next one should know."""

    model = Session
    viewset_name = "trainings_sessions"
    permission = MARK_ATTENDANCE
    header_icon = "edit"
    action_label = gettext_lazy("Keep the notes")
    page_title = gettext_lazy("Notes after the session")
    form_class = NoteForm
    log_action = "trainings.note_after"
    done = gettext_lazy("Your notes are kept.")

    def rows_for(self, user: Any) -> Any:
        return sessions_for(user)

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.object.note_after}

    def step(self, form: Any) -> None:
        note_afterwards(session=self.object, text=form.cleaned_data["text"])


class LoadView(RequiresPermission, WagtailAdminTemplateMixin, TemplateView):
    """The load of each trainer in a year."""

    permission = "trainings.view_trainer"
    template_name = "trainings/backoffice/trainers_load.html"
    page_title = gettext_lazy("Load of the trainers")
    header_icon = "glasses"

    @cached_property
    def year(self) -> int:
        asked = self.request.GET.get("year", "")
        return int(asked) if asked.isdecimal() and 2000 <= int(asked[:5]) <= 2100 else clock.today().year

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: list[Load] = load_of(self.year)
        heading = _("Load in %(year)s") % {"year": self.year}
        return super().get_context_data(**kwargs) | {"rows": rows, "year": self.year, "heading": heading}

"""Test, send, and everything that can be done to a sending."""

from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.backoffice.permissions import staff
from core.languages import NAMES
from newsletter.backoffice.issues.base import IssueActionView
from newsletter.backoffice.issues.forms import ReasonForm, SendForm, SendToMissedForm, TestForm
from newsletter.backoffice.issues.next_step import leaves_on
from newsletter.backoffice.issues.permissions import CHANGE_ISSUES, SEND_ISSUES
from newsletter.enums.issues import MissingEdition
from newsletter.issues.editions import drafts_of, pages_of
from newsletter.models import IssuePage
from newsletter.preflight.audience import Part, audience_of
from newsletter.preflight.state import state_of
from newsletter.sending import schedule
from newsletter.sending.test_mail import send_test


def people(count: int) -> str:
    """`1 person`, `412 people`."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def total(parts: list[Part]) -> int:
    """Those who get an edition."""
    return sum(part.subscribers for part in parts if part.edition)


class TestView(IssueActionView):
    """To a few colleagues."""

    permission = CHANGE_ISSUES
    form_class = TestForm
    action_label = gettext_lazy("Send a test")
    log_action = "newsletter.test_issue"
    done = gettext_lazy("The test mails have left.")

    def get_form_kwargs(self) -> dict[str, Any]:
        codes = [page.locale.language_code for page in pages_of(self.issue)]
        return super().get_form_kwargs() | {"languages": [(code, NAMES[code]) for code in codes]}

    def get_initial(self) -> dict[str, Any]:
        return {"recipients": staff(self.request).email}

    def effects(self) -> list[str]:
        return [_("The editions as they stand, marked as a test. No reader gets anything.")]

    def step(self, form: Any) -> None:
        data = form.cleaned_data
        send_test(issue_id=self.issue.pk, languages=data["languages"], recipients=data["recipients"], now=clock.now())


class SendView(IssueActionView):
    """The last page before sending: how many people, in which language, by which rule."""

    permission = SEND_ISSUES
    form_class = SendForm
    template_name = "newsletter/backoffice/issue_send.html"
    action_label = gettext_lazy("Send")
    log_action = "newsletter.send_issue"
    is_destructive = True

    @cached_property
    def drafts(self) -> list[IssuePage]:
        return drafts_of(self.issue)

    @cached_property
    def parts(self) -> dict[str, list[Part]]:
        """The audience by each rule: the form below chooses one."""
        languages = [page.locale.language_code for page in self.drafts]
        return {rule: audience_of(rule, languages, clock.now()) for rule in MissingEdition.values}

    def get_initial(self) -> dict[str, Any]:
        return {"missing_edition": self.issue.missing_edition}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"total_by": lambda rule: people(total(self.parts[rule]))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = zip(self.parts[MissingEdition.NOTHING], self.parts[MissingEdition.FRENCH], strict=True)
        return super().get_context_data(**kwargs) | {
            "state": state_of(self.issue, self.drafts),
            "parts": [{"name": NAMES[own.language], "part": own, "gets": self._gets(own, french)} for own, french in rows],
            "totals": [people(count) for count in sorted({total(parts) for parts in self.parts.values()})],
            "four_eyes": settings.NEWSLETTER_FOUR_EYES,
        }

    def _gets(self, own: Part, french: Part) -> str:
        if own.edition:
            return str(NAMES[own.edition])
        return _("nothing, or the French edition if you choose so below") if french.edition else _("nothing")

    def step(self, form: Any) -> str:
        schedule.send_issue(
            issue_id=self.issue.pk,
            now=clock.now(),
            by=staff(self.request),
            send_at=form.cleaned_data["send_at"],
            missing_edition=form.cleaned_data["missing_edition"],
        )
        return _("A second person must now agree.") if settings.NEWSLETTER_FOUR_EYES else _("The words are frozen.")


class ApproveView(IssueActionView):
    """The second pair of eyes."""

    permission = SEND_ISSUES
    action_label = gettext_lazy("Agree to the sending")
    log_action = "newsletter.approve_issue"
    is_destructive = True
    done = gettext_lazy("Agreed.")

    def effects(self) -> list[str]:
        codes = [edition.language for edition in self.issue.editions.all()]
        count = total(audience_of(self.issue.missing_edition, codes, clock.now()))
        lines = [_("It goes to %(people)s.") % {"people": people(count)}]
        if self.issue.send_at:
            lines.append(leaves_on(self.issue.send_at))
        return [*lines, *filter(None, [state_of(self.issue).changed_since])]

    def step(self, form: Any) -> None:
        schedule.approve_issue(issue_id=self.issue.pk, now=clock.now(), by=staff(self.request))


class UnscheduleView(IssueActionView):
    """Back to a draft."""

    permission = SEND_ISSUES
    action_label = gettext_lazy("Back to a draft")
    log_action = "newsletter.call_off_issue"
    done = gettext_lazy("The issue is a draft again.")

    def effects(self) -> list[str]:
        return [_("Nothing has left yet. What was frozen is forgotten, and the words can be changed again.")]

    def step(self, form: Any) -> None:
        schedule.unschedule(issue_id=self.issue.pk, now=clock.now(), by=staff(self.request))


class PauseView(IssueActionView):
    """For a while."""

    permission = SEND_ISSUES
    action_label = gettext_lazy("Pause")
    log_action = "newsletter.pause_issue"
    done = gettext_lazy("Paused. Whoever did not get it yet waits.")

    def effects(self) -> list[str]:
        return [_("No further mail leaves until you go on. A mail on its way right now is finished.")]

    def step(self, form: Any) -> None:
        schedule.pause_issue(issue_id=self.issue.pk, now=clock.now(), by=staff(self.request))


class ResumeView(IssueActionView):
    """Go on."""

    permission = SEND_ISSUES
    action_label = gettext_lazy("Go on")
    log_action = "newsletter.resume_issue"
    done = gettext_lazy("It goes on.")

    def effects(self) -> list[str]:
        return [self.issue.pause_reason_label] * bool(self.issue.pause_reason) + [_("It goes on where it stopped. Nobody gets it twice.")]

    def step(self, form: Any) -> None:
        schedule.resume_issue(issue_id=self.issue.pk, now=clock.now(), by=staff(self.request))


class StopView(IssueActionView):
    """For good."""

    permission = SEND_ISSUES
    form_class = ReasonForm
    action_label = gettext_lazy("Stop for good")
    log_action = "newsletter.stop_issue"
    is_destructive = True
    done = gettext_lazy("Stopped. Nobody else gets it.")

    def effects(self) -> list[str]:
        waiting = self.issue.deliveries.waiting().count()
        return [ngettext("%(people)s will not get it.", "%(people)s will not get it.", waiting) % {"people": people(waiting)}]

    def step(self, form: Any) -> None:
        schedule.stop_issue(issue_id=self.issue.pk, now=clock.now(), by=staff(self.request), reason=form.cleaned_data["reason"])


class SendToMissedView(IssueActionView):
    """Those who did not get it."""

    permission = SEND_ISSUES
    form_class = SendToMissedForm
    action_label = gettext_lazy("Send to those who did not get it")
    log_action = "newsletter.send_to_missed"
    done = gettext_lazy("The same words are on their way to those who did not get them.")

    def effects(self) -> list[str]:
        missed = schedule.count_missed(self.issue, clock.now())
        return [
            _("New readers since then: %(people)s.") % {"people": people(missed.new_subscribers)},
            _("Refused or stopped: %(people)s.") % {"people": people(missed.missed)},
            _("Uncertain: %(people)s.") % {"people": people(missed.uncertain)},
        ]

    def step(self, form: Any) -> None:
        schedule.send_to_missed(
            issue_id=self.issue.pk, now=clock.now(), by=staff(self.request), with_uncertain=form.cleaned_data["with_uncertain"]
        )

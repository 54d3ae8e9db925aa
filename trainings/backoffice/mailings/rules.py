"""Mails by rule in the admin: the listing, one rule with what it plans, its form, its switch and its preview."""

import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import IndexView, InspectView
from core.backoffice.next_step import NextStep
from core.backoffice.screens import ListingScreen, ObjectScreen
from core.backoffice.versions.views import EditView
from core.mail.render import Parts
from trainings.backoffice.mailings.forms import SampleForm
from trainings.backoffice.mailings.words import leaves_words, moment_words
from trainings.backoffice.permissions import sessions_for
from trainings.mailings.letters import preview, sample_by_rule
from trainings.mailings.rules import TIMING, add_starter_rules, count_from_now, switch_rule
from trainings.mailings.selectors import planned_mails
from trainings.mailings.write import people_for
from trainings.models import Enrolment, MailRule, Session

VIEW_RULES = "trainings.view_mailrule"
ADD_RULES = "trainings.add_mailrule"
CHANGE_RULES = "trainings.change_mailrule"
# How far the list of planned mails looks ahead.
AHEAD = datetime.timedelta(days=92)


class MailRuleIndexView(IndexView):
    """All rules, and the two ways on: the list of what is planned, and the usual rules to begin with."""

    list_display = (
        TitleColumn("name", label=gettext_lazy("Name"), url_name="trainings_mail_rules:inspect"),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("moment", label=gettext_lazy("When"), accessor=moment_words),
        Column("audience", label=gettext_lazy("To whom"), accessor="get_audience_display"),
        StatusTagColumn(
            "is_on", label=gettext_lazy("Status"), accessor=lambda row: _("on") if row.is_on else _("off"), primary=lambda row: row.is_on
        ),
    )

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        buttons.append(HeaderButton(_("Planned mails"), url=reverse("trainings_backoffice:planned_mails"), icon_name="calendar"))
        if self.request.user.has_perm(ADD_RULES):
            buttons.append(HeaderButton(_("Add the usual rules"), url=reverse("trainings_backoffice:add_mail_rules"), icon_name="plus"))
        return buttons


class MailRuleInspectView(InspectView):
    """One rule: when, to whom, its words, and what it plans."""

    template_name = "trainings/backoffice/mailings/rule.html"
    page_title = gettext_lazy("Mail by rule")

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = [HeaderButton(_("Preview"), url=self.action_url("preview_mail_rule"), icon_name="view", priority=20)]
        if edit_url := self.get_edit_url():
            buttons.insert(0, HeaderButton(_("Edit"), url=edit_url, icon_name="edit", priority=10))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        is_on = self.object.is_on
        return self.action_buttons([(self._changes and is_on, _("Switch off"), "switch_off_mail_rule", "circle-xmark")])

    @property
    def _changes(self) -> bool:
        return bool(self.request.user.has_perm(CHANGE_RULES))

    def next_step(self) -> NextStep | None:
        if self.object.is_on or not self._changes:
            return None
        return NextStep(label=_("Switch on"), url=self.action_url("switch_on_mail_rule"), icon="check")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        planned = planned_mails(now=now, until=now + AHEAD, sessions=sessions_for(self.request.user))
        return super().get_context_data(**kwargs) | {
            "moment": moment_words(self.object),
            "planned": [(each, leaves_words(each)) for each in planned if each.rule == self.object and each.is_to_come],
            "words": [(code, self.object.subject_in(code), self.object.body_in(code)) for code in ("fr", "nl", "en")],
        }


class MailRuleCreateView(generic.CreateView):
    """A new rule is off: its page shows the preview and the switch."""

    def get_success_url(self) -> str:
        return reverse("trainings_mail_rules:inspect", args=[self.object.pk])


class MailRuleEditView(EditView):
    """The form of a rule. Another moment or other people count from now on."""

    def get_success_url(self) -> str:
        return reverse("trainings_mail_rules:inspect", args=[self.object.pk])

    def save_instance(self) -> MailRule:
        saved: MailRule = super().save_instance()
        if set(TIMING) & set(self.form.changed_data):
            count_from_now(rule=saved, now=clock.now())
        return saved


class RuleActionView(ObjectActionView[MailRule]):
    """An action on one rule."""

    model = MailRule
    viewset_name = "trainings_mail_rules"
    permission = CHANGE_RULES
    header_icon = "mail"


class SwitchOnView(RuleActionView):
    """From now on."""

    action_label = gettext_lazy("Switch on")
    log_action = "trainings.switch_on_mail_rule"
    done = gettext_lazy("The rule is on.")

    def effects(self) -> list[str]:
        return [
            moment_words(self.object) + " · " + self.object.get_audience_display(),
            _("It counts from now on: nobody gets a mail whose moment is past already."),
        ]

    def step(self, form: Any) -> None:
        switch_rule(rule=self.object, on=True, now=clock.now())


class SwitchOffView(RuleActionView):
    """No more."""

    action_label = gettext_lazy("Switch off")
    log_action = "trainings.switch_off_mail_rule"
    done = gettext_lazy("The rule is off.")

    def effects(self) -> list[str]:
        return [_("Nothing leaves by this rule any more. What left stays in the history.")]

    def step(self, form: Any) -> None:
        switch_rule(rule=self.object, on=False, now=clock.now())


class AddRulesView(ListingScreen, ConfirmView):
    """The usual rules, to begin with."""

    model = MailRule
    viewset_name = "trainings_mail_rules"
    permission = ADD_RULES
    header_icon = "mail"
    action_label = gettext_lazy("Add the usual rules")

    def effects(self) -> list[str]:
        return [
            _("A reminder, practical information, thanks, later evaluations and a payment reminder are added, with their words."),
            _("They are switched off: read them, change them, look at the preview, then switch them on."),
        ]

    def act(self, form: Any) -> str:
        count = len(add_starter_rules())
        return ngettext("%(count)s rule is added.", "%(count)s rules are added.", count) % {"count": count}


class PreviewView(ObjectScreen[MailRule], TemplateView):
    """The mail on a real session, in a language."""

    model = MailRule
    viewset_name = "trainings_mail_rules"
    permission = VIEW_RULES
    header_icon = "mail"
    page_title = gettext_lazy("Preview")
    template_name = "trainings/backoffice/mailings/preview.html"

    @cached_property
    def form(self) -> SampleForm:
        """Sessions with people in them, the latest first. Without a choice: the first, in its own language."""
        rows = sessions_for(self.request.user).filter(enrolments__in=Enrolment.objects.known().active()).order_by("-pk").distinct()
        latest = Session.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:50])).select_related("module").order_by("-pk")
        first = latest.first() if "session" not in self.request.GET else None
        data = {"session": first.pk, "language": first.language} if first else self.request.GET
        return SampleForm(data, sessions=latest)

    def parts(self) -> Parts | None:
        """The mail; None: nobody is in any session, or the choice makes no sense."""
        if not self.form.is_valid():
            return None
        session: Session = self.form.cleaned_data["session"]
        who = people_for(session, audience=self.object.audience).first() or session.enrolments.known().active().first()
        return preview(sample_by_rule(self.object, who, language=self.form.cleaned_data["language"], now=clock.now())) if who else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form": self.form, "parts": self.parts(), "back_url": self.back_url}


def rule_or_404(pk: int) -> MailRule:
    """A rule by its key."""
    found: MailRule = get_object_or_404(MailRule, pk=pk)
    return found

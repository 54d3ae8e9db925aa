"""Evaluation of sessions: who has answered (and not what), and what is closed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trainings.models.catalogue import Module
from trainings.models.enrolments import Enrolment
from trainings.models.questionnaires import AnswerSet, Purpose
from trainings.models.sessions import Session


class EvaluationTicket(models.Model):
    """Lets one person answer once. It holds answers only until they are sent: then they leave it, and it says no more than that it is used.

    No day either: on a day when one person answered, it would lead to the answers of that day.
    """

    enrolment = models.ForeignKey(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="evaluation_tickets")
    kind = models.CharField(_("kind of questionnaire"), max_length=10, choices=Purpose)
    draft = models.OneToOneField(
        AnswerSet, verbose_name=_("answers not sent yet"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_used = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("one-time ticket of an evaluation")
        verbose_name_plural = _("one-time tickets of evaluations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="trainings_evaluationticket_once"),
            models.CheckConstraint(
                condition=models.Q(is_used=False) | models.Q(draft=None), name="trainings_evaluationticket_used_holds_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.reference} · {self.kind}"


class EvaluationRound(models.Model):
    """One kind of evaluation of one session that nobody can answer any more: from then on it is counted, as it was on that day."""

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="evaluation_rounds")
    kind = models.CharField(_("kind of questionnaire"), max_length=10, choices=Purpose)
    closed_at = models.DateTimeField(_("closed"))
    invited = models.PositiveSmallIntegerField(_("people asked"))
    answered = models.PositiveSmallIntegerField(_("people who answered"))
    # What results are sorted by. Frozen: a session that moved between two pages would be their difference.
    module = models.ForeignKey(Module, verbose_name=_("module"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    trainer_ids = models.JSONField(_("trainers"), default=list)

    class Meta:
        ordering: ClassVar = ["closed_at", "pk"]
        verbose_name = _("closed evaluation")
        verbose_name_plural = _("closed evaluations")
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "kind"], name="trainings_evaluationround_once")]

    def __str__(self) -> str:
        return f"{self.session} · {self.get_kind_display()}"

"""Questionnaires that coordinators build: versions with their questions in three languages, and the answers to them."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from core.fields import TokenField, readable_code
from core.languages import current_language
from trainings.enums import Language
from trainings.models.sessions import Session
from trainings.querysets.questionnaires import QuestionnaireQuerySet, VersionQuerySet

SCALE = range(1, 6)


class Purpose(models.TextChoices):
    """What a questionnaire is for."""

    NEEDS = "needs", _("analysis of needs")
    HOT = "hot", _("evaluation at the end")
    COLD = "cold", _("evaluation some months later")
    LEAD = "lead", _("evaluation by the team lead")


# Asked of everybody in the same words: one questionnaire each.
EVALUATIONS = (Purpose.HOT, Purpose.COLD, Purpose.LEAD)


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SHORT_TEXT = "short_text", _("short text")
    LONG_TEXT = "long_text", _("long text")
    ONE_OF = "one_of", _("one of several answers")
    SEVERAL_OF = "several_of", _("several answers")
    SCALE = "scale", _("scale from 1 to 5")
    NUMBER = "number", pgettext_lazy("kind of answer", "number")
    DATE = "date", _("date")


CHOICES = (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF)
TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)


def question_key() -> str:
    """Names a question through all versions of its questionnaire, so that its answers are counted together."""
    return readable_code(8)


class Questionnaire(models.Model):
    """What is asked for one purpose. The questions stand in its versions."""

    name = models.CharField(_("name"), max_length=120, help_text=_("For colleagues; who answers reads the title of the version."))
    purpose = models.CharField(_("kind of questionnaire"), max_length=10, choices=Purpose)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purpose"], condition=models.Q(purpose__in=EVALUATIONS), name="trainings_questionnaire_one_per_evaluation"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        others = Questionnaire.objects.filter(purpose=self.purpose).exclude(pk=self.pk)
        if self.purpose in EVALUATIONS and others.exists():
            raise ValidationError({"purpose": gettext("There is one already: make its next version.")})


class InThreeLanguages(models.Model):
    """Words with a column per language; `words("text")` gives those of the reader, in French where they are missing."""

    class Meta:
        abstract = True

    def words(self, name: str, language: str = "") -> str:
        """The words in a language, the reader's unless one is named."""
        return str(getattr(self, f"{name}_{language or current_language()}") or getattr(self, f"{name}_fr"))


class QuestionnaireVersion(InThreeLanguages, ClusterableModel):
    """The questions as they are asked for a time: a draft until it is opened, frozen from then on, retired by the next one."""

    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name=_("questionnaire"), on_delete=models.CASCADE, related_name="versions", editable=False
    )
    number = models.PositiveSmallIntegerField(_("version"), editable=False)
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_nl = models.CharField(_("title in Dutch"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    intro_fr = models.TextField(_("introduction in French"), max_length=1000, blank=True)
    intro_nl = models.TextField(_("introduction in Dutch"), max_length=1000, blank=True)
    intro_en = models.TextField(_("introduction in English"), max_length=1000, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(_("replaced"), null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["questionnaire", "-number"]
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="trainings_questionnaireversion_numbered"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=models.Q(opened_at=None), name="trainings_questionnaireversion_one_draft"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(opened_at__isnull=False, retired_at=None),
                name="trainings_questionnaireversion_one_open",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(name)s, version %(number)s") % {"name": self.questionnaire.name, "number": self.number}

    @property
    def title(self) -> str:
        return self.words("title")

    @property
    def intro(self) -> str:
        return self.words("intro")

    @property
    def is_draft(self) -> bool:
        return self.opened_at is None

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.retired_at is None

    @property
    def state(self) -> str:
        """In words."""
        if self.is_draft:
            return gettext("draft")
        return pgettext("version", "open") if self.is_open else pgettext("version", "replaced")


class Question(InThreeLanguages, Orderable):
    """One question of a version."""

    version = ParentalKey(QuestionnaireVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=8, default=question_key, editable=False)
    kind = models.CharField(_("kind of answer"), max_length=12, choices=QuestionKind)
    is_required = models.BooleanField(_("must be answered"), default=False)
    text_fr = models.CharField(_("question in French"), max_length=300)
    text_nl = models.CharField(_("question in Dutch"), max_length=300, blank=True)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)
    help_fr = models.CharField(_("hint in French"), max_length=300, blank=True)
    help_nl = models.CharField(_("hint in Dutch"), max_length=300, blank=True)
    help_en = models.CharField(_("hint in English"), max_length=300, blank=True)
    options_fr = models.TextField(
        _("answers in French"),
        max_length=2000,
        blank=True,
        help_text=_("One a line, in the same order in each language. Of a scale: the words at 1 and at 5, or nothing."),
    )
    options_nl = models.TextField(_("answers in Dutch"), max_length=2000, blank=True)
    options_en = models.TextField(_("answers in English"), max_length=2000, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "key"], name="trainings_question_once_a_version")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.words("text")

    @property
    def help(self) -> str:
        return self.words("help")

    def options(self, language: str = "") -> list[str]:
        """The answers to choose from, in their order; of a scale its two ends."""
        return [line.strip() for line in self.words("options", language).splitlines() if line.strip()]

    @property
    def choices(self) -> list[tuple[int, str]]:
        """What is stored of a chosen answer, and its words."""
        if self.kind != QuestionKind.SCALE:
            return list(enumerate(self.options(), start=1))
        lowest, highest = self.options() or (gettext("not at all"), gettext("completely"))
        ends = {SCALE[0]: lowest, SCALE[-1]: highest}
        return [(step, f"{step} – {ends[step]}" if step in ends else str(step)) for step in SCALE]


class AnswerSet(models.Model):
    """What one person answered. No moment and no number tells in which order people answered: only the day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(QuestionnaireVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="answer_sets")
    token = TokenField(_("key of the link"))
    # Empty in an evaluation: one Dutch-speaking person in a group would be known by it.
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    about = models.CharField(_("about"), max_length=80, blank=True, db_index=True, help_text="request:12")
    session = models.ForeignKey(Session, verbose_name=_("session"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(_("answers"), default=dict)
    saved_on = models.DateField(_("saved on"), null=True, blank=True)
    submitted_on = models.DateField(_("sent on"), null=True, blank=True)

    class Meta:
        verbose_name = _("answers")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.version} · {self.submitted_on or '…'}"

    @property
    def is_submitted(self) -> bool:
        return self.submitted_on is not None

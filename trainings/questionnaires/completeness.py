"""What a version lacks before it can be asked in three languages."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.languages import language_name
from trainings.models.questionnaires import CHOICES, InThreeLanguages, Question, QuestionKind, QuestionnaireVersion

LANGUAGES = ("fr", "nl", "en")


def missing_words(version: QuestionnaireVersion) -> list[str]:
    """What is missing, a sentence each; nothing where the version can be opened."""
    questions = list(version.questions.all())
    missing = [] if questions else [_("There is no question yet.")]
    missing += [_("The title is missing in: %(languages)s.") % {"languages": each} for each in _without(version, "title")]
    missing += [
        _("The introduction is missing in: %(languages)s.") % {"languages": each} for each in _without(version, "intro", optional=True)
    ]
    for place, question in enumerate(questions, start=1):
        missing += [f"{place}. {question.text_fr}: {each}" for each in _missing_of(question)]
    return missing


def _missing_of(question: Question) -> Iterator[str]:
    for languages in _without(question, "text"):
        yield _("the question is missing in: %(languages)s.") % {"languages": languages}
    for languages in _without(question, "help", optional=True):
        yield _("the hint is missing in: %(languages)s.") % {"languages": languages}
    counts = {len(_lines(question, language)) for language in LANGUAGES}
    if question.kind in CHOICES and (len(counts) > 1 or min(counts) < 2):
        yield _("give at least two answers, as many in each language.")
    if question.kind == QuestionKind.SCALE and counts not in ({0}, {2}):
        yield _("give the words at 1 and at 5 in each language, or none.")


def _lines(question: Question, language: str) -> list[str]:
    """Without falling back on French."""
    return [line for line in getattr(question, f"options_{language}").splitlines() if line.strip()]


def _without(row: InThreeLanguages, name: str, *, optional: bool = False) -> Iterator[str]:
    """The languages that have no words, together; of what is optional only where another language has them."""
    without = [language for language in LANGUAGES if not getattr(row, f"{name}_{language}").strip()]
    if without and not (optional and len(without) == len(LANGUAGES)):
        yield ", ".join(language_name(language) for language in without)

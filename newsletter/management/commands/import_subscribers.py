import argparse
import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from core import clock
from core.imports.errors import CannotRead
from core.languages import Language
from newsletter.enums.subscribers import LineOutcome, Standing
from newsletter.models import SubscriberImport
from newsletter.subscribers.importing.run import (
    ImportRefused,
    answer_questions,
    begin_import,
    cancel_import,
    check_import,
    run_import,
    start_import,
)

NOTHING = "nothing"


class Command(BaseCommand):
    """Imports subscribers from a CSV or XLSX file, as the back-office does, here and now."""

    help = "Import newsletter readers from a CSV or XLSX file. Addresses that left, complained or bounced are never brought back."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="where the consents can be read, e.g. 'paper list of the study morning'")
        parser.add_argument("--agreed-on", required=True, type=datetime.date.fromisoformat, help="the day people agreed, 2026-03-12")
        parser.add_argument("--language", default=Language.FR, choices=Language.values, help="for the lines that name none")
        parser.add_argument(
            "--answer",
            nargs=3,
            action="append",
            default=[],
            metavar=("COLUMN", "VALUE", "MEANING"),
            help="what a word of a column means: " + ", ".join([*Standing.values, NOTHING]),
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["source"].strip():
            raise CommandError("--source must say where the consents can be read.")
        now = clock.now()
        try:
            subscriber_import = start_import(
                content=options["file"].read_bytes(),
                filename=options["file"].name,
                source=options["source"],
                agreed_on=options["agreed_on"],
                language=options["language"],
                by=None,
                now=now,
                in_background=False,
            )
        except (OSError, CannotRead) as error:
            raise CommandError(str(error)) from error
        if subscriber_import.questions:
            self._answer(subscriber_import, options["answer"])
        check_import(import_id=subscriber_import.pk, now=now)
        if not options["dry_run"]:
            begin_import(import_id=subscriber_import.pk, in_background=False)
            run_import(import_id=subscriber_import.pk, now=clock.now())
        self._tell(subscriber_import)
        if options["dry_run"]:
            cancel_import(import_id=subscriber_import.pk, now=now)
            self.stdout.write("Dry run: nobody was written.")

    def _answer(self, subscriber_import: SubscriberImport, given: list[list[str]]) -> None:
        answers: dict[str, dict[str, str]] = {}
        for column, value, meaning in given:
            answers.setdefault(column, {})[value] = "" if meaning == NOTHING else meaning
        try:
            answer_questions(import_id=subscriber_import.pk, answers=answers, in_background=False)
        except ImportRefused as error:
            cancel_import(import_id=subscriber_import.pk, now=clock.now())
            questions = [(each["column"], *value) for each in subscriber_import.questions for value in each["values"]]
            asked = [f"{column} = {value!r} ({count} lines)" for column, value, count in questions]
            raise CommandError("What do these mean? Say so with --answer:\n" + "\n".join(asked)) from error

    def _tell(self, subscriber_import: SubscriberImport) -> None:
        counts = dict(subscriber_import.lines.order_by().values_list("outcome").annotate(Count("pk")))
        for outcome in LineOutcome:
            if counts.get(outcome):
                self.stdout.write(f"{counts[outcome]:6d}  {outcome.label}")

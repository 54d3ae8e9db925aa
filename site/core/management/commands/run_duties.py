from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.duties.alert import alert_administrators
from core.duties.registry import DutySpec, registered
from core.duties.run import Result, dry_run, run_due, run_one
from core.health.watch import watch
from core.privacy.registry import retention_duties


class Command(BaseCommand):
    """What the worker does by itself, once: for a timer where no worker runs, or by hand."""

    help = "Run the timed duties that are due, or the named ones at once. The worker does the same every few seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", action="append", default=[], metavar="NAME", help="run this duty, due or not; may be repeated")
        parser.add_argument("--dry-run", action="store_true", help="say what each would do now, due or not; change nothing")
        parser.add_argument("--retention", action="store_true", help="run those that keep the terms of personal data, due or not")
        parser.add_argument("--list", action="store_true", help="name the duties and their turns")

    def handle(self, *args: Any, **options: Any) -> None:
        only = [*options["only"], *(retention_duties() if options["retention"] else ())]
        specs = self._chosen(only)
        now = clock.now()
        if options["list"]:
            for spec in specs:
                self.stdout.write(f"{spec.name}: {spec.label}, {spec.schedule}")
            return
        if options["dry_run"]:
            results: list[Result] = dry_run(specs=specs, now=now)
        elif only:
            results = [run_one(spec=spec, now=now) or Result(spec.name, error="a worker is running it") for spec in specs]
        else:
            results = run_due(now=now)
        for result in results:
            self.stdout.write(str(result))
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
            return
        alert_administrators(now=clock.now())
        watch(now=clock.now())
        if failed := [result.name for result in results if result.error]:
            raise CommandError(f"Failed: {', '.join(failed)}.")

    def _chosen(self, names: list[str]) -> list[DutySpec]:
        known = {spec.name: spec for spec in registered()}
        if unknown := set(names) - set(known):
            raise CommandError(f"No duty is called {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return [known[name] for name in names] or list(known.values())

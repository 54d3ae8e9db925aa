from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.mail.tasks import deliver_mail
from demo.builders.activities import build_counters
from demo.builders.cycles import build_cycles
from demo.builders.issues import build_issues
from demo.builders.modules import build_modules
from demo.builders.pages import PageBuilder, build_site_texts
from demo.builders.past_years.build import build_past_years
from demo.builders.people import build_staff
from demo.builders.places import build_places
from demo.builders.publications import build_publications, relate_publications
from demo.builders.requests import build_requests
from demo.builders.sessions import build_mail_rules, build_sessions, enrol_colleagues, issue_certificates, offer_a_seat
from demo.builders.subscribers import build_subscribers
from demo.builders.support import build_support
from demo.builders.trainings_evaluation import build_evaluations
from demo.builders.vocabulary import build_vocabulary
from home.models import HomePage
from newsletter.models import NewsletterIndexPage
from publications.models import LibraryPage
from trainings.models import CataloguePage, Session


class Command(BaseCommand):
    """Fills an empty site with the demo: real facts about Smes, example modules, invented people."""

    help = "Load the demo content. Does nothing where a home page stands already."

    def handle(self, *args: Any, **options: Any) -> None:
        if HomePage.objects.exists():
            if not Session.objects.exists():
                raise CommandError("An earlier loading stopped half-way. Begin anew: make demo-reset demo")
            self.stdout.write("The site has content already: nothing loaded.")
            return
        # Not one transaction: wagtail-localize publishes translations when theirs is committed.
        with disable_reference_index_auto_update():
            self._build()
        self._index()
        self._next("certificates")
        issue_certificates()  # last: their mails wait in the queue for the worker
        offer_a_seat()
        enrol_colleagues()
        self.stdout.write(" · done")

    def _build(self) -> None:
        for code in ("fr", "nl", "en"):
            Locale.objects.get_or_create(language_code=code)
        Page.objects.filter(depth=2).delete()  # Wagtail's own welcome page
        self.stdout.write("Demo content: words and organisations", ending="")
        build_vocabulary()
        self._next("staff")
        build_staff()
        self._next("pages in three languages")
        pages = PageBuilder().build()
        build_site_texts(pages)
        self._next("modules in three languages")
        catalogue = pages["catalogue"]
        if not isinstance(catalogue, CataloguePage):
            raise CommandError("content/pages has no catalogue.")
        modules = build_modules(catalogue)
        self._next("publications and their files")
        library = pages["publications"]
        if not isinstance(library, LibraryPage):
            raise CommandError("content/pages has no library.")
        build_publications(library, pages, modules)
        self._next("sessions and enrolments")
        build_sessions(modules)
        build_cycles()
        build_requests(modules)
        build_support()
        build_evaluations()
        build_mail_rules()
        build_counters()
        self._next("places")
        build_places()
        self._next("readers of the newsletter")
        build_subscribers()
        self._next("issues of the newsletter")
        build_issues(pages)
        relate_publications()
        self._next("the years 2023 and 2024")
        build_past_years(modules, NewsletterIndexPage.objects.get(locale__language_code="fr"))
        Redirect.objects.all().delete()  # from the French address each translation had for a moment

    def _index(self) -> None:
        """At once instead of by hundreds of queued tasks: the site is new, only mails are in the queue beside them."""
        self._next("search index")
        DBTaskResult.objects.ready().exclude(task_path=deliver_mail.module_path).delete()
        call_command("update_index", verbosity=0)
        call_command("rebuild_references_index", verbosity=0)

    def _next(self, step: str) -> None:
        self.stdout.write(f" · {step}", ending="")
        self.stdout.flush()

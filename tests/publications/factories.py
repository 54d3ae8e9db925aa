"""Rows of publications for tests. Every default is the plain case; say in the test what is special."""

from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.text.comparison import folded
from home.models import HomePage
from publications.enums import EditionStatus, FileState, Kind, MoveKind, OrderStatus, Purpose
from publications.models import (
    DownloadCount,
    Edition,
    EditionFile,
    LibraryPage,
    OrderTransition,
    PageText,
    PaperOrder,
    PrintRun,
    PublicationPage,
    Series,
    StockMove,
    Work,
    WorkAuthor,
    WorkPage,
)
from tests.trainings.factories import ModuleFactory, make_catalogue, make_sheets


class SeriesFactory(DjangoModelFactory[Series]):
    class Meta:
        model = Series

    slug = factory.Sequence(lambda n: f"series-{n}")
    name_fr = factory.Sequence(lambda n: f"Cahiers {n}")
    name_nl = factory.Sequence(lambda n: f"Schriften {n}")
    name_en = factory.Sequence(lambda n: f"Notebooks {n}")


class WorkFactory(DjangoModelFactory[Work]):
    """A guide of 2024 in a series of its own, by nobody yet."""

    class Meta:
        model = Work

    code = factory.Sequence(lambda n: f"guide-{n}")
    name = factory.Sequence(lambda n: f"Guide d’exemple {n}")
    kind = Kind.GUIDE
    series = factory.SubFactory(SeriesFactory)
    year = 2024


class WorkAuthorFactory(DjangoModelFactory[WorkAuthor]):
    class Meta:
        model = WorkAuthor

    work = factory.SubFactory(WorkFactory)
    name = "Équipe d’exemple"


class WorkPageFactory(DjangoModelFactory[WorkPage]):
    """Beside the work stands a training; `page=` for another page."""

    class Meta:
        model = WorkPage

    work = factory.SubFactory(WorkFactory)
    page = factory.LazyFunction(lambda: make_sheets(ModuleFactory())["fr"])


class EditionFactory(DjangoModelFactory[Edition]):
    """Published, in French, without a file, offered on paper but not printed. `copies=20`: printed."""

    class Meta:
        model = Edition
        skip_postgeneration_save = True

    work = factory.SubFactory(WorkFactory)
    languages = factory.LazyFunction(lambda: ["fr"])
    title = factory.Sequence(lambda n: f"Un guide d’exemple {n}")
    status = EditionStatus.PUBLISHED
    is_orderable = True

    @classmethod
    def _create(cls, model_class: type[Edition], *args: Any, **kwargs: Any) -> Edition:
        copies = kwargs.pop("copies", None)
        edition: Edition = super()._create(model_class, *args, **kwargs)
        if copies:
            StockMoveFactory(edition=edition, quantity=copies)
        return edition


class EditionFileFactory(DjangoModelFactory[EditionFile]):
    """A ready file of two pages; becomes the current one. `texts=("…", "…")`: the words of its pages."""

    class Meta:
        model = EditionFile
        skip_postgeneration_save = True

    class Params:
        content = b"%PDF-1.7 " + b"0123456789" * 200

    edition = factory.SubFactory(EditionFactory)
    number = 1
    state = FileState.READY
    uploaded_at = factory.LazyFunction(timezone.now)
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    page_count = 2
    pdf_title = "Un guide d’exemple"
    pdf_language = "fr"
    is_tagged = True

    @classmethod
    def _create(cls, model_class: type[EditionFile], *args: Any, **kwargs: Any) -> EditionFile:
        texts, content = kwargs.pop("texts", ()), kwargs.pop("bytes", b"%PDF-1.7 " + b"0123456789" * 200)
        file = model_class(size=len(content), **kwargs)
        if file.state == FileState.READY:
            file.file.save("x.pdf", ContentFile(content), save=False)
        file.save()
        if file.state == FileState.READY:
            Edition.objects.filter(pk=file.edition_id).update(current_file=file)
            file.edition.current_file = file
        for page, text in enumerate(texts, start=1):
            for language in file.edition.languages:
                PageText.objects.create(file=file, page=page, language=language, text=text, folded=folded(text))
        return file


class PrintRunFactory(DjangoModelFactory[PrintRun]):
    class Meta:
        model = PrintRun

    edition = factory.SubFactory(EditionFactory)
    printed_on = factory.LazyFunction(timezone.localdate)
    quantity = 100


class StockMoveFactory(DjangoModelFactory[StockMove]):
    class Meta:
        model = StockMove

    edition = factory.SubFactory(EditionFactory)
    kind = MoveKind.PRINTED
    quantity = 20
    at = factory.LazyFunction(timezone.now)


class PaperOrderFactory(DjangoModelFactory[PaperOrder]):
    """Two copies, reserved; the stock is not touched. Use the services where it matters."""

    class Meta:
        model = PaperOrder

    edition = factory.SubFactory(EditionFactory, copies=20)
    status = OrderStatus.RESERVED
    copies = 2
    purpose = Purpose.TEAM
    name = "Alix Exemple"
    email = factory.Sequence(lambda n: f"alix{n}@example.org")
    street = "Rue de l’Exemple 7"
    postal_code = "1000"
    municipality = "Bruxelles"
    created_at = factory.LazyFunction(timezone.now)


class OrderTransitionFactory(DjangoModelFactory[OrderTransition]):
    class Meta:
        model = OrderTransition

    order = factory.SubFactory(PaperOrderFactory)
    to_status = OrderStatus.RESERVED
    at = factory.LazyFunction(timezone.now)


class DownloadCountFactory(DjangoModelFactory[DownloadCount]):
    class Meta:
        model = DownloadCount

    edition = factory.SubFactory(EditionFactory)
    day = factory.LazyFunction(timezone.localdate)
    count = 3


def make_library() -> dict[str, LibraryPage]:
    """The library in the three languages, below the home pages. Shape: {language: library}."""
    libraries: dict[str, LibraryPage] = {}
    for language, catalogue in make_catalogue().items():
        slug, title = ("publicaties", "Publicaties") if language == "nl" else ("publications", "Publications")
        library = LibraryPage(title=title, slug=slug, locale=catalogue.locale, intro="Lire, citer, commander.")
        if libraries:
            library.translation_key = libraries["fr"].translation_key
        libraries[language] = HomePage.objects.get(locale=catalogue.locale).add_child(instance=library)
    return libraries


def make_pages(work: Work, **more: Any) -> dict[str, PublicationPage]:
    """The page of `work` in each language there is a library in; `title_nl="…"` for words of one language. Shape: {language: page}."""
    pages: dict[str, PublicationPage] = {}
    titles = {code: more.pop(f"title_{code}", f"{work.name} ({code})") for code in ("fr", "nl", "en")}
    for library in LibraryPage.objects.select_related("locale"):
        language = library.locale.language_code
        page = PublicationPage(
            title=titles[language], slug=f"{work.code}-{language}", locale=library.locale, work=work, abstract="<p>Résumé.</p>", **more
        )
        if pages:
            page.translation_key = next(iter(pages.values())).translation_key
        pages[language] = library.add_child(instance=page)
    return pages

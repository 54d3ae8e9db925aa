"""The library: works and their pages, sample files, copies on paper, orders of invented people."""

import datetime
import html
import tempfile
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page

from cartography.models import Place
from core.models import Organisation, Theme
from demo.builders.bodies import rich_list
from demo.builders.people import invented_people
from demo.builders.samples import sample_pdf
from demo.builders.translation import translate
from demo.reading import sheets, texts_in
from newsletter.models import IssuePage
from publications.enums import EditionStatus, FileState, MoveKind, OrderStatus, Purpose
from publications.files.pdf.inspect import inspect_pdfs
from publications.files.reading import accept_reading
from publications.files.upload import offer_file, upload_file
from publications.models import (
    DownloadCount,
    Edition,
    EditionFile,
    LibraryPage,
    OrderTransition,
    PaperOrder,
    PrintRun,
    PublicationPage,
    Series,
    StockMove,
    Work,
    WorkAuthor,
    WorkPage,
    WorkPlace,
)
from trainings.models import Module, ModulePage

SERIES = {
    "connect": ("Connect", "Connect", "Connect"),
    "annual-reports": ("Rapports d’activités", "Jaarverslagen", "Annual reports"),
}
# Days ago, copies, purpose, status, place in the list of invented people.
ORDERS = [
    (41, 5, Purpose.TRAINING, OrderStatus.SENT, 2),
    (33, 2, Purpose.TEAM, OrderStatus.SENT, 5),
    (20, 1, Purpose.MYSELF, OrderStatus.CANCELLED, 9),
    (6, 3, Purpose.LIBRARY, OrderStatus.RESERVED, 11),
    (4, 2, Purpose.TEAM, OrderStatus.RESERVED, 14),
    (1, 5, Purpose.EVENT, OrderStatus.RESERVED, 17),
]
STREETS = [
    ("Rue de l’Exemple 7", "1000", "Bruxelles"),
    ("Chaussée de l’Exemple 112", "1030", "Schaerbeek"),
    ("Voorbeeldlaan 3", "1070", "Anderlecht"),
]


def build_publications(library: LibraryPage, pages: Mapping[str, Page], modules: Mapping[int, Module]) -> None:
    """Creates works, pages and editions below `library` (the French one). `pages` and `modules`: what to relate them to."""
    LibraryPage.objects.filter(locale__in=Locale.objects.all()).update(contact_page=pages["contact"])
    series = {
        slug: Series.objects.create(slug=slug, name_fr=names[0], name_nl=names[1], name_en=names[2]) for slug, names in SERIES.items()
    }
    works: dict[str, Work] = {}
    uploaded: list[EditionFile] = []
    for sheet in sheets("publications"):
        work = works[sheet["code"]] = _work(sheet, series)
        _plant(library, work, sheet)
        for row in sheet["editions"]:
            uploaded += _edition(work, sheet, row, series=SERIES[sheet["series"]][0] if sheet.get("series") else "")
    _read(uploaded)
    for sheet in sheets("publications"):
        _relate(works, sheet, [pages[key] for key in sheet.get("related", [])], [modules[number] for number in sheet.get("modules", [])])
    _orders(Edition.objects.get(work__code="connect-5"), ORDERS)
    _orders(Edition.objects.get(work__code="connect-3"), [(9, 2, Purpose.TEAM, OrderStatus.WAITING, 20)])


def _work(sheet: dict[str, Any], series: dict[str, Series]) -> Work:
    work = Work.objects.create(
        code=sheet["code"],
        name=sheet["title"]["fr"][:200],
        kind=sheet["kind"],
        series=series.get(sheet.get("series", "")),
        number=sheet.get("number"),
        year=sheet["year"],
        published_on=sheet.get("published_on"),
        programme=sheet["programme"],
        container_title=sheet.get("container_title", ""),
        is_example=sheet.get("example", False),
        **({"licence": sheet["licence"]} if "licence" in sheet else {}),
    )
    work.themes.set(Theme.objects.filter(slug__in=sheet["themes"]))
    for place, name in enumerate(sheet["authors"]):
        known = Organisation.objects.filter(name_fr=name).first()
        WorkAuthor.objects.create(work=work, organisation=known, name="" if known else name, sort_order=place)
    return work


def _plant(library: LibraryPage, work: Work, sheet: dict[str, Any]) -> None:
    page = PublicationPage(
        title=sheet["title"]["fr"],
        slug=sheet["slug"]["fr"],
        subtitle=sheet.get("subtitle", {}).get("fr", ""),
        intro=sheet["intro"]["fr"],
        search_description=sheet["intro"]["fr"],
        locale=library.locale,
        work=work,
        abstract="".join(f"<p>{html.escape(text['fr'], quote=False)}</p>" for text in sheet["abstract"]),
        contents=rich_list([text["fr"] for text in sheet["contents"]]) if sheet.get("contents") else "",
    )
    library.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    translate(page, [text for text in texts_in(sheet) if text["fr"]], slug=sheet["slug"])


def _edition(work: Work, sheet: dict[str, Any], row: dict[str, Any], *, series: str) -> list[EditionFile]:
    """The edition, its copies and downloads; returns its files, still to be read."""
    paper = row.get("paper")
    edition = Edition.objects.create(
        work=work,
        languages=row["languages"],
        title=row["title"],
        subtitle=row.get("subtitle", ""),
        isbn=row.get("isbn", ""),
        legal_deposit=row.get("legal_deposit", ""),
        status=EditionStatus.PUBLISHED,
        is_orderable=bool(paper),
        **({"low_stock": paper["low"], "copies_per_order": paper["most"]} if paper else {}),
    )
    if paper:
        _print(edition, paper)
    _downloads(edition, row["downloads"])
    now, files = timezone.now(), []
    for version in range(1, row.get("versions", 1) + 1):
        content = sample_pdf(sheet, row, series=series, version=version)
        file = upload_file(edition=edition, upload=ContentFile(content, "sample.pdf"), now=now)
        EditionFile.objects.filter(pk=file.pk).update(is_sample=True)
        files.append(file)
    return files


def _read(files: list[EditionFile]) -> None:
    """What the worker would do, in one go: all samples in one child process."""
    with tempfile.TemporaryDirectory() as folder:
        covers = [Path(folder) / f"{file.pk}.webp" for file in files]
        readings = inspect_pdfs([(Path(file.file.path), cover) for file, cover in zip(files, covers, strict=True)])
        for file, cover, reading in zip(files, covers, readings, strict=True):
            if reading.refusal:
                raise ValueError(f"The sample of {file.edition} is refused: {reading.refusal}")
            accept_reading(file_id=file.pk, reading=reading, cover=cover.read_bytes())
            file.refresh_from_db()
            if file.state == FileState.CHECKED:
                offer_file(file=file)


def _relate(works: dict[str, Work], sheet: dict[str, Any], pages: list[Page], modules: list[Module]) -> None:
    work = works[sheet["code"]]
    taught = ModulePage.objects.filter(module__in=modules, locale__language_code="fr")
    _tie(work, [*pages, *taught])
    withdrawn = sheet.get("withdrawn")
    if withdrawn:
        work.withdrawn_on, work.withdrawal = datetime.date.fromisoformat(withdrawn["on"]), withdrawn["reason"]
        work.replaced_by = works[withdrawn["by"]]
        work.save()


def _tie(work: Work, pages: list[Page]) -> None:
    """Beside the work, after those that stand there already."""
    for place, page in enumerate(pages, start=work.page_links.count()):
        WorkPage.objects.create(work=work, page_id=page.pk, sort_order=place)


def relate_publications() -> None:
    """To places of the map and issues of the newsletter, which are built later: `places` (codes) and `issues` (numbers) of a sheet."""
    for sheet in sheets("publications"):
        work = Work.objects.get(code=sheet["code"])
        _tie(work, list(IssuePage.objects.filter(issue__number__in=sheet.get("issues", []), locale__language_code="fr")))
        for order, slug in enumerate(sheet.get("places", [])):
            WorkPlace.objects.create(work=work, place=Place.objects.get(slug=slug), sort_order=order)


def _print(edition: Edition, paper: dict[str, Any]) -> None:
    printed_on = datetime.date.fromisoformat(paper["printed_on"])
    at = timezone.make_aware(datetime.datetime.combine(printed_on, datetime.time(10)))
    run = PrintRun.objects.create(edition=edition, printed_on=printed_on, quantity=paper["printed"], cost_centre="CONNECT")
    StockMove.objects.create(edition=edition, kind=MoveKind.PRINTED, quantity=run.quantity, at=at, print_run=run)
    later = at + datetime.timedelta(days=20)
    handed_out = paper["handed_out"]
    StockMove.objects.create(edition=edition, kind=MoveKind.HANDED_OUT, quantity=-handed_out, at=later, note="Journée d’étude (exemple)")


def _downloads(edition: Edition, total: int) -> None:
    """Spread over the last weeks, more on some days than on others."""
    today, left, day = timezone.localdate(), total, 0
    while left > 0:
        count = min(left, 1 + (day * 7 + edition.pk) % 9)
        DownloadCount.objects.create(edition=edition, day=today - datetime.timedelta(days=day + 1), count=count)
        left, day = left - count, day + 1


def _orders(edition: Edition, rows: list[tuple[int, int, Purpose, OrderStatus, int]]) -> None:
    """Written as rows: demo people get no mail for what happened before the demo began."""
    people = invented_people()
    for (days, copies, purpose, status, place), (street, postal_code, municipality) in zip(rows, cycle(STREETS), strict=False):
        at = timezone.now() - datetime.timedelta(days=days)
        closed_at = at + datetime.timedelta(days=2)
        is_closed = status in {OrderStatus.SENT, OrderStatus.CANCELLED}
        order = PaperOrder.objects.create(
            edition=edition,
            status=status,
            copies=copies,
            purpose=purpose,
            name=people[place].name,
            email=people[place].email,
            organisation="Service d’exemple",
            street=street,
            postal_code=postal_code,
            municipality=municipality,
            language=people[place].language,
            created_at=at,
            queued_at=at if status == OrderStatus.WAITING else None,
            closed_at=closed_at if is_closed else None,
        )
        first = OrderStatus.WAITING if status == OrderStatus.WAITING else OrderStatus.RESERVED
        OrderTransition.objects.create(order=order, to_status=first, at=at)
        if first == OrderStatus.RESERVED:
            StockMove.objects.create(edition=edition, kind=MoveKind.RESERVED, quantity=-copies, at=at, order=order)
        if is_closed:
            OrderTransition.objects.create(order=order, from_status=first, to_status=status, at=closed_at)
        if status == OrderStatus.CANCELLED:
            StockMove.objects.create(edition=edition, kind=MoveKind.RETURNED, quantity=copies, at=closed_at, order=order)

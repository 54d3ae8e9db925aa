"""Queries of editions. `reachable` is the single rule of who may download a file."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from publications.enums import EditionStatus, MoveKind


class EditionQuerySet(models.QuerySet):
    """Editions."""

    def published(self) -> Self:
        return self.filter(status=EditionStatus.PUBLISHED)

    def available(self) -> Self:
        """Published, with a file to download or copies to order."""
        return self.published().filter(Q(current_file__isnull=False) | Q(is_orderable=True))

    def known_to_readers(self) -> Self:
        """Editions readers know of: published, or withdrawn with a notice."""
        return self.exclude(status=EditionStatus.DRAFT)

    def reachable(self) -> Self:
        """Published, of a work that is not withdrawn and has a page anyone may see. Neither a draft nor a private page leaks a file."""
        return self.published().with_open_page().filter(work__withdrawn_on=None)

    def with_open_page(self) -> Self:
        """Those whose work has a page anyone may see, in whatever language."""
        pages: Any = apps.get_model("publications", "PublicationPage")
        return self.filter(Exists(pages.objects.open_to_all().filter(work=OuterRef("work"))))

    def with_stock(self) -> Self:
        """Adds `stock`: the sum of the moves."""
        moves: Any = apps.get_model("publications", "StockMove")
        moves = moves.objects.filter(edition=OuterRef("pk")).order_by().values("edition").annotate(total=Sum("quantity"))
        return self.annotate(stock=Coalesce(Subquery(moves.values("total")), 0))

    def printed(self) -> Self:
        """Those that came from the printer at least once."""
        runs: Any = apps.get_model("publications", "StockMove")
        return self.filter(Exists(runs.objects.filter(edition=OuterRef("pk"), kind=MoveKind.PRINTED)))

    def running_low(self) -> Self:
        """Printed, still offered on paper, and below their line."""
        offered = self.published().filter(is_orderable=True, work__withdrawn_on=None)
        return offered.printed().with_stock().filter(stock__lt=F("low_stock"))

    def with_queue(self) -> Self:
        """Adds `is_waited_for`: what is on the shelf is not for newcomers then."""
        orders: Any = apps.get_model("publications", "PaperOrder")
        return self.annotate(is_waited_for=Exists(orders.objects.waiting().filter(edition=OuterRef("pk"))))

    def with_downloads(self) -> Self:
        """Adds `download_count`: since the beginning."""
        days: Any = apps.get_model("publications", "DownloadCount")
        days = days.objects.filter(edition=OuterRef("pk")).order_by().values("edition").annotate(total=Sum("count"))
        return self.annotate(download_count=Coalesce(Subquery(days.values("total")), 0))

    def library_rows(self) -> Any:
        """Lean rows of what the library says of editions."""
        return (
            self.published()
            .with_stock()
            .order_by("work", "pk")
            .annotate(version=F("current_file__number"), cover=F("current_file__cover"))
            .values("work_id", "reference", "title", "languages", "is_orderable", "stock", "current_file_id", "version", "cover")
        )

"""Address labels for parcels, as PDF. Texts here, layout in templates/publications/pdf."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.files.pdf import render_pdf
from core.languages import current_language
from publications.models import PaperOrder


def labels_pdf(orders: Iterable[PaperOrder], *, today: datetime.date) -> bytes:
    """Three by eight labels a sheet of A4, one an order: address, what goes in, reference."""
    labels = [
        {
            "lines": [line for line in (order.organisation, order.name, order.street, f"{order.postal_code} {order.municipality}") if line],
            "content": f"{order.copies} × {order.edition.work.code} {'/'.join(order.edition.languages)} · {order.reference}",
        }
        for order in orders
    ]
    data = {
        "language": current_language(),
        "document_title": _("Labels of orders"),
        "date": [today.year, today.month, today.day],
        "labels": labels,
        "nothing": _("No order is to send."),
    }
    return render_pdf("publications/pdf/labels", data)

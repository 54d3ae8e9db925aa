"""Dashboard panel: orders to send, low stock, legal deposits to do. Each line links to a filtered listing."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from core.backoffice.wiring import Panel
from publications.backoffice.permissions import VIEW_ORDERS
from publications.enums import OrderStatus
from publications.models import Edition, PaperOrder

SHOWN = 5


class PublicationsPanel(Panel):
    """What waits for somebody at the desk."""

    name = "publications"
    template_name = "publications/backoffice/panel.html"
    order = 60
    permission = VIEW_ORDERS

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        orders, editions = reverse("publications_orders:index"), reverse("publications_editions:index")
        return {
            "to_send": PaperOrder.objects.to_send().select_related("edition")[:SHOWN],
            "low": Edition.objects.running_low()[:SHOWN],
            "deposits": Edition.objects.printed().filter(deposited_on=None)[:SHOWN],
            "orders_url": f"{orders}?status={OrderStatus.RESERVED}",
            "low_url": f"{editions}?due=low",
            "deposits_url": f"{editions}?due=deposit",
        }

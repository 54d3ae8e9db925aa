"""Paper copies: print runs, stock moves, and orders."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import TokenField, readable_code
from core.languages import Language, language_display
from core.lifecycle.transitions import Transition
from publications.enums import INCOMING, OPEN_ORDERS, MoveKind, OrderStatus, Purpose
from publications.models.editions import Edition
from publications.querysets.orders import PaperOrderQuerySet


def order_reference() -> str:
    """8 readable characters a person can quote on the phone; they stand on the label too."""
    return readable_code(8)


class PrintRun(models.Model):
    """Copies that came from the printer."""

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="print_runs")
    printed_on = models.DateField(_("printed on"))
    quantity = models.PositiveIntegerField(_("copies"), validators=[MinValueValidator(1)])
    cost_centre = models.CharField(_("cost centre"), max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-printed_on", "-pk"]
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(quantity__gte=1), name="publications_print_run_prints_something")]

    def __str__(self) -> str:
        return f"{self.edition}, {self.printed_on}: {self.quantity}"


class PaperOrder(models.Model):
    """An order of copies. Personal data is erased some weeks after they were sent."""

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="orders")
    reference = models.CharField(_("reference"), max_length=8, unique=True, default=order_reference, editable=False)
    token = TokenField(_("key of the manage link"))
    status = models.CharField(_("status"), max_length=10, choices=OrderStatus)
    copies = models.PositiveSmallIntegerField(_("copies"))
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    created_at = models.DateTimeField(_("ordered at"))
    # The place in the queue of who waits for a new print run.
    queued_at = models.DateTimeField(_("waiting since"), null=True, blank=True)
    closed_at = models.DateTimeField(_("sent or cancelled at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("address erased at"), null=True, blank=True)

    objects = PaperOrderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "email"], condition=Q(status__in=OPEN_ORDERS), name="publications_order_open_once_per_address"
            ),
            models.CheckConstraint(condition=Q(copies__gte=1), name="publications_order_asks_for_something"),
            models.CheckConstraint(
                condition=~Q(status=OrderStatus.WAITING) | Q(queued_at__isnull=False), name="publications_order_waiting_since"
            ),
            models.CheckConstraint(condition=Q(status__in=OPEN_ORDERS) | Q(closed_at__isnull=False), name="publications_order_closed_at"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email="", street="", organisation=""),
                name="publications_order_erased_holds_nobody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["edition", "status"], name="publications_order_status")]

    def __str__(self) -> str:
        return f"{self.name or '–'} ({self.reference})"

    @property
    def postal_address(self) -> str:
        """On one line; empty once erased."""
        return f"{self.street}, {self.postal_code} {self.municipality}" if self.street else ""


class OrderTransition(Transition):
    """One change of an order's status. By nobody: the reader, or the queue."""

    order = models.ForeignKey(PaperOrder, verbose_name=_("order"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=OrderStatus, blank=True)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=OrderStatus)


class StockMove(models.Model):
    """Copies come (positive) or go (negative). The stock of an edition is the sum of its moves, never a number of its own."""

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(_("kind"), max_length=12, choices=MoveKind)
    quantity = models.IntegerField(_("copies"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order = models.ForeignKey(PaperOrder, verbose_name=_("order"), null=True, blank=True, on_delete=models.PROTECT, related_name="moves")
    print_run = models.OneToOneField(
        PrintRun, verbose_name=_("print run"), null=True, blank=True, on_delete=models.PROTECT, related_name="move"
    )
    note = models.CharField(_("note"), max_length=160, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("stock move")
        verbose_name_plural = _("stock moves")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=INCOMING, quantity__gt=0) | (~Q(kind__in=INCOMING) & Q(quantity__lt=0)),
                name="publications_move_goes_the_way_of_its_kind",
            ),
            models.UniqueConstraint(fields=["order", "kind"], name="publications_move_once_per_order"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.quantity:+d} ({self.get_kind_display()})"

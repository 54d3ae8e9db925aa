"""Place: an organisation on the peer-support map. One row whatever the language; never a person."""

import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cartography.enums import (
    VISIBLE,
    CheckedBy,
    Headcount,
    PlaceStatus,
    Practice,
    Precision,
    Provenance,
    Region,
    RoleName,
    ServiceLanguage,
    SystemNote,
)
from cartography.geo import belgium
from cartography.querysets.places import PlaceQuerySet
from core.fields import TokenField
from core.languages import current_language
from core.lifecycle.transitions import Transition
from core.models import Organisation, Sector, User

# What an organisation may change of its own record, in this order.
EDITABLE = (
    *("name_fr", "name_nl", "sector", "practices", "role_names", "since", "headcount", "languages", "is_open_to_placements"),
    *("summary_fr", "summary_nl", "summary_en", "precision", "street", "postal_code", "nis", "lat", "lon", "email", "phone", "website"),
)


class Place(models.Model):
    """A service that works with people who have lived experience."""

    name_fr = models.CharField(_("name in French"), max_length=160)
    name_nl = models.CharField(_("name in Dutch"), max_length=160, blank=True)
    slug = models.SlugField(_("code in the address"), max_length=180, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation of the directory"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
    )
    sector = models.ForeignKey(Sector, verbose_name=_("sector"), on_delete=models.PROTECT, related_name="places")

    practices = models.JSONField(_("peer practice"), default=list)
    role_names = models.JSONField(_("what peers are called there"), default=list, blank=True)
    since = models.PositiveSmallIntegerField(
        _("works with peers since"), null=True, blank=True, validators=[MinValueValidator(1970), MaxValueValidator(2100)]
    )
    headcount = models.CharField(_("how many peer workers"), max_length=4, choices=Headcount, blank=True, default=Headcount.UNKNOWN)
    languages = models.JSONField(_("languages of the service"), default=list)
    is_open_to_placements = models.BooleanField(_("takes trainees"), default=False)
    summary_fr = models.TextField(_("what peers do there, in French"), max_length=600, blank=True)
    summary_nl = models.TextField(_("what peers do there, in Dutch"), max_length=600, blank=True)
    summary_en = models.TextField(_("what peers do there, in English"), max_length=600, blank=True)

    nis = models.CharField(_("municipality"), max_length=5)
    postal_code = models.CharField(_("postal code"), max_length=4, blank=True)
    region = models.CharField(_("region"), max_length=5, choices=Region)
    precision = models.CharField(_("shown on the map by its"), max_length=12, choices=Precision, default=Precision.MUNICIPALITY)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    lat = models.FloatField(_("latitude"), help_text=_("About 50 in Belgium."))
    lon = models.FloatField(_("longitude"), help_text=_("About 4 in Belgium."))
    # Set with the facts: a postal address has the point of its postal code until somebody places it.
    is_point_placed = models.BooleanField(_("the point is that of the address"), default=False, editable=False)
    is_location_verified = models.BooleanField(_("the municipality is verified"), default=True, help_text=_("Seen by the team only."))

    email = models.EmailField(_("e-mail address of the service"), max_length=254, blank=True)
    phone = models.CharField(_("telephone of the service"), max_length=40, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)

    status = models.CharField(_("status"), max_length=12, choices=PlaceStatus, default=PlaceStatus.DRAFT)
    provenance = models.CharField(_("who told us"), max_length=12, choices=Provenance, default=Provenance.SMES)
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("Shown to readers, for example “annual report 2024”."))
    import_key = models.CharField(_("key in the imported file"), max_length=80, blank=True)
    checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=12, choices=CheckedBy, blank=True)
    reminder_count = models.PositiveSmallIntegerField(_("reminders since then"), default=0)
    is_example = models.BooleanField(_("example"), default=False, help_text=_("Demo data: shown with a visible mark."))
    internal_note = models.TextField(_("note for the team"), blank=True)
    token = TokenField(_("key of the mailed link"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    published_at = models.DateTimeField(_("first published at"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name_fr"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(lat__gte=belgium.BOUNDS[1], lat__lte=belgium.BOUNDS[3], lon__gte=belgium.BOUNDS[0], lon__lte=belgium.BOUNDS[2]),
                name="cartography_place_in_belgium",
            ),
            # What is to be shown by its municipality only has no street to give away.
            models.CheckConstraint(
                condition=~Q(precision=Precision.MUNICIPALITY) | Q(street=""), name="cartography_place_hides_its_street"
            ),
            models.CheckConstraint(
                condition=Q(is_point_placed=False) | Q(precision=Precision.ADDRESS), name="cartography_place_exact_only_by_address"
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by="") | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                name="cartography_place_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*VISIBLE]) | Q(published_at__isnull=False), name="cartography_place_visible_since_a_moment"
            ),
            models.UniqueConstraint(fields=["import_key"], condition=~Q(import_key=""), name="cartography_place_imported_once"),
        ]
        indexes: ClassVar = [models.Index(F("status"), F("checked_on"), name="cartography_place_freshness")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_nl if current_language() == "nl" and self.name_nl else self.name_fr

    @property
    def municipality(self) -> str:
        """Its name in the reader's language."""
        found = belgium.municipality(self.nis)
        return found.name(current_language()) if found else self.nis

    @property
    def known_since(self) -> datetime.date | None:
        """The day from which the record grows old: that of the last check, else that of its publication."""
        return self.checked_on or (localtime(self.published_at).date() if self.published_at else None)

    @property
    def is_visible(self) -> bool:
        return self.status in VISIBLE

    @property
    def is_to_place(self) -> bool:
        """Shown by its address, but its point is still that of its postal code."""
        return self.precision == Precision.ADDRESS and not self.is_point_placed

    @property
    def practice_labels(self) -> list[str]:
        return [str(Practice(code).label) for code in self.practices if code in Practice]

    @property
    def role_labels(self) -> list[str]:
        return [str(RoleName(code).label) for code in self.role_names if code in RoleName]

    @property
    def language_labels(self) -> list[str]:
        return [str(ServiceLanguage(code).label) for code in self.languages if code in ServiceLanguage]

    @property
    def website_name(self) -> str:
        """The website's URL as people read it, without its scheme."""
        parts = urlsplit(self.website)
        return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"

    def get_absolute_url(self) -> str:
        return reverse("cartography:place", args=[self.slug])


class PlaceTransition(Transition):
    """One change of a place's status. By nobody: the reminders."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(max_length=12, choices=PlaceStatus, blank=True)
    to_status = models.CharField(max_length=12, choices=PlaceStatus)

    system_notes = (SystemNote,)


class PlaceCheck(models.Model):
    """Somebody looked and said: this is still right."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="checks")
    checked_by = models.CharField(max_length=12, choices=CheckedBy)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("check")
        verbose_name_plural = _("checks")

    def __str__(self) -> str:
        return f"{self.place_id}: {self.at:%Y-%m-%d}"

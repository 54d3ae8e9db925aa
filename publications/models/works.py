"""Works: the facts of a publication, one row whatever the language. Texts are pages (`publications.models.pages`)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page

from core.lifecycle.transitions import Transition
from core.models import Organisation, Programme, Theme
from core.models.vocabulary import Translated
from publications.enums import Kind, Licence, Withdrawal, WorkStatus
from publications.identifiers import valid_issn
from publications.querysets.works import WorkQuerySet

# Belgian legal deposit: D/year/depositor/number. Depositors of before 2000 have four digits, later ones five.
deposit_number = RegexValidator(r"^D/\d{4}/\d{1,3}\.?\d{3}/\d{1,4}$", _("Write it as D/2024/12.345/1."), code="deposit_number")


class Series(Translated):
    """A series works are numbered in, such as Connect."""

    issn = models.CharField(_("ISSN"), max_length=9, blank=True, validators=[RegexValidator(r"^\d{4}-\d{3}[\dX]$")])

    class Meta:
        ordering: ClassVar = ["name_fr"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def clean(self) -> None:
        if self.issn and not valid_issn(self.issn):
            raise ValidationError({"issn": _("This ISSN is not valid: one of its digits is wrong.")})


class Work(ClusterableModel):
    """What people cite. Its editions are what they download or order."""

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Stands in addresses; never changed, e.g. connect-5."))
    name = models.CharField(_("working title"), max_length=200, help_text=_("Used in the back-office; the pages have their own titles."))
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    series = models.ForeignKey(Series, verbose_name=_("series"), on_delete=models.PROTECT, null=True, blank=True, related_name="works")
    number = models.PositiveSmallIntegerField(_("number in the series"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    published_on = models.DateField(_("published on"), null=True, blank=True, help_text=_("Empty when only the year is known."))
    programme = models.CharField(_("programme"), max_length=20, choices=Programme, blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="works")
    container_title = models.CharField(_("published in"), max_length=200, blank=True, help_text=_("The journal or book of an article."))
    publisher = models.CharField(_("publisher"), max_length=120, default="Smes")
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.UNKNOWN)
    is_example = models.BooleanField(_("example"), default=False, help_text=_("Demo data: shown with a visible mark."))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal = models.CharField(_("reason of the withdrawal"), max_length=10, choices=Withdrawal, blank=True)
    replaced_by = models.ForeignKey(
        "self", verbose_name=_("replaced by"), on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces"
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year", "-number", "name"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="publications_work_number_once_in_series"),
            models.CheckConstraint(
                condition=models.Q(number=None) | models.Q(series__isnull=False), name="publications_work_number_has_series"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None, withdrawal="") | (models.Q(withdrawn_on__isnull=False) & ~models.Q(withdrawal="")),
                name="publications_work_withdrawal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.published_on and self.published_on.year != self.year:
            raise ValidationError({"published_on": _("The day lies in another year than the one given.")})

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def status(self) -> WorkStatus:
        return WorkStatus.WITHDRAWN if self.is_withdrawn else WorkStatus.OFFERED


class WorkTransition(Transition):
    """A work was withdrawn, its notice corrected, or it is offered again."""

    work = models.ForeignKey(Work, verbose_name=_("publication"), on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, choices=WorkStatus)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=10, choices=WorkStatus)

    system_notes = (Withdrawal,)


class WorkPage(Orderable):
    """A page that has to do with a work: a training, a news item, an issue of the newsletter. Chosen in one language for all."""

    work = ParentalKey(Work, on_delete=models.CASCADE, related_name="page_links")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "page"], name="publications_page_once_per_work")]

    def __str__(self) -> str:
        return str(self.page)


class WorkPlace(Orderable):
    """A place of the map that has to do with a work. A place is no page (decision 16); it is named by its string (decision 18)."""

    work = ParentalKey(Work, on_delete=models.CASCADE, related_name="place_links")
    place = models.ForeignKey("cartography.Place", verbose_name=_("place"), on_delete=models.CASCADE, related_name="work_links")

    class Meta(Orderable.Meta):
        verbose_name = _("place of the map")
        verbose_name_plural = _("places of the map")
        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "place"], name="publications_place_once_per_work")]

    def __str__(self) -> str:
        return str(self.place)


class WorkAuthor(Orderable):
    """Who wrote it: an organisation of the directory, or a name as printed (a working group, a team)."""

    work = ParentalKey(Work, on_delete=models.CASCADE, related_name="authors")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name as printed"), max_length=160, blank=True, help_text=_("A team or a group. A person only with consent."))

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(organisation__isnull=False) | ~models.Q(name=""), name="publications_author_is_named")
        ]

    def __str__(self) -> str:
        return self.shown_name

    def clean(self) -> None:
        if not self.organisation and not self.name:
            raise ValidationError(_("Choose an organisation, or write a name."))

    @property
    def shown_name(self) -> str:
        return self.name or (self.organisation.name if self.organisation else "")

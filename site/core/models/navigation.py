"""Menus, footer and texts shown on every page, editable: one row per language."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from core.blocks.links import MenuBlock
from core.fields import BodyField


class SiteTexts(TranslatableMixin, models.Model):
    """The header menu, the footer and the shared words of one language."""

    strapline = models.CharField(_("strapline"), max_length=160, help_text=_("What Smes does, in one line, under the logo in the footer."))
    main_menu = BodyField([("entry", MenuBlock())], verbose_name=_("main menu"), blank=True)
    footer_menu = BodyField([("entry", MenuBlock())], verbose_name=_("footer menu"), blank=True)
    address = models.TextField(_("address"), blank=True)
    company_number = models.CharField(
        _("company number"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^(BE )?[01]\d{3}\.\d{3}\.\d{3}$", _("Write it as 0123.456.789."))],
        help_text=_("Below the address on every page and in every mail. Left out as long as it is empty."),
    )
    contact_email = models.EmailField(
        _("e-mail address for answers"),
        blank=True,
        help_text=_("Where replies to the mails of the site go. Empty: mails say that replies are not read."),
    )
    privacy_page = models.ForeignKey(
        Page,
        verbose_name=_("page about privacy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Linked at the foot of every mail."),
    )
    crisis_text = models.TextField(_("help in a crisis"), blank=True, help_text=_("Shown in the footer of every page."))
    enrolment_privacy = models.TextField(_("privacy line of the enrolment form"), blank=True)

    panels: ClassVar = [
        FieldPanel("strapline"),
        FieldPanel("main_menu"),
        FieldPanel("footer_menu"),
        FieldPanel("address"),
        FieldPanel("company_number"),
        FieldPanel("contact_email"),
        FieldPanel("privacy_page"),
        FieldPanel("crisis_text"),
        FieldPanel("enrolment_privacy"),
    ]

    # The same in every language; of the page, mails find the version in theirs.
    override_translatable_fields: ClassVar = [SynchronizedField(each) for each in ("company_number", "contact_email", "privacy_page")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menus and footer")
        verbose_name_plural = _("menus and footer")

    def __str__(self) -> str:
        return f"{_('Menus and footer')} ({self.locale.language_code})"

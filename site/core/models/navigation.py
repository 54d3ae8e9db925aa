"""Menus, footer and texts shown on every page, editable: one row per language."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin

from core.blocks.links import MenuBlock
from core.fields import BodyField


class SiteTexts(TranslatableMixin, models.Model):
    """The header menu, the footer and the shared words of one language."""

    strapline = models.CharField(_("strapline"), max_length=160, help_text=_("What Smes does, in one line, under the logo in the footer."))
    main_menu = BodyField([("entry", MenuBlock())], verbose_name=_("main menu"), blank=True)
    footer_menu = BodyField([("entry", MenuBlock())], verbose_name=_("footer menu"), blank=True)
    address = models.TextField(_("address"), blank=True)
    crisis_text = models.TextField(_("help in a crisis"), blank=True, help_text=_("Shown in the footer of every page."))
    enrolment_privacy = models.TextField(_("privacy line of the enrolment form"), blank=True)

    panels: ClassVar = [
        FieldPanel("strapline"),
        FieldPanel("main_menu"),
        FieldPanel("footer_menu"),
        FieldPanel("address"),
        FieldPanel("crisis_text"),
        FieldPanel("enrolment_privacy"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menus and footer")
        verbose_name_plural = _("menus and footer")

    def __str__(self) -> str:
        return f"{_('Menus and footer')} ({self.locale.language_code})"

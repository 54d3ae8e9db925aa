"""Links of pages that lead nowhere, as the last check found them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class BrokenLink(models.Model):
    """One URL, or one page that is gone, that a public page links to. All rows are written anew by the timed duty `check_links`."""

    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="broken_links")
    url = models.TextField(_("leads to"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True, help_text=_("Empty: a page of this site that is gone or not public."))
    checked_at = models.DateTimeField(_("checked at"))

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.url

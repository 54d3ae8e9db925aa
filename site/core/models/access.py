"""Access rules of groups: the second factor."""

from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class GroupPolicy(models.Model):
    """Rules of one group. Reading follow-up notes needs a second factor whatever stands here."""

    group = models.OneToOneField(Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="policy")
    requires_second_factor = models.BooleanField(_("requires a second factor"), default=False)

    class Meta:
        verbose_name = _("group rule")
        verbose_name_plural = _("group rules")
        permissions: ClassVar = [("read_follow_up_notes", gettext_noop("Can read follow-up notes"))]

    def __str__(self) -> str:
        return str(self.group)

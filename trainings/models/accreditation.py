"""The numbers of doctors, for days accredited by RIZIV/INAMI. Apart from all else: own table, own permission, own term."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from trainings.models.enrolments import Enrolment


class AccreditationNumber(models.Model):
    """The RIZIV/INAMI number a doctor gave for one session, so that her attendance can be reported."""

    enrolment = models.OneToOneField(Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="accreditation_number")
    number = models.CharField(_("RIZIV/INAMI number"), max_length=11)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        ordering: ClassVar = ["enrolment"]
        verbose_name = _("RIZIV/INAMI number")
        verbose_name_plural = _("RIZIV/INAMI numbers")
        default_permissions = ()
        permissions: ClassVar = [("export_accreditation", gettext_noop("Can export the RIZIV/INAMI numbers of an accredited session"))]

    def __str__(self) -> str:
        return str(self.enrolment.reference)

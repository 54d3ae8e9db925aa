"""The form that checks the code of a certificate."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trainings.attendance.certificate_codes import parsed_code

NO_CODE = _("Type the 12 letters and digits printed on the certificate.")


class CertificateCodeForm(forms.Form):
    """The code of a certificate, as typed from paper: spaces, hyphens and small letters are forgiven."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=40,
        error_messages={"required": NO_CODE},
        help_text=_("The 12 letters and digits printed at the foot of the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters", "size": "16"}),
    )

    def clean_code(self) -> str:
        code = parsed_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(NO_CODE, code="invalid")
        return code

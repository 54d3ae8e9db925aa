"""The contact form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, PublicForm, validate_name

SUBJECT_LENGTH = 120


class ContactForm(PublicForm):
    """The contact form: four fields; the answer goes to the email given."""

    scope = "contact"
    limit_per_ip = 12

    name = forms.CharField(
        label=_("Your name"), max_length=120, validators=[validate_name], widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = EmailField(label=_("Your e-mail address"))
    subject = forms.CharField(label=_("What is it about?"), max_length=SUBJECT_LENGTH)
    message = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        help_text=_("Please give no names or details of the people you support."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

"""The form that asks for the link."""

from django.utils.translation import gettext_lazy as _

from core.forms import EmailField, EmailLimitMixin, PublicForm


class MyTrainingsForm(EmailLimitMixin, PublicForm):
    """One field: the address somebody enrolled with."""

    scope = "my-trainings"

    email = EmailField(label=_("The e-mail address you enrolled with"))

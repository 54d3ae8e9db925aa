from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.models import User


class Command(BaseCommand):
    """The emergency path: someone lost the phone. Removes all factors of one account; the next log-in asks for a new one."""

    help = "Remove every second factor of the account with this email."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(email__iexact=options["email"])
        except User.DoesNotExist as error:
            raise CommandError(f"No account has the email {options['email']}.") from error
        removed, _detail = Authenticator.objects.filter(user=user).delete()
        self.stdout.write(f"{removed} factor(s) removed from {user.email}.")

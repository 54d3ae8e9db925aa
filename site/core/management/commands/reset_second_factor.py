from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.accounts.second_factor import NoSecondFactor, reset_second_factor
from core.models import User


class Command(BaseCommand):
    """The emergency path where no administrator can log in: removes all factors of one account; the next log-in asks for a new one."""

    help = "Remove every second factor of the account with this email."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(email__iexact=options["email"])
            removed = reset_second_factor(user=user, by=None, now=clock.now())
        except User.DoesNotExist as error:
            raise CommandError(f"No account has the email {options['email']}.") from error
        except NoSecondFactor:
            removed = 0
        self.stdout.write(f"{removed} factor(s) removed from {user.email}.")

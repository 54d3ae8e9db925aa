"""Who answers people that ask what is known of them, as data. A coordinator may be put into this group too."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role
from core.accounts.staff import LOOK_UP_PERSON

DATA_PROTECTION = Role(name=gettext_noop("Data protection"), permissions=(ADMIN_ACCESS, LOOK_UP_PERSON), requires_second_factor=True)
ROLES = (DATA_PROTECTION,)

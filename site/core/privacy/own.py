"""What core itself knows of people: accounts of colleagues, mails, texts of pages and of other rows, and the log of look-ups."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from core.duties.housekeeping import LOOK_UPS_KEPT, TASK_RESULTS_KEPT
from core.mail.retention import KEPT as MAILS_KEPT
from core.models import OutgoingMail, User
from core.models.merging import UNDO_FOR
from core.privacy import files, mentions
from core.privacy.find import NOBODY, names_of
from core.privacy.needles import Needles, needles_for
from core.privacy.periods import kept
from core.privacy.registry import Basis, Holding, Known, PersonalData, Words, registered

# Copies without a sense of their own, and letters with secret links: looked through when she is erased, not told word for word.
NOT_TOLD = frozenset({"core.OutgoingMail", "sessions.Session", "django_tasks_database.DBTaskResult", "wagtailcore.ReferenceIndex"})


def export_person(email: str) -> dict[str, Any]:
    """Her account, mails no app tells of, and where she stands in texts and files."""
    needles = needles_for(email, names_of(email))
    not_told = NOT_TOLD | {known.model for data in registered() for known in data.known}  # told by their apps
    found = (each for each in mentions.mentions(needles, of=email) if each.model._meta.label not in not_told)
    return {
        "accounts": list(
            _accounts(email).values("email", "first_name", "last_name", "is_active", "date_joined", "last_login", "groups__name")
        ),
        "core_mails": list(_mails_to(email).values("created_at", "subject")),
        "texts": [_told(each, needles) for each in found],
        "files": [{"name": each.name, "table": capfirst(str(each.kind))} for each in files.files_with(needles)],
    }


def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Of an account that is closed, what it did stays and who it was goes. Mails to her go with what they say."""
    accounts = list(_accounts(email))
    for account in accounts:
        _anonymise(account)
    mails = OutgoingMail.objects.filter(Q(to__iexact=email.strip()) | Q(reply_to__iexact=email.strip())).delete()[0]
    _forget_sessions(email)
    return {gettext_noop("accounts"): len(accounts), gettext_noop("mails"): mails}


def refusals(email: str) -> list[Words]:
    """Nobody loses an account that works by a look at this screen."""
    if _accounts(email).filter(is_active=True).exists():
        return [_("A colleague logs in with this address. An administrator closes the account first (Settings › Users).")]
    return []


def _accounts(email: str) -> QuerySet[User]:
    return User.objects.filter(email__iexact=email.strip())


def _mails_to(email: str) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(to__iexact=email.strip(), kind__startswith="core/")


def _told(found: mentions.Mention, needles: Needles) -> dict[str, str]:
    table, column = capfirst(str(found.model._meta.verbose_name)), capfirst(str(found.field.verbose_name))
    return {"table": table, "column": column, "words": mentions.shown(found, needles)}


def _anonymise(account: User) -> None:
    for profile in UserProfile.objects.filter(user=account).exclude(avatar=""):
        profile.avatar.delete()
    for model in (EmailAddress, Authenticator, APIToken, FormState, EditingSession):
        model._default_manager.filter(user=account).delete()
    account.username, account.email = f"erased-{account.pk}", f"erased-{account.pk}@invalid"
    account.first_name, _space, account.last_name = NOBODY.partition(" ")
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    account.user_permissions.clear()


def _forget_sessions(email: str) -> None:
    """Of log-ins and of forms half filled in: they are packed, so each is opened."""
    needles = needles_for(email)
    for session in Session.objects.iterator():
        if needles.exact.search(repr(session.get_decoded())):
            session.delete()


PERSONAL_DATA = PersonalData(
    app="core",
    label=_("The site itself"),
    kinds=(
        ("accounts", _("Account of a colleague")),
        ("core_mails", _("Mails about an account")),
        ("texts", _("Texts in which the address or the name stands")),
        ("files", _("Files in which the address or the name stands")),
    ),
    holdings=(
        Holding(
            what=_("account of a colleague: name, e-mail address, second factor, what the account did"),
            purpose=_("to work in the back-office"),
            basis=Basis.INTEREST,
            kept=kept(_("as long as the colleague works here; names nobody once erased")),
            kinds=("accounts", "core_mails"),
            stays=_("What the account did stays, without a name."),
            is_public=False,
        ),
        Holding(
            what=_("the log of e-mails: to whom, when, the text"),
            purpose=_("to send them, and to see that they were sent"),
            basis=Basis.INTEREST,
            kept=kept(_("{0} after they were written"), MAILS_KEPT),
            duty="prune_mails",
        ),
        Holding(
            what=_("results of background tasks"),
            purpose=_("to see what went wrong"),
            basis=Basis.INTEREST,
            kept=kept(_("{0}"), TASK_RESULTS_KEPT),
            duty="prune_task_results",
            is_public=False,
        ),
        Holding(
            what=_("what a merge of two rows changed"),
            purpose=_("to undo the merge"),
            basis=Basis.INTEREST,
            kept=kept(_("{0}"), UNDO_FOR),
            duty="forget_merges",
            is_public=False,
        ),
        Holding(
            what=_("names in texts: pages, notes, their earlier versions, files"),
            purpose=_("to tell of our work"),
            basis=Basis.INTEREST,
            kept=kept(_("as long as the text; taken out when you ask")),
            kinds=("texts", "files"),
        ),
        Holding(
            what=_("technical cookie and counters of forms (a keyed hash, no address)"),
            purpose=_("the security of what you send, and against abuse"),
            basis=Basis.INTEREST,
            kept=kept(_("a day at most; the cookie two weeks after the last log-in of a colleague")),
            duty="clear_rate_limits",
        ),
        Holding(
            what=_("who of us looked a person up, exported or erased her (a keyed hash, no address)"),
            purpose=_("to show that data were handled with care"),
            basis=Basis.LAW,
            kept=kept(_("look-ups {0}; the proof of an erasure without an end"), LOOK_UPS_KEPT),
            duty="forget_look_ups",
            stays=_("A keyed hash of the address, the day and the numbers stay: the proof of the erasure."),
        ),
    ),
    known=(
        Known(model="core.User", email="email", names=("first_name", "last_name")),
        Known(model="core.OutgoingMail", email="to"),
        Known(model="account.EmailAddress", email="email"),
    ),
    export=export_person,
    erase=erase_person,
    refusals=refusals,
)

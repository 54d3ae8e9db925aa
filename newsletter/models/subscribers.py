"""Who reads the newsletter."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from core.fields import TokenField, short_token
from core.languages import Language, language_display
from core.lifecycle.transitions import Transition
from core.models import Theme
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.fields import AddressKeyField
from newsletter.querysets.subscribers import SubscriberQuerySet


class Subscriber(models.Model):
    """One email address, its language and themes. No name: not needed. `token` authenticates the links mailed to it."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    address_key = AddressKeyField(_("keyed hash of the address"), unique=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FR)
    get_language_display = language_display
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")
    status = models.CharField(_("status"), max_length=12, choices=SubscriberStatus, default=SubscriberStatus.UNCONFIRMED)
    # 22 characters: with a longer link Python breaks the List-Unsubscribe header.
    token = TokenField(_("key of the mailed links"), max_length=22, default=short_token)
    created_at = models.DateTimeField(_("known since"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("left at"), null=True, blank=True)
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["email"]
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        permissions: ClassVar = [
            ("import_subscriber", gettext_noop("Can import readers")),
            ("export_subscriber", gettext_noop("Can export readers")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="newsletter_subscriber_email_lower"),
            models.CheckConstraint(
                condition=~models.Q(status=SubscriberStatus.SUBSCRIBED) | models.Q(confirmed_at__isnull=False),
                name="newsletter_subscriber_confirmed",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=SubscriberStatus.UNSUBSCRIBED) | models.Q(unsubscribed_at__isnull=False),
                name="newsletter_subscriber_left_at",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "language"], name="newsletter_sub_status")]

    def __str__(self) -> str:
        return self.email

    @property
    def theme_names(self) -> str:
        """The themes in the active language, for a listing that has fetched them."""
        return ", ".join(sorted(theme.name for theme in self.themes.all()))


class SubscriberTransition(Transition):
    """One change of a subscriber's status. By nobody: the subscriber. Outlives the subscriber, for the yearly figures."""

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("reader"), null=True, blank=True, on_delete=models.SET_NULL, related_name="transitions"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    get_language_display = language_display
    from_status = models.CharField(_("from"), max_length=12, choices=SubscriberStatus, blank=True)
    to_status = models.CharField(pgettext_lazy("status", "to"), max_length=12, choices=SubscriberStatus)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta(Transition.Meta):
        verbose_name = _("change of a reader's status")
        verbose_name_plural = _("changes of readers' status")

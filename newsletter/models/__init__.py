"""Readers, issues and deliveries, one subject a file."""

from newsletter.models.bounces import Bounce, Reply
from newsletter.models.consents import Consent
from newsletter.models.deliveries import Delivery, FrozenEdition, SenderNote
from newsletter.models.imports import SubscriberImport, SubscriberImportLine
from newsletter.models.issue_pages import IssuePage
from newsletter.models.issues import Issue, IssueTransition, Overrule, Preflight
from newsletter.models.pages import NewsletterIndexPage
from newsletter.models.subscribers import Subscriber, SubscriberTransition
from newsletter.models.suppressions import Suppression
from newsletter.models.wishes import SubscriptionWish

__all__ = [
    "Bounce",
    "Consent",
    "Delivery",
    "FrozenEdition",
    "Issue",
    "IssuePage",
    "IssueTransition",
    "NewsletterIndexPage",
    "Overrule",
    "Preflight",
    "Reply",
    "SenderNote",
    "Subscriber",
    "SubscriberImport",
    "SubscriberImportLine",
    "SubscriberTransition",
    "SubscriptionWish",
    "Suppression",
]

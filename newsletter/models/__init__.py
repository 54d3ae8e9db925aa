"""Subscribers, issues and deliveries, one subject a file."""

from newsletter.models.bounces import Bounce, Reply
from newsletter.models.consents import Consent
from newsletter.models.deliveries import Delivery, FrozenEdition, InFlightNote
from newsletter.models.imports import SubscriberImport, SubscriberImportLine
from newsletter.models.issue_pages import IssuePage
from newsletter.models.issues import CheckOverride, Issue, IssueTransition, Preflight
from newsletter.models.pages import NewsletterIndexPage
from newsletter.models.subscribers import Subscriber, SubscriberTransition
from newsletter.models.subscription_requests import SubscriptionRequest
from newsletter.models.suppressions import Suppression

__all__ = [
    "Bounce",
    "CheckOverride",
    "Consent",
    "Delivery",
    "FrozenEdition",
    "InFlightNote",
    "Issue",
    "IssuePage",
    "IssueTransition",
    "NewsletterIndexPage",
    "Preflight",
    "Reply",
    "Subscriber",
    "SubscriberImport",
    "SubscriberImportLine",
    "SubscriberTransition",
    "SubscriptionRequest",
    "Suppression",
]

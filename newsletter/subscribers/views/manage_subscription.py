"""The pages behind the short links of mails: confirm, preferences, unsubscribe, resubscribe, erase.

The token in the URL authenticates: no cookie, no account. GET shows and POST acts, so a scanner that follows every link of a mail
changes nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.languages import Language
from core.views.private import private_page
from newsletter.enums.subscribers import Channel, SubscriberStatus
from newsletter.forms import PreferencesForm
from newsletter.models import NewsletterIndexPage, Subscriber, SubscriptionRequest
from newsletter.subscribers import preferences as service
from newsletter.subscribers.links import request_of_key, subscriber_of_key
from newsletter.subscribers.subscribe import ConfirmationExpired, check_still_open, confirm_subscription

View = Callable[..., HttpResponse]


def in_language_of(find: Callable[[str], Any]) -> Callable[[View], View]:
    """Passes the row of the token to the view and responds in that person's language, or in that of `?language=`."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @private_page
        @wraps(view)
        def wrapped(request: HttpRequest, key: str) -> HttpResponse:
            found = find(key)
            chosen = request.GET.get("language", "")
            language = chosen if chosen in Language.values else getattr(found, "language", translation.get_language() or "fr")
            with translation.override(language):
                _offer_languages(request, language)
                response = view(request, found)
                if isinstance(response, TemplateResponse):
                    response.render()
            response["Content-Language"] = language
            return response

        return wrapped

    return decorate


def _offer_languages(request: HttpRequest, language: str) -> None:
    """The language switcher of these pages: the path stays, it has no language."""
    setattr(  # noqa: B010 (where core.templatetags.navigation keeps what it found)
        request,
        "_language_links",
        [
            {"code": code, "name": name, "url": f"{request.path}?language={code}", "path": request.path, "is_current": code == language}
            for code, name in settings.LANGUAGES
        ],
    )


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> TemplateResponse:
    language = translation.get_language() or "fr"
    shared = {"newsletter": NewsletterIndexPage.in_language(language), "query": _query(request)}
    return TemplateResponse(request, name, shared | context, status=status)


def _unknown_token(request: HttpRequest) -> TemplateResponse:
    """An unknown token. Not 404: LocaleMiddleware would redirect to the same path below a language."""
    return _page(request, "core/link_unknown.html", {}, status=410)


def _query(request: HttpRequest) -> str:
    """Keeps the language chosen with the switcher."""
    return f"?language={translation.get_language()}" if "language" in request.GET else ""


@in_language_of(request_of_key)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, subscription_request: SubscriptionRequest | None) -> HttpResponse:
    """The last step of a subscription: one button that says so."""
    if subscription_request is None:
        return _page(request, "newsletter/confirmation_expired.html", {}, status=410)
    try:
        if request.method == "POST":
            confirm_subscription(subscription_request=subscription_request, now=clock.now())
            return redirect(f"{request.path}{_query(request)}")
        check_still_open(subscription_request, clock.now())
    except ConfirmationExpired:
        return _page(request, "newsletter/confirmation_expired.html", {}, status=410)
    subscriber = subscriber_of_request(subscription_request) if subscription_request.confirmed_at else None
    return _page(
        request,
        "newsletter/confirm.html",
        {"subscription_request": subscription_request, "subscriber": subscriber, "is_subscriber": is_subscribed(subscriber)},
    )


def subscriber_of_request(subscription_request: SubscriptionRequest) -> Subscriber | None:
    """The subscriber a confirmed request led to."""
    return Subscriber.objects.by_email(subscription_request.email).first()


def is_subscribed(subscriber: Subscriber | None) -> bool:
    """Whether this is an active subscriber."""
    return subscriber is not None and subscriber.status == SubscriberStatus.SUBSCRIBED


@in_language_of(subscriber_of_key)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, subscriber: Subscriber | None) -> HttpResponse:
    """Language and themes, with links to unsubscribe and erase."""
    if subscriber is None:
        return _unknown_token(request)
    if subscriber.status != SubscriberStatus.SUBSCRIBED:
        return _page(request, "newsletter/unsubscribe.html", _unsubscribe_context(subscriber))
    chosen = {"language": subscriber.language, "themes": list(subscriber.themes.values_list("pk", flat=True))}
    form = PreferencesForm(request.POST if request.method == "POST" else None, request=request, initial=chosen)
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        service.change_preferences(subscriber=subscriber, language=answers["language"], themes=answers["themes"], now=form.now)
        return redirect(f"{reverse('newsletter_links:preferences', args=[subscriber.token])}?saved=1")
    context = {
        "subscriber": subscriber,
        "form": form,
        "was_saved": "saved" in request.GET and not form.is_bound,
        "is_back": "back" in request.GET,
    }
    return _page(request, "newsletter/preferences.html", context, status=422 if form.errors else 200)


@in_language_of(subscriber_of_key)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, subscriber: Subscriber | None) -> HttpResponse:
    """RFC 8058: POST acts at once, without cookie, log-in or redirect. A person gets the same URL, and a button."""
    is_post = request.method == "POST"
    if subscriber is None:
        # An erased person gets no mail: the mail program's request is answered with success.
        return _page(request, "newsletter/already_unsubscribed.html", {}) if is_post else _unknown_token(request)
    if is_post:
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        subscriber = service.unsubscribe(subscriber=subscriber, channel=Channel.ONE_CLICK if one_click else Channel.LINK, now=clock.now())
    return _page(request, "newsletter/unsubscribe.html", _unsubscribe_context(subscriber))


@in_language_of(subscriber_of_key)
@require_POST
def resubscribe(request: HttpRequest, subscriber: Subscriber | None) -> HttpResponse:
    """Undoes an unsubscription."""
    if subscriber is None:
        return _unknown_token(request)
    try:
        service.resubscribe(subscriber=subscriber, now=clock.now())
    except service.CannotResubscribe:
        return _page(request, "newsletter/unsubscribe.html", _unsubscribe_context(subscriber), status=410)
    return redirect(f"{reverse('newsletter_links:preferences', args=[subscriber.token])}?back=1")


@in_language_of(subscriber_of_key)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, subscriber: Subscriber | None) -> HttpResponse:
    """Erases the subscriber; shows beforehand what stays and why."""
    if subscriber is None:
        return _page(request, "newsletter/already_unsubscribed.html", {}) if request.method == "POST" else _unknown_token(request)
    if request.method == "POST":
        service.erase_subscriber(subscriber=subscriber, channel=Channel.LINK, now=clock.now())
        return _page(request, "newsletter/erase.html", {"is_done": True})
    return _page(request, "newsletter/erase.html", {"subscriber": subscriber, "is_done": False})


def _unsubscribe_context(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "subscriber": subscriber,
        "has_left": subscriber.status not in {SubscriberStatus.SUBSCRIBED, SubscriberStatus.UNCONFIRMED},
        "can_resubscribe": service.can_resubscribe(subscriber, clock.now()),
    }

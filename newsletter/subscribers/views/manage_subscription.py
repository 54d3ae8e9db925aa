"""The pages behind the short links of mails: confirm, choose, leave, come back, be erased.

The key in the address is the proof of who acts: no cookie, no account. GET shows and POST acts, so a scanner that follows every
link of a mail changes nothing.
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
from newsletter.enums.readers import Channel, SubscriberStatus
from newsletter.forms import PreferencesForm
from newsletter.models import NewsletterIndexPage, Subscriber, SubscriptionRequest
from newsletter.subscribers import preferences as service
from newsletter.subscribers.links import reader_of_key, request_of_key
from newsletter.subscribers.subscribe import ConfirmationExpired, check_still_open, confirm_subscription

View = Callable[..., HttpResponse]


def in_language_of(find: Callable[[str], Any]) -> Callable[[View], View]:
    """Hands a view the row of its key and answers in that person's language, or in that of `?language=`."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @private_page
        @wraps(view)
        def answered(request: HttpRequest, key: str) -> HttpResponse:
            found = find(key)
            asked = request.GET.get("language", "")
            language = asked if asked in Language.values else getattr(found, "language", translation.get_language() or "fr")
            with translation.override(language):
                _offer_languages(request, language)
                response = view(request, found)
                if isinstance(response, TemplateResponse):
                    response.render()
            response["Content-Language"] = language
            return response

        return answered

    return decorate


def _offer_languages(request: HttpRequest, language: str) -> None:
    """The switcher of these pages: the address stays, it has no language of its own."""
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


def _nobody(request: HttpRequest) -> TemplateResponse:
    """A key that is not, or no longer, one of ours. Not 404: Django would look for the page below a language and send the reader there."""
    return _page(request, "core/link_unknown.html", {}, status=410)


def _query(request: HttpRequest) -> str:
    """Keeps the language somebody chose with the switcher."""
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
    reader = reader_of_request(subscription_request) if subscription_request.confirmed_at else None
    return _page(
        request,
        "newsletter/confirm.html",
        {"subscription_request": subscription_request, "reader": reader, "is_reader": is_subscribed(reader)},
    )


def reader_of_request(subscription_request: SubscriptionRequest) -> Subscriber | None:
    """The subscriber a confirmed request led to."""
    return Subscriber.objects.by_address(subscription_request.email).first()


def is_subscribed(reader: Subscriber | None) -> bool:
    """Whether the newsletter still goes there."""
    return reader is not None and reader.status == SubscriberStatus.SUBSCRIBED


@in_language_of(reader_of_key)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, reader: Subscriber | None) -> HttpResponse:
    """Language and themes; from here one leaves or is erased."""
    if reader is None:
        return _nobody(request)
    if reader.status != SubscriberStatus.SUBSCRIBED:
        return _page(request, "newsletter/leave.html", _leaving(reader))
    chosen = {"language": reader.language, "themes": list(reader.themes.values_list("pk", flat=True))}
    form = PreferencesForm(request.POST if request.method == "POST" else None, request=request, initial=chosen)
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        service.change_preferences(subscriber=reader, language=answers["language"], themes=answers["themes"], now=form.now)
        return redirect(f"{reverse('newsletter_links:preferences', args=[reader.token])}?saved=1")
    context = {"reader": reader, "form": form, "was_saved": "saved" in request.GET and not form.is_bound, "is_back": "back" in request.GET}
    return _page(request, "newsletter/preferences.html", context, status=422 if form.errors else 200)


@in_language_of(reader_of_key)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, reader: Subscriber | None) -> HttpResponse:
    """RFC 8058: POST acts at once, without cookie, log-in or redirect. A person gets the same address, and a button."""
    is_post = request.method == "POST"
    if reader is None:
        # Who is erased gets nothing: a mail program that asks for it is told that it is so.
        return _page(request, "newsletter/already_gone.html", {}) if is_post else _nobody(request)
    if is_post:
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        reader = service.leave(subscriber=reader, channel=Channel.ONE_CLICK if one_click else Channel.LINK, now=clock.now())
    return _page(request, "newsletter/leave.html", _leaving(reader))


@in_language_of(reader_of_key)
@require_POST
def come_back(request: HttpRequest, reader: Subscriber | None) -> HttpResponse:
    """Takes the leaving back."""
    if reader is None:
        return _nobody(request)
    try:
        service.come_back(subscriber=reader, now=clock.now())
    except service.CannotComeBack:
        return _page(request, "newsletter/leave.html", _leaving(reader), status=410)
    return redirect(f"{reverse('newsletter_links:preferences', args=[reader.token])}?back=1")


@in_language_of(reader_of_key)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, reader: Subscriber | None) -> HttpResponse:
    """Forgets the reader; says what stays and why before it does."""
    if reader is None:
        return _page(request, "newsletter/already_gone.html", {}) if request.method == "POST" else _nobody(request)
    if request.method == "POST":
        service.erase_reader(subscriber=reader, channel=Channel.LINK, now=clock.now())
        return _page(request, "newsletter/erase.html", {"is_done": True})
    return _page(request, "newsletter/erase.html", {"reader": reader, "is_done": False})


def _leaving(reader: Subscriber) -> dict[str, Any]:
    return {
        "reader": reader,
        "has_left": reader.status not in {SubscriberStatus.SUBSCRIBED, SubscriberStatus.UNCONFIRMED},
        "can_come_back": service.can_come_back(reader, clock.now()),
    }

"""Subscribe: the form, and the page that says to check the mailbox. The same for every email address.

No CSRF cookie: a forged request only causes a confirmation mail, which anybody can cause with the form.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.text.email_addresses import LONGEST
from newsletter.consent_texts import FORM, WORDINGS
from newsletter.enums.subscribers import Channel
from newsletter.forms import SubscribeForm
from newsletter.models import NewsletterIndexPage
from newsletter.subscribers.subscribe import request_subscription


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The full form. The short form of other pages prefills the email address, unchecked."""
    is_short = request.method == "POST" and "short" in request.POST
    if is_short:
        form = SubscribeForm(request=request, initial={"email": request.POST.get("email", "")[:LONGEST].strip()})
    else:
        form = SubscribeForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        request_subscription(**form.subscription(), channel=Channel.FORM, now=form.now)
        return redirect("newsletter:asked")
    context = {
        "form": form,
        "is_short": is_short,
        "wording": WORDINGS[FORM],
        "newsletter": NewsletterIndexPage.in_language(get_language() or "fr"),
    }
    return TemplateResponse(request, "newsletter/subscribe.html", context, status=422 if form.errors else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Look into your mail."""
    return TemplateResponse(request, "newsletter/asked.html", {"newsletter": NewsletterIndexPage.in_language(get_language() or "fr")})

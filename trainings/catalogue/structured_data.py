"""Structured data of a module page: schema.org Course with its CourseInstances."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from core.web.structured_data import json_ld
from trainings.enums import Delivery

MODES = {Delivery.ON_SITE: "onsite", Delivery.ONLINE: "online", Delivery.HYBRID: "blended"}


def course_data(page: Any, module: Any, sessions: Iterable[Any], *, url: str) -> SafeString:
    """The sheet `page` of `module` as JSON-LD, safe to stand in a script element. `sessions` as `for_module_page()` gives them."""
    data = {
        "@type": "Course",
        "name": page.title,
        "description": page.summary,
        "url": url,
        "inLanguage": page.locale.language_code,
        "provider": {"@type": "Organization", "name": "Smes"},
        "offers": {"@type": "Offer", "category": "Paid" if module.price else "Free", "price": module.price, "priceCurrency": "EUR"},
        "hasCourseInstance": [_instance(session) for session in sessions],
    }
    return json_ld(data)


def _instance(session: Any) -> dict[str, Any]:
    minutes = sum(round(meeting.duration.total_seconds() / 60) for meeting in session.meetings.all())
    instance: dict[str, Any] = {
        "@type": "CourseInstance",
        "courseMode": MODES[session.delivery],
        "inLanguage": session.language,
        "startDate": timezone.localtime(session.starts_at).isoformat(),
        "endDate": timezone.localtime(session.ends_at).isoformat(),
        "courseWorkload": f"PT{minutes}M",
        "maximumAttendeeCapacity": session.capacity,
        "remainingAttendeeCapacity": session.places.anybody,
    }
    if session.venue:
        instance["location"] = {
            "@type": "Place",
            "name": session.venue.name,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": session.venue.street,
                "postalCode": session.venue.postal_code,
                "addressLocality": session.venue.municipality,
                "addressCountry": "BE",
            },
        }
    return instance

"""Django's report of a failure, for whoever mails or shows it: where it happened, and nothing of what was typed.

Django's own hides fields whose names sound secret. Ours holds no field, no local variable, no cookie and no path at all.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

from core.monitoring.masking import masked_traceback
from core.monitoring.request_ids import current_id
from core.monitoring.routes import route_of


class ClosedReporter(ExceptionReporter):
    """The id and the route of the request, and the lines of code."""

    def get_traceback_text(self) -> SafeString:
        of = f"{self.request.method} {route_of(self.request)}" if self.request else "outside of a request"
        trace = masked_traceback(self.exc_value) if self.exc_value else ""
        return mark_safe(f"{of} ({current_id() or 'without an id'})\n\n{trace}\n")  # noqa: S308 (plain text)

    def get_traceback_html(self) -> SafeString:
        return format_html("<pre>{}</pre>", str.__str__(self.get_traceback_text()))

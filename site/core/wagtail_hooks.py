"""Wires core into the Wagtail admin; nothing is decided here."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from core.accounts.staff import sensitive
from core.backoffice import broken_links, page_access, page_actions
from core.backoffice.duties import DutyViewSet
from core.backoffice.figures import FigureViewSet
from core.backoffice.group_policy import GroupPolicyForm
from core.backoffice.incidents import IncidentsPanel
from core.backoffice.mails import MailViewSet
from core.backoffice.privacy import urls as privacy_urls
from core.backoffice.site_texts import SiteTextsViewSet
from core.backoffice.translation import publishing, together
from core.backoffice.translation.urls import translation_urls
from core.backoffice.vocabulary import DirectoryViewSetGroup
from core.backoffice.wiring import register_log_actions

register_snippet(SiteTextsViewSet)
hooks.register("register_admin_viewset", MailViewSet)
hooks.register("register_admin_viewset", DutyViewSet)
hooks.register("register_admin_viewset", DirectoryViewSetGroup)
hooks.register("register_admin_viewset", FigureViewSet)
hooks.register("construct_homepage_panels", IncidentsPanel.add_to)
hooks.register("register_admin_urls", translation_urls, order=-1)
hooks.register("register_admin_urls", broken_links.report_urls)
hooks.register("register_admin_urls", privacy_urls.admin_urls)
hooks.register("register_settings_menu_item", privacy_urls.menu_item)
hooks.register("before_edit_page", publishing.ask_before_publishing, order=-1)
hooks.register("before_bulk_action", publishing.refuse_bulk_publishing)
hooks.register("after_unpublish_page", together.after_unpublish)
hooks.register("after_delete_page", together.after_delete)
hooks.register("after_move_page", together.after_move)
hooks.register("after_bulk_action", together.after_many)
register_log_actions(
    {
        "core.requeue_mail": (_("Send a failed mail again"), _("Sent the failed mail again")),
        "core.invite_user": (_("Invite a colleague"), _("Invited the colleague to choose a password")),
        "core.reset_second_factor": (_("Reset a second factor"), _("Reset the second factor")),
        "core.merge": (_("Merge two that are one"), _("Merged another one into it")),
        "core.undo_merge": (_("Undo a merge"), _("Undid a merge")),
        "core.keep_apart": (_("Keep two apart"), _("Noted that another one is not the same")),
        "core.run_duty": (_("Run a timed duty out of its turn"), _("Asked the worker to run the duty")),
    }
)


@hooks.register("register_group_permission_panel")
def group_policy_panel() -> type[GroupPolicyForm]:
    """Below the permissions of a group."""
    return GroupPolicyForm


@hooks.register("register_account_menu_item")
def second_factor_of_ones_own(request: HttpRequest) -> dict[str, Any]:
    """In the account, under "More actions": Wagtail knows nothing of second factors."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("Authenticator app, passkeys, recovery codes: set up, look at, replace."),
    }


@hooks.register("register_permissions")
def sensitive_permissions() -> QuerySet[Permission]:
    """May be given to a group in its form."""
    return Permission.objects.filter(sensitive())


@hooks.register("register_permissions")
def incident_permission() -> QuerySet[Permission]:
    """Whoever holds it is mailed when something is wrong with the site."""
    return Permission.objects.filter(content_type__app_label="core", codename="view_incident")


@hooks.register("insert_global_admin_css")
def admin_theme() -> str:
    """Wagtail's admin in the colours of the house."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-theme.css"))


@hooks.register("insert_global_admin_css")
def admin_forms() -> str:
    """Date fields and listings, on a desk and on a phone."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-forms.css"))


@hooks.register("insert_global_admin_js")
def admin_dates() -> str:
    """Before any form makes a picker."""
    return format_html('<script src="{}" data-smes-label="{}"></script>', static("js/admin_dates.js"), _("Open the calendar"))


@hooks.register("register_admin_urls", order=-1)
def page_report_urls() -> list[URLPattern]:
    """In front of those of wagtail-localize."""
    return page_access.report_urls()


@hooks.register("construct_reports_menu")
def page_reports(request: HttpRequest, items: list[Any]) -> None:
    """The report on translations is in the menu of those who may open it."""
    if not page_access.works_on_pages(request.user):
        items[:] = [each for each in items if "/localize/" not in each.url]


@hooks.register("construct_page_action_menu")
def publish_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """For those who may; the others ask for a review."""
    page_actions.arrange(items)


@hooks.register("register_admin_urls", order=-1)
def words_of_scripts() -> list[URLPattern]:
    """In front of wagtail-localize's own, which knows its words only and none of those we replace (locale/upstream)."""
    return [path("localize/jsi18n/", JavaScriptCatalog.as_view(), name="words_of_scripts")]


@hooks.register("register_reports_menu_item")
def languages_report() -> MenuItem:
    """How far each page is in each language."""
    return page_access.PageReportMenuItem(
        _("Languages of pages"), reverse("core_translation:languages"), icon_name="wagtail-localize-language", order=8990
    )


@hooks.register("register_reports_menu_item")
def broken_links_report() -> MenuItem:
    """What the nightly check of links found."""
    return page_access.PageReportMenuItem(_("Broken links"), reverse("core_broken_links:index"), icon_name="link", order=8995)


@hooks.register("construct_help_menu")
def help_without_news(request: HttpRequest, items: list[Any]) -> None:
    """What is new in Wagtail, in English and counted in a badge, is news for developers."""
    items[:] = [each for each in items if not each.name.startswith("whats-new-in-wagtail")]

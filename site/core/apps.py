from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.auth.management import rename_permissions_after_model_rename
from django.db.models.signals import post_migrate
from django.utils.module_loading import module_has_submodule


class CoreConfig(AppConfig):
    """What all apps share. Knows none of them."""

    name = "core"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from core.accounts.page_rights import grant_page_rights
        from core.accounts.roles import create_groups
        from core.backoffice import dates, upstream
        from core.monitoring import logins
        from core.page_cache.triggers import make_triggers
        from core.pages.tasks import plan_renditions
        from core.translation.standing import keep_standing
        from core.web import converters

        converters.register()
        dates.register()
        upstream.register()
        logins.register()
        # Django's own receiver, under its own uid but ahead of our groups: they would create the permissions of a renamed model
        # before its old ones, which people hold, are renamed.
        post_migrate.connect(rename_permissions_after_model_rename, dispatch_uid="django.contrib.auth.management.rename_permissions")
        post_migrate.connect(create_groups, dispatch_uid="core.create_groups")
        post_migrate.connect(make_triggers, sender=self, dispatch_uid="core.make_triggers")
        page_published.connect(grant_page_rights, dispatch_uid="core.grant_page_rights")
        page_published.connect(plan_renditions, dispatch_uid="core.plan_renditions")
        page_published.connect(keep_standing, dispatch_uid="core.keep_standing")
        _register_declarations()


def _register_declarations() -> None:
    """What each app does by itself (`duties.DUTIES`), holds of people (`privacy.PERSONAL_DATA`), lets be merged (`merging`), counts
    (`figures.SOURCES`), tries after a restore (`self_check.CHECKS`), and when its pages change by the clock (`moments.MOMENTS`)."""
    from core.backup import health as backup_health
    from core.backup import self_check
    from core.directory.merging import ORGANISATIONS
    from core.duties import registry
    from core.duties.housekeeping import DUTIES
    from core.figures import definitions
    from core.health import registry as health
    from core.health.checks import CHECKS
    from core.health.retention import DUTIES as DUTIES_OF_HEALTH
    from core.merging.registry import register as register_merging
    from core.monitoring import figures as monitored
    from core.monitoring.gauges import GAUGES
    from core.page_cache.moments import register as register_moments
    from core.privacy import own
    from core.privacy import registry as privacy

    registry.register(DUTIES)
    registry.register(DUTIES_OF_HEALTH)
    health.register(CHECKS)
    health.register(backup_health.CHECKS)
    monitored.register(GAUGES)
    register_merging(kinds=[ORGANISATIONS])
    for config in apps.get_app_configs():
        if config.name != "core" and module_has_submodule(config.module, "duties"):
            registry.register(import_module(f"{config.name}.duties").DUTIES)
        if config.name != "core" and module_has_submodule(config.module, "privacy"):
            privacy.register(import_module(f"{config.name}.privacy").PERSONAL_DATA)
        if config.name != "core" and module_has_submodule(config.module, "merging"):
            declared = import_module(f"{config.name}.merging")
            register_merging(kinds=declared.KINDS, holdings=declared.HOLDINGS)
        if module_has_submodule(config.module, "self_check"):
            self_check.register(import_module(f"{config.name}.self_check").CHECKS)
        if config.name != "core" and module_has_submodule(config.module, "moments"):
            register_moments(import_module(f"{config.name}.moments").MOMENTS)
        if config.name not in {"core", "demo"} and module_has_submodule(config.module, "figures"):
            definitions.register(import_module(f"{config.name}.figures").SOURCES)
    privacy.register(own.PERSONAL_DATA)  # last: it looks through what the apps have left

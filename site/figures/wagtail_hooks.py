"""Wires the report into the Wagtail admin; nothing is decided here."""

from wagtail import hooks

from figures.backoffice import missing

hooks.register("register_admin_urls", lambda: missing.URLS)
hooks.register("register_admin_menu_item", missing.menu_item)

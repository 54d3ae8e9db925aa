"""French is the source language of the content; Dutch and English follow. Interface strings are written in English in the code."""

from config.env import ROOT

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True

TIME_ZONE = "Europe/Brussels"
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = ["Europe/Brussels"]

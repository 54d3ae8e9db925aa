"""French is the source language of the content; Dutch and English follow. Interface strings are written in English in the code."""

from config.env import ROOT

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# The second holds words of packages that ours replace: wrong, inconsistent or untranslated there.
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "upstream"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True

TIME_ZONE = "Europe/Brussels"
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = ["Europe/Brussels"]

# Dates as they are typed in Belgium, also in English. ISO is read as well.
FORMAT_MODULE_PATH = ["config.formats"]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"

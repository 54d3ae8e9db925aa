"""Wagtail: what editors may do, and what the admin must never do (no third-party request, no plain-text page password)."""

WAGTAIL_SITE_NAME = "Smes"
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # URLs are read aloud and typed: a-propos, not à-propos
WAGTAILADMIN_BASE_URL = ""  # set by dev and production
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"

WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# Shared passwords on pages and collections are kept in plain text by Wagtail: switched off.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.pages.search"}}

# Demo and editorial texts are translated by segment. A new translation is a draft, whatever its source is.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"
WAGTAIL_LOCALIZE_DISABLE_ON_UNPUBLISH = False

CRISPY_ALLOWED_TEMPLATE_PACKS = "smes"
CRISPY_TEMPLATE_PACK = "smes"

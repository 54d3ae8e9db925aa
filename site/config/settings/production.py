"""The public server. Short on purpose: values come from the environment (docs/deployment.md)."""

from config import env
from config.settings.base import *

DEBUG = False
LOG_FORMAT = env.text("LOG_FORMAT", "json")
LOGGING["handlers"]["console"]["formatter"] = LOG_FORMAT
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.strings("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
WAGTAILADMIN_BASE_URL = env.text("BASE_URL")
ADDRESS_HASH_KEY = env.text("ADDRESS_HASH_KEY")
NOTES_KEYS = env.strings("NOTES_KEYS", None)

TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 1)
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.text("SMTP_HOST"),
            "port": env.number("SMTP_PORT", 587),
            "username": env.text("SMTP_USER", ""),
            "password": env.text("SMTP_PASSWORD", ""),
            "use_tls": env.flag("SMTP_TLS", True),
            "timeout": 30,
        },
    }
}

"""Headers, cookies, login. The public Content-Security-Policy is strict; `core.web.middleware` relaxes it below the admin only."""

from django.utils.csp import CSP

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
# Wagtail's admin and wagtail-localize's editor start inline scripts and styles without nonces.
SECURE_CSP_ADMIN = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
}

# Nothing of what a browser can do is of any use here, but passkeys for colleagues and a button that copies a link.
UNUSED_FEATURES = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media geolocation gyroscope hid idle-detection local-fonts "
    "magnetometer microphone midi payment picture-in-picture screen-wake-lock serial storage-access usb window-management "
    "xr-spatial-tracking"
)
USED_FEATURES = "clipboard-write fullscreen publickey-credentials-create publickey-credentials-get"
PERMISSIONS_POLICY = dict.fromkeys(UNUSED_FEATURES.split(), "()") | dict.fromkeys(USED_FEATURES.split(), "(self)")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail shows its page previews in a frame of the same site; nobody else may frame us.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_ADAPTER = "core.accounts.staff.StaffAccountAdapter"
ACCOUNT_FORMS = {"login": "core.accounts.staff.StaffLoginForm"}
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_COOKIE_AGE; nobody is asked
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Counted in the cache, so in each process alone where no CACHE_URL is set; `core.accounts` counts in the database as well.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Smes"
MFA_FORMS = {
    "authenticate": "core.accounts.code_forms.StaffAuthenticateForm",
    "reauthenticate": "core.accounts.code_forms.StaffReauthenticateForm",
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Public forms: nobody fills one in less time (ASVS 5.0 §2.4.2). Proxies whose X-Forwarded-For entry is believed.
FORM_FASTEST_SECONDS = 2.0
TRUSTED_PROXY_COUNT = 0
TRUSTED_PROXIES: list[str] = []

# Whoever may do everything may give himself any role. The demo and development switch this off.
SECOND_FACTOR_FOR_SUPERUSERS = True

"""Where files and the cache are kept: on this machine, or where several machines share them (docs/scaling.md)."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import env

VAR_DIR = Path(env.text("VAR_DIR", str(env.ROOT / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)  # SQLite opens its file in no missing folder

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Not served by the web server: our own view serves the files of publications and checks access.
    "private": {
        "BACKEND": "core.files.storage.PrivateFileStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "core.web.staticfiles.BundledManifestStorage"},
}

# Documents are streamed by the view that checks who may read them: from a store, Wagtail would hand out signed links instead.
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# An S3-compatible object store. Its bucket is closed to strangers as a whole: the site serves what is public.
S3_BUCKET = env.text("S3_BUCKET", "")
if S3_BUCKET:
    try:
        from botocore.config import Config
    except ImportError as error:
        raise ImproperlyConfigured("S3_BUCKET needs the packages of the group `machines` (see docs/scaling.md).") from error
    S3_OPTIONS = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.text("S3_ENDPOINT_URL", "") or None,
        "region_name": env.text("S3_REGION", "us-east-1"),
        "access_key": env.text("S3_ACCESS_KEY_ID"),
        "secret_key": env.text("S3_SECRET_ACCESS_KEY"),
        "file_overwrite": False,
        "default_acl": None,
        "max_memory_size": 1_000_000,
        # Checksums only where an operation asks for them: not every store knows the newer ones.
        "client_config": Config(
            connect_timeout=3,
            read_timeout=20,
            retries={"mode": "standard", "max_attempts": 3},
            max_pool_connections=20,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
        ),
    }
    STORAGES["default"] = {"BACKEND": "core.files.object_store.MediaObjectStorage", "OPTIONS": S3_OPTIONS | {"location": "media"}}
    STORAGES["private"] = {"BACKEND": "core.files.object_store.PrivateObjectStorage", "OPTIONS": S3_OPTIONS | {"location": "private"}}

# A Valkey or Redis all processes share, e.g. redis://cache.internal:6379/0. Without one each process keeps its own cache.
CACHE_URL = env.text("CACHE_URL", "")
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if CACHE_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "smes"}

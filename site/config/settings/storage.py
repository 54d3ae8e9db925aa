"""Where files and the cache are kept: on this machine, or where several machines share them (docs/scaling.md)."""

from pathlib import Path
from typing import Any

from config import env
from config.buckets import storages_in_bucket

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

# The bucket of an object store that several machines share. Without one, files lie in folders of this machine.
S3_BUCKET = env.text("S3_BUCKET", "")
if S3_BUCKET:
    STORAGES |= storages_in_bucket(
        S3_BUCKET,
        endpoint_url=env.text("S3_ENDPOINT_URL", ""),
        region=env.text("S3_REGION", "us-east-1"),
        key_id=env.text("S3_ACCESS_KEY_ID"),
        secret=env.text("S3_SECRET_ACCESS_KEY"),
    )

# A Valkey or Redis all processes share, e.g. redis://cache.internal:6379/0. Without one each process keeps its own cache.
CACHE_URL = env.text("CACHE_URL", "")
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if CACHE_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "smes"}

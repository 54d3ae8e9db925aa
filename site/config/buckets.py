"""Files in a bucket of an S3-compatible object store (docs/scaling.md)."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured


def storages_in_bucket(bucket: str, *, endpoint_url: str, region: str, key_id: str, secret: str) -> dict[str, dict[str, Any]]:
    """`default` and `private` of STORAGES. The bucket is closed to strangers as a whole: the site serves what is public."""
    try:
        from botocore.config import Config
    except ImportError as error:
        raise ImproperlyConfigured("S3_BUCKET needs the packages of the group `machines` (see docs/scaling.md).") from error
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint_url or None,
        "region_name": region,
        "access_key": key_id,
        "secret_key": secret,
        "file_overwrite": False,
        "default_acl": None,
        "max_memory_size": 1_000_000,
        "client_config": Config(
            signature_version="s3v4",
            connect_timeout=3,
            read_timeout=20,
            retries={"mode": "standard", "max_attempts": 3},
            max_pool_connections=20,
            # Not every store knows the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
        ),
    }
    return {
        "default": {"BACKEND": "core.files.object_store.MediaObjectStorage", "OPTIONS": options | {"location": "media"}},
        "private": {"BACKEND": "core.files.object_store.PrivateObjectStorage", "OPTIONS": options | {"location": "private"}},
    }

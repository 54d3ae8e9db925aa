"""Which errors pass by themselves: an engine the site stands on is away, or a disk is full. Trying again in a minute helps."""

import errno

from django.db import InterfaceError, OperationalError

# Of an OSError: no room, a store that was unmounted or made read-only, too many open files.
PASSING = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EIO,
        errno.ESTALE,
        errno.ENOTCONN,
        errno.EMFILE,
        errno.ENFILE,
    }
)
# Clients of a shared cache or an object store, which a site may do without: known by name, not imported.
CLIENTS = frozenset({"redis", "valkey", "botocore", "boto3", "urllib3"})


def is_passing(error: BaseException | None) -> bool:
    """Whether the same request may succeed in a minute, without anybody changing the code or what was typed."""
    if isinstance(error, OperationalError | InterfaceError | ConnectionError | TimeoutError):
        return True
    if isinstance(error, OSError) and error.errno in PASSING:
        return True
    return type(error).__module__.partition(".")[0] in CLIENTS

"""Asks /healthz?ready as the proxy would: can this container serve pages? Needs Python alone.

Not all of /healthz: a mail server that is down is no reason to take pages away. A monitor from outside reads that.
"""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

URL = os.environ.get("HEALTH_URL", "http://127.0.0.1:8000/healthz?ready")


def main() -> int:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    request = Request(URL, headers={"Host": host, "X-Forwarded-Proto": "https"})  # noqa: S310 (our own URL)
    try:
        with urlopen(request, timeout=8) as response:  # noqa: S310
            return 0 if response.status == 200 else 1
    except (URLError, TimeoutError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())

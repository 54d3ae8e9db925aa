"""gunicorn's own lines under the same net: when it fails, it names the URL, and the URL may be a secret link."""

import os
from typing import Any

from gunicorn.glogging import Logger

from core.monitoring.formatters import JsonFormatter, LineFormatter
from core.monitoring.masking import MaskingFilter


class MaskedLogger(Logger):
    """Its error log, and its access log where somebody asks for one, masked and in the format of the site."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        is_json = os.environ.get("LOG_FORMAT", "lines") == "json"
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.addFilter(MaskingFilter())
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter() if is_json else LineFormatter())

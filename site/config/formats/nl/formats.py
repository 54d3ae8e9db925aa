"""Read by Django (FORMAT_MODULE_PATH)."""

from config.formats import DATES as DATE_INPUT_FORMATS  # noqa: F401
from config.formats import MOMENTS as DATETIME_INPUT_FORMATS  # noqa: F401
from config.formats import TIMES as TIME_INPUT_FORMATS  # noqa: F401

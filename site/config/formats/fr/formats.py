"""Read by Django (FORMAT_MODULE_PATH)."""

from config.formats import DATE_FORMAT, MONTH_DAY_FORMAT, SHORT_DATE_FORMAT, SHORT_DATETIME_FORMAT  # noqa: F401
from config.formats import DATES as DATE_INPUT_FORMATS  # noqa: F401
from config.formats import MOMENTS as DATETIME_INPUT_FORMATS  # noqa: F401
from config.formats import TIMES as TIME_INPUT_FORMATS  # noqa: F401
from core.text.dates import HOURS

TIME_FORMAT = HOURS["fr"][0]
DATETIME_FORMAT = f"{DATE_FORMAT}, {TIME_FORMAT}"

"""The order of the admin's menu, in one table. Wagtail's own: pages 100, images 300, documents 400, reports 9000."""

from enum import IntEnum


class MenuOrder(IntEnum):
    """Our entries, top to bottom."""

    TRAININGS = 150
    PAYMENTS = 155
    FOLLOW_UP = 157
    NEWSLETTER = 160
    PUBLICATIONS = 170
    MAP = 180
    REPORT = 183
    FIGURES = 185
    DIRECTORY = 190
    MAILS = 850

"""How long people of trainings are remembered. The duties read these, and the register of processing says them."""

import datetime

ATTENDED = datetime.timedelta(days=5 * 365 + 1)
WAITED = datetime.timedelta(days=183)
UNCONFIRMED = datetime.timedelta(days=14)
TOLD = datetime.timedelta(days=30)
TEAM_LEAD = datetime.timedelta(days=366)
LONGEST_WISH = datetime.timedelta(days=730)

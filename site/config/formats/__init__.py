"""How dates are typed and written: the day first, in all three languages. (Django's English puts the month first.)"""

from itertools import product

# The first is the one shown. `19/1/2027`, `19-01-2027`, `19.1.27`, `19 01 2027`.
DATES = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y"]
# `13:30`, `13h30`, `13u30`, `13.30`, `13h`.
TIMES = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hu%M", "%H u %M", "%H.%M", "%Hh", "%Hu"]
MOMENTS = [f"{day} {time}" for day, time in product(DATES, TIMES)]

# How they are read. What is ours goes through `core.text.dates`; these serve the screens of Wagtail.
DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"

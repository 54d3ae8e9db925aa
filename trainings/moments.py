"""When pages about trainings change by the clock: meetings begin and end, enrolment closes, offers run out. Days (seasons, kept seats)
end at midnight, which every page knows of."""

import datetime

from trainings.models import Enrolment, Meeting, Session


def next_beginning(now: datetime.datetime) -> datetime.datetime | None:
    return Meeting.objects.filter(starts_at__gte=now).order_by("starts_at").values_list("starts_at", flat=True).first()


def next_end(now: datetime.datetime) -> datetime.datetime | None:
    return Meeting.objects.filter(ends_at__gte=now).order_by("ends_at").values_list("ends_at", flat=True).first()


def next_closing(now: datetime.datetime) -> datetime.datetime | None:
    closing = Session.objects.filter(enrolment_closes_at__gte=now).order_by("enrolment_closes_at")
    return closing.values_list("enrolment_closes_at", flat=True).first()


def next_deadline(now: datetime.datetime) -> datetime.datetime | None:
    return Enrolment.objects.filter(answer_by__gte=now).order_by("answer_by").values_list("answer_by", flat=True).first()


MOMENTS = [next_beginning, next_end, next_closing, next_deadline]

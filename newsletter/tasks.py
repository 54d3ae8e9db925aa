"""Tasks of the newsletter: ids in, one service called."""

from django.tasks import task

from core import clock


# Before all else, as any mail a person waits for.
@task(priority=50)
def answer_wish(wish_id: int) -> str:
    """Answers one wish for the newsletter by mail."""
    from newsletter.services import wishes

    mail = wishes.answer_wish(wish_id=wish_id, now=clock.now())
    return "mailed" if mail else "nothing to say"

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


@task
def check_import(import_id: int) -> str:
    """Looks at every line of an import; writes no reader."""
    from newsletter.services import imports

    return imports.check_import(import_id=import_id, now=clock.now()).status


@task
def run_import(import_id: int) -> str:
    """Writes the readers of an import; safe to run again after a worker was killed."""
    from newsletter.services import imports

    return imports.run_import(import_id=import_id, now=clock.now()).status

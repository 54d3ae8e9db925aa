"""Tasks of publications: ids in, one service called."""

from django.tasks import task

from publications.services.reading import read_file


@task
def inspect_file(file_id: int) -> str:
    """Reads an uploaded file. Safe to run twice."""
    return read_file(file_id=file_id)

"""A task remembers the request that left it, so that what the worker does, and the mails it sends, are found under the same id."""

from typing import TYPE_CHECKING, Any

from django.tasks import Task
from django.utils.json import normalize_json
from django_tasks_db.backend import DatabaseBackend

from core.monitoring.request_ids import current_id

if TYPE_CHECKING:
    from django_tasks_db.models import DBTaskResult

KEY = "request_id"


class TracedBackend(DatabaseBackend):
    """Writes the id beside the arguments of the task: in the row that is written anyway, without another query."""

    def _task_to_db_task(self, task: Task, args: Any, kwargs: Any) -> "DBTaskResult":
        from django_tasks_db.models import DBTaskResult  # a backend is made before the apps are ready

        traced = {KEY: current_id()} if current_id() else {}
        row: DBTaskResult = DBTaskResult.objects.create(
            args_kwargs=normalize_json({"args": args, "kwargs": kwargs} | traced),
            priority=task.priority,
            task_path=task.module_path,
            queue_name=task.queue_name,
            run_after=task.run_after,
            backend_name=self.alias,
        )
        return row


def id_of_task(row: "DBTaskResult") -> str:
    """The request that left the task; empty for one of nobody's, such as a timed duty's."""
    return str(row.args_kwargs.get(KEY, ""))

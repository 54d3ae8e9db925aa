"""The worker of django-tasks-db, which knows whose work it does."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from core.monitoring.request_ids import under_id
from core.monitoring.tasks import id_of_task


class TracedWorker(Worker):
    """Runs each task under the id of the request that left it (core.monitoring.tasks)."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        with under_id(id_of_task(db_task_result)):
            super().run_task(db_task_result)

"""What coordinators and trainers read of evaluations, and what nobody can."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.core.people import browser_of, member
from tests.crawl.endpoints import is_refused
from tests.trainings.evaluation.scenes import answered, closed, make_questionnaire, past_session
from tests.trainings.factories import ModuleFactory, TrainerFactory
from tests.trainings.questionnaires.factories import QuestionFactory, QuestionnaireVersionFactory
from trainings.evaluation.results import Results, Scope, results
from trainings.models import EvaluationRound, Question, QuestionnaireVersion, Session

pytestmark = pytest.mark.django_db

SCREEN = "/admin/trainings/evaluation/"
Questions = tuple[Question, Question]


@pytest.fixture
def questions() -> Questions:
    return make_questionnaire()


def shown(found: Results) -> list[tuple[int, list[int]]]:
    """Of each question: how many answered, and the lengths of the bars."""
    return [(each.count, [int(bar.value) for bar in each.bars]) for each in found.questions]


def evaluated(*scores: int, questions: Questions, remark: str = "", **facts: Any) -> Session:
    session = past_session(**facts)
    answered(session, *scores, questions=questions, remark=remark)
    closed(session)
    return session


class TestOfOneSession:
    def test_bars_average_and_remarks_from_five_answers_on(self, questions: Questions) -> None:
        session = evaluated(5, 5, 4, 3, 3, questions=questions, remark="Utile.")
        found = results(Scope(kind="hot", session=session.pk))
        assert shown(found) == [(5, [0, 0, 2, 1, 2]), (5, [])]
        assert found.questions[0].average == 4
        assert found.questions[1].comments == ["Utile."] * 5
        assert (found.answered, found.invited, found.counted) == (5, 5, 5)

    def test_fewer_than_five_say_nothing(self, questions: Questions) -> None:
        session = evaluated(5, 5, 4, 3, questions=questions, remark="Secret.")
        found = results(Scope(kind="hot", session=session.pk))
        assert shown(found) == [(0, []), (0, [])]
        assert found.questions[1].comments == []
        assert (found.answered, found.counted) == (4, 0)

    def test_a_question_that_fewer_than_five_answered_is_not_split(self, questions: Questions) -> None:
        optional = QuestionFactory(version=questions[0].version, sort_order=5)
        session = past_session()
        answered(session, 1, 2, questions=(optional, questions[1]))
        answered(session, 3, 3, 3, 3, questions=questions)
        closed(session)
        found = results(Scope(kind="hot", session=session.pk))
        assert [each.count for each in found.questions if each.question == optional] == [0]

    def test_nothing_before_it_is_closed(self, questions: Questions) -> None:
        """Whoever looks before and after an answer would see whose it is."""
        session = past_session()
        answered(session, 5, 5, 5, 5, 5, 5, questions=questions)
        assert results(Scope(kind="hot", session=session.pk)) == Results()


class TestOfSeveral:
    def test_a_module_a_pair_a_year_and_all(self, questions: Questions) -> None:
        pair, other = TrainerFactory.create_batch(2), [TrainerFactory()]
        module = ModuleFactory()
        evaluated(5, 5, 5, 5, 5, questions=questions, module=module, trainers=pair)
        evaluated(1, 1, 1, 1, 1, questions=questions, module=module, trainers=other)
        elsewhere = evaluated(3, 3, 3, 3, 3, questions=questions, trainers=pair)
        [year] = set(EvaluationRound.objects.values_list("year", flat=True))
        both = tuple(sorted(each.pk for each in pair))
        asked: list[dict[str, Any]] = [{"module": module.pk}, {"trainers": both}, {"year": year}, {}]
        asked += [{"module": elsewhere.module_id, "trainers": both}, {"year": year + 1}]
        averages = [[each.average for each in results(Scope(kind="hot", **scope)).questions[:1]] for scope in asked]
        assert averages == [[3], [4], [3], [3], [3], []]

    def test_a_small_session_cannot_be_worked_out_from_its_module(self, questions: Questions) -> None:
        module = ModuleFactory()
        large = evaluated(5, 5, 5, 5, 5, questions=questions, module=module)
        evaluated(1, 1, questions=questions, module=module)
        whole, part = results(Scope(kind="hot", module=module.pk)), results(Scope(kind="hot", session=large.pk))
        assert shown(whole) == shown(part)

    def test_small_ones_are_counted_together(self, questions: Questions) -> None:
        module = ModuleFactory()
        for scores in ((1, 1), (5, 5, 5)):
            evaluated(*scores, questions=questions, module=module)
        assert shown(results(Scope(kind="hot", module=module.pk)))[0] == (5, [2, 0, 0, 0, 3])

    def test_it_stays_sorted_as_it_was_closed(self, questions: Questions) -> None:
        """A session that moves to another pair would be the difference between two pages."""
        trainer = TrainerFactory()
        session = evaluated(5, 5, 5, 5, 5, questions=questions, trainers=[trainer])
        session.trainers.set([TrainerFactory()])
        assert results(Scope(kind="hot", trainers=(trainer.pk,))).answered == 5

    def test_the_same_question_is_counted_through_versions(self, questions: Questions) -> None:
        scale, remark = questions
        module = ModuleFactory()
        evaluated(1, 1, 1, 1, 1, questions=questions, module=module)
        QuestionnaireVersion.objects.update(retired_at=scale.version.opened_at)
        second = QuestionnaireVersionFactory(questionnaire=scale.version.questionnaire, is_open=True)
        kept = QuestionFactory(version=second, key=scale.key, text_fr="Mieux dit ?")
        evaluated(5, 5, 5, 5, 5, questions=(kept, remark), module=module)
        found = results(Scope(kind="hot", module=module.pk))
        assert [(each.question.text_fr, each.count) for each in found.questions if each.count] == [("Mieux dit ?", 10)]

    def test_many_answers_cost_the_same_queries(self, questions: Questions, django_assert_num_queries: Any) -> None:
        for _each in range(3):
            evaluated(1, 2, 3, 4, 5, questions=questions)
        with django_assert_num_queries(3):
            results(Scope(kind="hot"))


class TestTheScreen:
    def test_a_chart_with_its_table_and_the_remarks(self, coordinator: Client, questions: Questions) -> None:
        session = evaluated(5, 5, 4, 3, 3, questions=questions, remark="<b>Utile</b>")
        screen = coordinator.get(SCREEN, {"session": session.pk}).content.decode()
        assert screen.count('class="chart__bar"') == 5
        assert '<th scope="row">' in screen
        assert "<title>Evaluation" in " ".join(screen.split()).replace("<title> ", "<title>")
        assert "&lt;b&gt;Utile&lt;/b&gt;" in screen

    def test_a_trainer_reads_what_she_gave_and_nothing_else(self, questions: Questions) -> None:
        trainer = TrainerFactory(user=member("Trainer"))
        own = evaluated(5, 5, 5, 5, 5, questions=questions, remark="À elle", trainers=[trainer])
        foreign = evaluated(1, 1, 1, 1, 1, questions=questions, remark="Pas à elle", trainers=[TrainerFactory()])
        browser = browser_of(trainer.user)  # type: ignore[arg-type]
        for asked in ({}, {"session": own.pk}, {"session": foreign.pk}, {"year": 1}, {"trainers": "x-y"}):
            screen = browser.get(SCREEN, asked).content.decode()
            assert "Pas à elle" not in screen
            assert foreign.name not in screen
        assert "À elle" in browser.get(SCREEN, {"session": own.pk}).content.decode()

    def test_an_account_that_is_no_trainer_reads_nothing(self, questions: Questions) -> None:
        evaluated(5, 5, 5, 5, 5, questions=questions, remark="Lu ?", trainers=[])
        assert "Lu ?" not in browser_of(member("Trainer")).get(SCREEN).content.decode()

    def test_a_coordinator_closes_it_before_its_time(self, coordinator: Client, questions: Questions) -> None:
        session = past_session()
        answered(session, 5, 5, 5, 5, 5, questions=questions)
        assert "can still be answered" in coordinator.get(SCREEN, {"session": session.pk}).content.decode()
        url = f"/admin/trainings/sessions/{session.pk}/close-evaluation/hot/"
        assert "5 of 5 people have answered" in coordinator.get(url).content.decode()
        coordinator.post(url)
        assert "Average: 5" in coordinator.get(SCREEN, {"session": session.pk, "kind": "hot"}).content.decode()
        assert is_refused(coordinator, f"/admin/trainings/sessions/{session.pk}/close-evaluation/else/", "post")

    def test_a_trainer_closes_nothing(self, as_trainer: Client, questions: Questions) -> None:
        session = past_session(trainers=[])
        as_trainer.post(f"/admin/trainings/sessions/{session.pk}/close-evaluation/hot/")
        assert not EvaluationRound.objects.exists()


class TestTheFiles:
    @pytest.fixture
    def session(self, questions: Questions) -> Session:
        return evaluated(5, 5, 4, 3, 3, questions=questions, remark="=HYPERLINK(1)")

    def test_xlsx_holds_no_formula_and_nobodys_row(self, coordinator: Client, session: Session) -> None:
        answer = coordinator.get(SCREEN, {"session": session.pk, "export": "xlsx"})
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert rows[0] == ("Question", "Answer", "How many", "Out of")
        assert [row[2:] for row in rows[4:9]] == [(0, 5), (0, 5), (2, 5), (1, 5), (2, 5)]
        assert [row[1] for row in rows if "HYPERLINK" in str(row[1])] == ["'=HYPERLINK(1)"] * 5
        assert "no-store" in answer.headers["Cache-Control"]

    def test_csv_too(self, coordinator: Client, session: Session) -> None:
        answer = coordinator.get(SCREEN, {"session": session.pk, "export": "csv"})
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert [row[1] for row in rows if "HYPERLINK" in row[1]] == ["'=HYPERLINK(1)"] * 5

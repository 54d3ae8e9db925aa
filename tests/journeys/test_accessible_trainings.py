"""axe on the screens of the training courses in the back-office."""

import pytest

from tests.journeys.conftest import OpenPage
from tests.journeys.screens import faults_on_screens

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_and_nothing_is_cut_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/account/login/?next=/admin/trainings/sessions/")
    assert faults_on_screens(page, {"trainings"}) == {}

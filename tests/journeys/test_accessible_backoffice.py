"""axe on the screens of our back-office, but those of the training courses."""

import pytest

from tests.apps import OURS
from tests.journeys.conftest import OpenPage
from tests.journeys.screens import faults_on_screens

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_and_nothing_is_cut_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/account/login/?next=/admin/trainings/sessions/")
    assert faults_on_screens(page, OURS - {"trainings"}) == {}

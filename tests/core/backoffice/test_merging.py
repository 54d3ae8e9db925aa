"""The screens of what is known twice: who may see them, what they show, what their buttons do."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import KeptApart, Merge, Organisation
from tests.core.factories import OrganisationFactory, OrganisationNameFactory
from tests.core.people import browser_of, member
from tests.html import page_of
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, InterestFactory, ParticipantFactory
from trainings.models import Participant
from trainings.people.merge import merge_people

pytestmark = pytest.mark.django_db

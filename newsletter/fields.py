"""Model fields of the newsletter."""

from typing import Any

from django.db import models

from newsletter.addresses import address_key


class AddressKeyField(models.CharField):
    """The keyed hash of the row's `email`, written whenever the row is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 64
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = address_key(model_instance.email)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, key)
        return key

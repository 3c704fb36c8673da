"""The days of the notices; one table for all towns, since the notice is the State Council's."""

from typing import ClassVar

from django.db import models


class WorkdayOverride(models.Model):
    """A day off or a make-up workday. A provisional row is a guess before the notice is out."""

    date = models.DateField(primary_key=True)
    is_workday = models.BooleanField()
    source = models.CharField(max_length=120)
    provisional = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["WorkdayOverride"]] = models.Manager()

    class Meta:
        db_table = "workcalendar_day"

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {'work' if self.is_workday else 'off'}"

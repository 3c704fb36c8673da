"""The app `workcalendar`."""

from django.apps import AppConfig


class WorkcalendarConfig(AppConfig):
    """Days on which the calendar departs from Monday to Friday."""

    name = "bianfang.kernel.workcalendar"
    label = "workcalendar"

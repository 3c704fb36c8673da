"""Background work: a job is a row that says what to do, how far it is and how it ended.

The row is the queue: it is written in the caller's transaction, so that work and data commit
together or not at all. Packages register handlers in their `tasks.py`. A handler may be run again
after a crash, so it must be able to find its own work done (ADR 2). Schedules are handlers, too.
"""

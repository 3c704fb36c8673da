"""Commands that take effect exactly once (I9), whatever is lost, repeated or sent by two at once.

The sender makes the id of a command when it is finished and never changes it. What came of it is
stored in the transaction of the change itself; a repeat is answered with that and does nothing. The
same id with another content is told apart by the digest. A refusal has no effect and leaves no row.
"""

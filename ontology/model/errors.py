"""The one error root. A message says what, where, and what to do next."""


class KgError(Exception):
    """Any failure that the user can act on; `str(error)` is one line."""


class Refused(KgError):
    """A file, store or value that cannot be used: exit status 1."""


class Usage(KgError):
    """A wrong call: exit status 2."""

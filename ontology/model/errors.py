"""The one error root and its two kinds, Refused and Usage. A message says what, where, and what to do next."""


class KgError(Exception):
    """An error that the user can act on; `str(error)` is one line that says what is wrong, where, and what to do
    next."""


class Refused(KgError):
    """A file, store or value that cannot be used. The command line ends with exit status 1."""


class Usage(KgError):
    """A wrong call, such as an unknown option or parameter. The command line ends with exit status 2."""

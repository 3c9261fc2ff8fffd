"""Limits on the time and memory of this process, for one that does what others wrote."""

import math
import resource
import sys


def set_limits(cpu_seconds: float, memory_bytes: int) -> None:
    """Set the limits for what is done next. The processor time until now does not count."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + cpu_seconds)
    for kind, value in ((resource.RLIMIT_CPU, until), (resource.RLIMIT_AS, memory_bytes)):
        hard = resource.getrlimit(kind)[1]  # only the superuser can raise it
        soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):
            if sys.platform != "darwin":  # macOS has no limit of the address space
                raise

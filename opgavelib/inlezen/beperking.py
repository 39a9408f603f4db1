"""Limits that a process puts on itself before it touches bytes of a stranger; giving memory back.

On Linux and macOS by `resource`; macOS does not enforce the one on memory. On Windows by a job
object ([JOBOBJECT_EXTENDED_LIMIT_INFORMATION]), which is written after Microsoft's documentation
and was not run here.
"""

from __future__ import annotations

import contextlib
import math
import sys
import time

_JOB = None


def begrens_geheugen(geheugen_bytes: int) -> None:
    """No more address space than this, no core dump and no file written."""
    if sys.platform == "win32":
        _job(geheugen=geheugen_bytes)
        return
    import resource

    for soort, grens in (
        (resource.RLIMIT_AS, geheugen_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(soort, (grens, grens))
        # A system that does not know this limit, or already has a lower one.
        except (ValueError, OSError):
            continue


def begrens_rekentijd(seconden: float) -> None:
    """End this process when it has used so many more seconds of cpu time, rounded up."""
    tot = math.ceil(time.process_time() + seconden)
    if sys.platform == "win32":
        _job(rekentijd=tot)
        return
    import resource

    hoogste = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (tot if hoogste < 0 else min(tot, hoogste), hoogste))


def geef_geheugen_terug() -> None:
    """Let the allocator of Linux give back what it keeps of large files that are gone; elsewhere nothing."""
    import ctypes

    # No malloc_trim, or no such way to ask for it.
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _job(geheugen: int | None = None, rekentijd: int | None = None) -> None:
    """Put this process in a job object of its own and set the limits of that."""
    global _JOB
    import ctypes
    from ctypes import wintypes

    class Basis(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER), ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD), ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t), ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t), ("PriorityClass", wintypes.DWORD), ("SchedulingClass", wintypes.DWORD),
        ]  # fmt: skip

    class Uitgebreid(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", Basis), ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t), ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t), ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]  # fmt: skip

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    kernel.QueryInformationJobObject.argtypes = (
        wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p,
    )  # fmt: skip
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    if _JOB is None:
        _JOB = kernel.CreateJobObjectW(None, None)
        if not _JOB or not kernel.AssignProcessToJobObject(_JOB, kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())
    grens, soort = Uitgebreid(), 9  # JobObjectExtendedLimitInformation
    kernel.QueryInformationJobObject(_JOB, soort, ctypes.byref(grens), ctypes.sizeof(grens), None)
    if geheugen is not None:
        grens.BasicLimitInformation.LimitFlags |= 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        grens.ProcessMemoryLimit = geheugen
    if rekentijd is not None:
        grens.BasicLimitInformation.LimitFlags |= 0x2  # JOB_OBJECT_LIMIT_PROCESS_TIME, in 100 ns
        grens.BasicLimitInformation.PerProcessUserTimeLimit = rekentijd * 10_000_000
    if not kernel.SetInformationJobObject(_JOB, soort, ctypes.byref(grens), ctypes.sizeof(grens)):
        raise ctypes.WinError(ctypes.get_last_error())

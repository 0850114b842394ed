"""Debian packages that the tests drive: root installs them, anybody else is told how to."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(package: str) -> bool:
    """Install a Debian package if this process is root and there is apt; return whether it did.

    `sudo` is never called: it could ask for a password, and the machine is not ours.
    """
    apt = shutil.which("apt-get")
    if not apt or os.geteuid():
        return False
    try:
        subprocess.run([apt, "-qq", "update"], check=True)
        subprocess.run([apt, "-qq", "--yes", "install", package], check=True)
    except subprocess.CalledProcessError as error:
        print(f"apt n'a pas pu installer {package} ({error}).")
        return False
    return True

"""Packages of the system that the tests drive: asked of apt, where there is apt."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(package: str) -> bool:
    """Install a Debian or Ubuntu package; return whether it is there, and say why it is not."""
    apt = shutil.which("apt-get")
    if not apt:
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    try:
        subprocess.run([*sudo, apt, "-qq", "update"], check=True)
        subprocess.run([*sudo, apt, "-qq", "--yes", "install", package], check=True)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        print(f"apt n'a pas pu installer {package} ({error}).")
        return False
    return True

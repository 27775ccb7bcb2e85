"""Where Chromium is, which tests and tools draw pages with. Chromium without its windows (Debian's package
chromium-headless-shell) draws the same and takes half the time.
"""

import shutil
from pathlib import Path

# A path that does not exist where neither is installed.
CHROMIUM = Path(
    shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium-headless-shell"
)

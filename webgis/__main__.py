"""Starts the application's command line: `python -m webgis COMMAND`.

It knows nothing about the commands. Variables of a system-wide GDAL are taken out of the environment first,
since they break the copies inside our packages (trials, section 2).
"""

import os

for name in ("PROJ_DATA", "PROJ_LIB", "GDAL_DATA"):
    os.environ.pop(name, None)

from webgis.cli import main  # noqa: E402 - the environment has to be clean before anything loads GDAL

if __name__ == "__main__":
    main()

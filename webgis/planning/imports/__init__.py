"""Import of files that others made: judged by content, read apart, checked row by row, stored whole or not at all.

It knows nothing about HTTP or the screen; `importing.import_file` is the door. Nothing in a file is believed:
GDAL is silent on most faults (reliability paper, section 0), so every check stands here.
"""

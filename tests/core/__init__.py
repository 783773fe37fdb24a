"""Tests of gis_core; a package, so that its modules may bear the same names as those of other rooms."""

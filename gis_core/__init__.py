"""The science of Peta Swadaya: slum assessment, who is served, scores and ranks; arrays in, arrays out.

It knows nothing about the web, the database, the network, the clock or any state between two calls.
The method is documented in the design handbook; every public function names its regulation or paper.

Public face: the modules below, imported by name (`from gis_core import slum`), and the two errors.
"""

from gis_core.errors import BadInput, CrsMismatch

__all__ = ["BadInput", "CrsMismatch"]

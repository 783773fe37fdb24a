"""The life of a proposal and the PAKET review of Dinas PU: steps, queue, checklist, visits, suggested shapes."""

"""The rooms of Dinas PU: queue, one work, works side by side, its papers, city programmes."""

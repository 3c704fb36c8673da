"""The life of an import: sent, checked, decided on, merged or discarded."""

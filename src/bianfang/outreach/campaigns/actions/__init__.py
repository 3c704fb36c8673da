"""Everything that writes campaigns, spots, findings and leaflets."""

"""What people see: pages and doors, above all domains. A face makes one call into a domain per act."""

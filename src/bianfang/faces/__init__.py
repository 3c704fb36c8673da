"""What people see, above all domains. A face makes one call into a domain per act."""

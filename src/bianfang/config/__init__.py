"""Where the house is wired: settings, environment, addresses, command line."""

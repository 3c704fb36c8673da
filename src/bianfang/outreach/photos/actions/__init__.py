"""Every change of photos; pictures made fit to be kept."""

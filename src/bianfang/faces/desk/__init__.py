"""The desk: pages for the staff of a town, on the office's screen and on a phone."""

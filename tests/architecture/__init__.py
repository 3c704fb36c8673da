"""The house rules that no linter knows, each as a test without exceptions."""

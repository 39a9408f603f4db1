"""Concepts and calculations, pure: data in, a frozen result out. No file, widget, database or clock."""
